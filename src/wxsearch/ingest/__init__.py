"""Anything that holds articles, to Articles; never meets the index."""
