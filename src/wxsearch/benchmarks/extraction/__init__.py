"""How well pages are read, beside other readers of pages, in the same run."""
