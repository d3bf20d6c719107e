"""Cutting folded text into words by jieba's dictionary and model.

The cutter is jieba in Rust; on folded text, which holds no ASCII joiner, it gives the
very cut of jieba itself (docs/decisions/0002-words-by-rjieba.md).
"""

from functools import cache
from typing import Any

from wxsearch.analysis.fold import SEPARATOR


def words(folded: str) -> list[tuple[str, int]]:
    """The words of a folded text, one cut, each with its offset in the text."""
    return _placed(folded, "default")


def tokens(folded: str) -> list[tuple[str, int]]:
    """Words and the shorter words inside them, each with its offset in the text."""
    return _placed(folded, "search")


def _placed(folded: str, mode: str) -> list[tuple[str, int]]:
    return [(word, start) for word, start, _ in _cutter().tokenize(folded, mode, True) if word != SEPARATOR]


@cache
def _cutter() -> Any:
    # Its dictionary takes 0.15 s to load, and most queries of one word need no cutting.
    import rjieba

    return rjieba


def preload() -> None:
    """Loads the dictionary now, so that processes forked later share it."""
    words("预载")
