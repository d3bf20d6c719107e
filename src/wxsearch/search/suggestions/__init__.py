"""Did you mean: queries beside the typed one that find more."""
