"""Fold: one form for all that a reader takes for the same, index and query alike.

Character by character: compatibility decomposition and case fold; marks and invisible
characters vanish; whatever is neither letter nor digit is a separator, and a run of
separators is one blank.
"""

import unicodedata
from bisect import bisect_right
from itertools import accumulate

SEPARATOR = " "


class _Table(dict[int, str]):
    """Code point to folded text, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(_kept(part) for part in folded)


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LN":
        return character
    return "" if category[0] == "M" or category == "Cf" else SEPARATOR


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded text, without separators at its edges."""
    return SEPARATOR.join(text.translate(_TABLE).split())


class Folded:
    """A folded text that knows where in the original each of its characters stood.

    Offsets count code points. Edges keep no separator, as in `fold`.
    """

    def __init__(self, original: str) -> None:
        pieces = [_TABLE[ord(character)] for character in original]
        self.text = fold(original)
        self._ends = list(accumulate(map(len, pieces)))
        self._raw = "".join(pieces)
        self._kept = self._kept_positions()

    def _kept_positions(self) -> list[int]:
        """For each character of `text`, its place in the unjoined translation."""
        places = [i for i, c in enumerate(self._raw) if c != SEPARATOR or self._raw[i - 1 : i] != SEPARATOR]
        if places and self._raw[places[0]] == SEPARATOR:
            places.pop(0)
        return places[: len(self.text)]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The [start, end) of the original that folded to [start, end) of the text."""
        first = bisect_right(self._ends, self._kept[start])
        last = bisect_right(self._ends, self._kept[end - 1])
        return first, last + 1
