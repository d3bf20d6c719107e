"""The embedded index: articles in Whoosh files, read as arrays; the only code that imports Whoosh."""
