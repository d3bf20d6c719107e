"""Families: which articles are near-copies of one another."""
