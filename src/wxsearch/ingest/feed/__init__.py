"""Feeds as files: RSS, RDF, Atom and JSON Feed, entry by entry."""
