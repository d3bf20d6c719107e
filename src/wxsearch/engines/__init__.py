"""The seam: everything above talks to an Engine, whatever holds the articles."""
