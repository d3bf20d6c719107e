"""Articles in rows: CSV and TSV, with a map of columns."""
