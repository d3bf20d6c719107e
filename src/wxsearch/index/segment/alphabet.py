"""The characters of a segment, numbered: 16 bits for each, whatever plane it is from."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import BORDER, Codes

Characters = NDArray[np.uint16]

BORDER_NUMBER = 0
"""Ends a text, and is the number of no character."""

OTHER = 65_535
"""Shared by the rarest characters where there are more than numbers: such lists hold too
much, and what they give has to be looked up in the text."""

_MOST = OTHER - 1


class Alphabet:
    """Numbers characters from 1 on in their own order; the separator always has one."""

    def __init__(self, codes: Codes, *, others: bool) -> None:
        self.codes = codes
        self.others = others
        self._numbers = {code: number for number, code in enumerate(codes.tolist(), start=1)}
        self.separator = self._numbers[ord(SEPARATOR)]

    @classmethod
    def of(cls, texts: Iterable[Codes], most: int = _MOST) -> "Alphabet":
        """The alphabet of folded texts, of at most `most` characters."""
        counts = np.zeros(BORDER + 1, np.int64)
        for codes in texts:
            counts += np.bincount(codes, minlength=BORDER + 1)
        counts[BORDER] = 0
        counts[ord(SEPARATOR)] += 1
        found = np.flatnonzero(counts)
        frequent = found
        if len(found) > most:
            counts[ord(SEPARATOR)] = counts.max() + 1
            frequent = np.sort(found[np.argsort(-counts[found], kind="stable")[:most]])
        return cls(frequent.astype(np.uint32), others=len(frequent) < len(found))

    def __len__(self) -> int:
        """How many numbers there are, OTHER not counted."""
        return len(self.codes)

    def numbers(self, codes: Codes) -> Characters:
        """The characters of folded texts as numbers."""
        table = np.full(BORDER + 1, OTHER, np.uint16)
        table[self.codes] = np.arange(1, len(self.codes) + 1)
        table[BORDER] = BORDER_NUMBER
        return table[codes]

    def numbers_of(self, text: str) -> list[int] | None:
        """The numbers of the characters of a string, or None where no text has one of them."""
        try:
            return list(map(self._numbers.__getitem__, map(ord, text)))
        except KeyError:
            return [self._numbers.get(code, OTHER) for code in map(ord, text)] if self.others else None


class Texts(NamedTuple):
    """The folded texts of a segment: title and body of each document in turn.

    `characters` are numbers of the alphabet with a border after each text, and as many
    borders more as are looked at beyond the end; `ends` are the places of the borders.
    """

    characters: Characters
    ends: NDArray[np.intp]

    def text_of(self, at: NDArray[np.intp]) -> NDArray[np.uint32]:
        """The text of each of some ascending places: twice the document, and one more in a body."""
        before = np.searchsorted(at, self.ends, side="right")
        return np.repeat(np.arange(len(self.ends), dtype=np.uint32), np.diff(before, prepend=0))


LOOKAHEAD = 3
"""How many characters of a gram follow its first at most."""


def texts_of(characters: Characters) -> Texts:
    """Texts from their characters, which LOOKAHEAD borders follow."""
    return Texts(characters, np.flatnonzero(characters == BORDER_NUMBER))
