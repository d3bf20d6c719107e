"""Which number stands for a unit of UTF-16 in the stored text: the more frequent, the smaller.

zstd packs such numbers into an eighth less than UTF-8, sooner, and they are unpacked as the
array of fixed steps that ranking looks through, which UTF-8 would have to be decoded for.
"""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Units = NDArray[np.uint16]
UnitNumbers = NDArray[np.uint16]

UNIT_BYTES = 2

_EVERY = 1 << 16
_FIRST_SURROGATE, _FIRST_LOW, _LAST_SURROGATE = 0xD800, 0xDC00, 0xDFFF
_BEYOND = chr(_EVERY)
"""The first character of two units."""
_PLAIN_LAST = _EVERY - (_LAST_SURROGATE - _FIRST_SURROGATE) - 2
"""The last number of a unit that is a character."""


class Numbering:
    """A number of 16 bits for each unit.

    0 stands for 0, and halves of pairs have the last numbers, whatever is frequent: both
    are looked for as numbers. Of all other units the `frequent` come first.
    """

    def __init__(self, frequent: Units | None = None) -> None:
        others = np.r_[1:_FIRST_SURROGATE, _LAST_SURROGATE + 1 : _EVERY].astype(np.uint16)
        first = others[:0] if frequent is None else frequent
        is_first = np.zeros(_EVERY, bool)
        is_first[first] = True
        halves = np.arange(_FIRST_SURROGATE, _LAST_SURROGATE + 1, dtype=np.uint16)
        self.units: Units = np.concatenate(([np.uint16(0)], first, others[~is_first[others]], halves))
        self.numbers: UnitNumbers = np.empty(_EVERY, np.uint16)
        self.numbers[self.units] = np.arange(_EVERY, dtype=np.uint16)

    def encoded(self, text: str) -> bytes:
        """A text as numbers, two bytes each, the lower first."""
        return self.numbers.take(np.frombuffer(text.encode("utf-16-le"), np.uint16)).tobytes()

    def numbers_of(self, text: str) -> list[int]:
        """The numbers of a short text."""
        numbers = self.numbers.data
        if max(text, default="") < _BEYOND:
            return [numbers[ord(character)] for character in text]
        return [numbers[unit] for unit in memoryview(text.encode("utf-16-le")).cast("H")]

    def taken_over(self, numbers: UnitNumbers, other: "Numbering") -> UnitNumbers:
        """A text in numbers of another numbering in numbers of this one."""
        return numbers if other is self else self.numbers.take(other.units.take(numbers))

    def small(self, numbers: UnitNumbers) -> UnitNumbers:
        """The same text in numbers, ASCII in small letters."""
        return self._numbers_of_small.take(numbers)

    def decoded(self, numbers: UnitNumbers) -> str:
        """The text of some numbers; half of a pair becomes U+FFFD."""
        return self.units.take(numbers).tobytes().decode("utf-16-le", "replace")

    @cached_property
    def _numbers_of_small(self) -> UnitNumbers:
        capital = (self.units >= ord("A")) & (self.units <= ord("Z"))
        return self.numbers.take(self.units + np.uint16(ord("a") - ord("A")) * capital)

    def pairs(self, numbers: UnitNumbers) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where pairs begin in a text, ascending, and the code points that they are."""
        units = self.units.take(numbers).astype(np.intp)
        places = ((units >= _FIRST_SURROGATE) & (units < _FIRST_LOW)).nonzero()[0]
        high, low = units.take(places) - _FIRST_SURROGATE, units.take(places + 1) - _FIRST_LOW
        return places, (high << 10) + low + _EVERY

    def halves(self, numbers: UnitNumbers) -> NDArray[np.intp]:
        """Where halves of pairs stand in a text, ascending."""
        if not self.has_pairs(numbers):
            return np.empty(0, np.intp)
        return (numbers > _PLAIN_LAST).nonzero()[0]

    @staticmethod
    def has_pairs(numbers: UnitNumbers) -> bool:
        """Whether some characters of a text take two units."""
        return bool(numbers.max(initial=0) > _PLAIN_LAST)


def frequent_units(texts: Iterable[str]) -> Units:
    """The units of texts, the most frequent first, without 0 and halves of pairs."""
    counts = np.zeros(_EVERY, np.int64)
    for text in texts:
        counts += np.bincount(np.frombuffer(text.encode("utf-16-le"), np.uint16), minlength=_EVERY)
    counts[0] = 0
    counts[_FIRST_SURROGATE : _LAST_SURROGATE + 1] = 0
    return np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)].astype(np.uint16)
