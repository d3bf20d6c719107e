"""How good the ranking is, by collections with judgements."""
