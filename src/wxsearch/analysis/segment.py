"""Cutting folded text into words by jieba's dictionary and model.

The cutter is jieba in Rust; on folded text, which holds no ASCII joiner, it gives the
very cut of jieba itself (docs/decisions/0002-words-by-rjieba.md).
"""

from collections.abc import Set as AbstractSet
from threading import Lock
from typing import Any

from wxsearch.analysis.fold import SEPARATOR


class Cutter:
    """Cuts by jieba's dictionary and the words given beside it; may be asked by several threads.

    The dictionary is loaded at the first cut (some 0.1 s), and most queries of one word need
    none. Once loaded it never changes: other words are another cutter.
    """

    def __init__(self, words: AbstractSet[str] = frozenset()) -> None:
        """`words` are folded."""
        self.words = frozenset(words)
        self._lock = Lock()
        self._loaded: Any = None

    def cut(self, folded: str, *, shorter: bool = False) -> list[tuple[str, int]]:
        """The words of a folded text, each with its offset; with `shorter` also those inside others."""
        found = self._dictionary().tokenize(folded, "search" if shorter else "default", True)
        return [(word, start) for word, start, _ in found if word != SEPARATOR]

    def known(self, folded: str) -> list[str]:
        """The words of a folded text by the dictionary alone: of what it does not know, the characters."""
        return [word for word, _, _ in self._dictionary().tokenize(folded, "default", False)]

    def keeps_whole(self, word: str) -> bool:
        """Whether a folded text that is just this word is cut into just this word."""
        return self.cut(word) == [(word, 0)]

    def preload(self) -> None:
        """Loads the dictionary now, so that processes forked later share it."""
        self._dictionary()

    def _dictionary(self) -> Any:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = _load(self.words)
        return self._loaded


# Importing rjieba makes a dictionary (0.1 s, 25 MB). It goes to the first who holds this.
_ready_made = Lock()


def _load(words: frozenset[str]) -> Any:
    # Imported here: it takes its time, too.
    import rjieba

    dictionary = rjieba if _ready_made.acquire(blocking=False) else rjieba.Jieba()
    # A word gets as much weight as it needs against its pieces, so in the same order in each process.
    for word in sorted(words):
        dictionary.add_word(word, None, None)
    return dictionary


_DEFAULT = Cutter()


def words(folded: str) -> list[tuple[str, int]]:
    """The words of a folded text by jieba's own dictionary, one cut, each with its offset in the text."""
    return _DEFAULT.cut(folded)


def tokens(folded: str) -> list[tuple[str, int]]:
    """Words and the shorter words inside them, each with its offset in the text."""
    return _DEFAULT.cut(folded, shorter=True)


def preload() -> None:
    """Loads jieba's own dictionary now, so that processes forked later share it."""
    _DEFAULT.preload()
