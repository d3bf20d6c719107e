"""wxsearch: a full-text search engine for Chinese news."""

__version__ = "0.1.0"
