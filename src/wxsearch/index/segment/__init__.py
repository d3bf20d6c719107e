"""The segment: some articles, never changed, in files that are read as arrays."""
