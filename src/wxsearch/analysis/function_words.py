"""Function words (的, 了, 在): part of a query's wording, not of what it asks for."""

from wxsearch.analysis.fold import fold
from wxsearch.analysis.word_lists import entries


def read_function_words(text: str) -> frozenset[str]:
    """The words of a list, folded: one a line, and from # on remarks."""
    return frozenset(filter(None, (fold(entry) for _, entry in entries(text))))
