"""Function words (的, 了, 在): part of a query's wording, not of what it asks for."""

from importlib.resources import files

from wxsearch.analysis.fold import fold


def read_function_words(text: str) -> frozenset[str]:
    """The words of a list, folded: one a line, and from # on remarks."""
    lines = (fold(line.partition("#")[0]) for line in text.splitlines())
    return frozenset(filter(None, lines))


FUNCTION_WORDS = read_function_words(
    files("wxsearch").joinpath("config", "function_words.txt").read_text(encoding="utf-8")
)
"""The words of config/function_words.txt."""
