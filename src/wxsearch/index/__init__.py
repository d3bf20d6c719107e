"""The embedded index: the only code that imports Whoosh."""
