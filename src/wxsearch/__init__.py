"""wxsearch: a full-text search engine for Chinese news."""

from wxsearch.processor import spare_slow_features

__version__ = "0.1.0"

spare_slow_features()
