"""How often a string stands in documents, as far as the lists of its pieces tell.

A string is made longer piece by piece. Where the text so far and the next piece share
some characters, each occurrence of either is one of those shared: of c places with the
shared characters, a end the text so far and b begin the piece, so at least a + b - c do
both, and at most the lesser of a and b. Where that is the same number, no text has to be
looked into. Long pieces share more, and what is shared by chance is rare then.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.decoding import Counts, Numbers, PostingList
from wxsearch.index.segment.dictionary import LONGEST_GRAM
from wxsearch.index.segment.segment import Mask

GramLists = Callable[[tuple[int, ...]], PostingList | None]
"""The list of some characters, by their numbers; see Dictionary.gram."""


class Bounds(NamedTuple):
    """At least and at most so many occurrences in some documents: a row for titles, one for bodies."""

    least: Counts
    most: Counts

    @property
    def decided(self) -> Mask:
        """Whether both are the same, for each document."""
        return (self.least == self.most).all(axis=0)


def occurrence_bounds(
    gram: GramLists, separator: int, numbers: Sequence[int], documents: Numbers, least_shared: int = 1
) -> Bounds | None:
    """Bounds for a string of more than two characters, by their numbers, of which one is the separator's.

    None where no lists give any whose pieces share at least so many characters.
    """
    counted = _Counted(gram, tuple(numbers), documents)
    first = next((size for size in range(LONGEST_GRAM, 1, -1) if counted.listed(0, size)), None)
    if first is None:
        return None
    pieces = []
    shared = first
    while shared < len(numbers):
        # But for pairs nothing that ends with a separator has a list: better to share what is before it.
        steps = (2, 1) if numbers[shared] == separator else (1,)
        starts = ((counted.start_of_piece(shared, shared + step, least_shared), step) for step in steps)
        start, step = next((found for found in starts if found[0] is not None), (None, 0))
        if start is None:
            return None
        pieces.append((start, shared, shared + step))
        shared += step
    least = most = counted.of(0, first)
    for start, shared, end in pieces:
        occurrences = counted.of(start, end)
        least = np.maximum(least + occurrences - counted.of(start, shared), 0)
        most = np.minimum(most, occurrences)
    return Bounds(least, most)


def within_whole_runs(bounds: Bounds, runs: Counts, strings: Counts | None) -> Bounds:
    """Bounds for those occurrences whose run at one edge is whole, from how often the run stands as one.

    `strings` are its occurrences as a string, where they are known: each occurrence has one, and so has
    each whole run.
    """
    if strings is None:
        return Bounds(np.zeros_like(bounds.least), np.minimum(bounds.most, runs))
    return Bounds(np.maximum(bounds.least + runs - strings, 0), np.minimum(bounds.most, runs))


class _Counted:
    """How often parts of a string stand in the documents; each part is read once."""

    def __init__(self, gram: GramLists, numbers: tuple[int, ...], documents: Numbers) -> None:
        self._gram = gram
        self._numbers = numbers
        self._documents = documents
        self._counts: dict[tuple[int, int], Counts] = {}

    def listed(self, start: int, end: int) -> bool:
        """Whether a part has a list; a separator alone has none."""
        return end <= len(self._numbers) and self._gram(self._numbers[start:end]) is not None

    def start_of_piece(self, shared: int, end: int, least_shared: int) -> int | None:
        """Where the longest piece begins that goes up to `end` and shares what it has before `shared`."""
        for start in range(max(0, end - LONGEST_GRAM), shared + 1 - least_shared):
            if self.listed(start, end) and self.listed(start, shared):
                return start
        return None

    def of(self, start: int, end: int) -> Counts:
        """The occurrences of a part that has a list, in titles and bodies."""
        key = start, end
        if key not in self._counts:
            found = self._gram(self._numbers[start:end])
            assert found is not None
            values = found.values_at(self._documents)
            self._counts[key] = np.stack(found.counts(self._documents, values))
        return self._counts[key]
