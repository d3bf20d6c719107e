"""Grouping: the families of a generation, worked out from those of the one before.

Families are the connected components over live articles of the pairs that are candidates and alike.
Only what a change can have touched is compared again, and the outcome is what comparing everything
anew would give: order, runs and deletions leave no trace.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.likeness import Body, alike
from wxsearch.index.families.candidates import Sketched, holders, numbers_of, pairs, parts_of

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_PAIRS_AT_ONCE = 512
# Some 12 bytes a character are held of the bodies that may be compared again; no more are read at once.
_HELD_CHARACTERS = 4_000_000


class Texts(Protocol):
    """What is read of documents to compare them; families.documents.Documents has it."""

    @property
    def lengths(self) -> Numbers:
        """The characters of each body."""

    def bodies(self, documents: Numbers) -> Sequence[Body]:
        """The bodies of some documents, in their order."""


def grouped(sketched: Sketched, was: Mask, now: Mask, before: Numbers, texts: Texts) -> Numbers:
    """For each document the first of its family, itself where it is alone.

    `was` and `now` say which documents are live, `before` is what this gave for `was`.
    """
    size = len(now)
    pairs_was, pairs_now = _changed_pairs(sketched, was, now)
    first, second = np.divmod(np.setdiff1d(pairs_was, pairs_now, assume_unique=True), size)
    broken = np.zeros(size, bool)
    # A family that lost a pair may fall apart: all its pairs count anew.
    broken[before[first][before[first] == before[second]]] = True
    apart = broken[before]
    again = np.empty(0, np.int64)
    if apart.any():
        rows = holders(sketched, numbers_of(sketched, np.flatnonzero(apart & now)), now)
        again = pairs(sketched, rows, apart)
        again = again[before[again // size] == before[again % size]]
    fresh = np.setdiff1d(pairs_now, pairs_was, assume_unique=True)
    heads = np.where(apart, np.arange(size), before)
    return _united(heads, np.union1d(fresh, again), texts)


def _changed_pairs(sketched: Sketched, was: Mask, now: Mask) -> tuple[Numbers, Numbers]:
    """The pairs, before and now, of the documents that can have gained or lost some."""
    touched = was != now
    numbers = numbers_of(sketched, np.flatnonzero(touched))
    rows_was, rows_now = holders(sketched, numbers, was), holders(sketched, numbers, now)
    parts = np.ones((2, len(numbers)), np.int64)
    for place, rows in enumerate((rows_was, rows_now)):
        parts[place][numbers.searchsorted(rows.numbers)] = parts_of(rows.sizes)
    crossed = parts[0] != parts[1]
    if crossed.any():
        # Whose articles are parted otherwise now, they all may be paired otherwise.
        for rows in (rows_was, rows_now):
            touched[rows.documents[crossed[numbers.searchsorted(rows.numbers)]]] = True
        numbers = numbers_of(sketched, np.flatnonzero(touched))
        rows_was, rows_now = holders(sketched, numbers, was), holders(sketched, numbers, now)
    return pairs(sketched, rows_was, touched), pairs(sketched, rows_now, touched)


def _united(heads: Numbers, wanted: Numbers, texts: Texts) -> Numbers:
    """The heads with those joined whose members are alike; what is joined already is not compared."""
    joined: dict[int, int] = {}

    def head(document: int) -> int:
        found = int(heads[document])
        while found in joined:
            found = joined[found]
        return found

    held: dict[int, Body] = {}
    for chunk in _chunks(wanted, texts.lengths):
        open_pairs = [(one, other) for one, other in chunk if head(one) != head(other)]
        _hold(held, open_pairs, texts)
        for one, other in open_pairs:
            left, right = sorted((head(one), head(other)))
            if left != right and alike(held[one], held[other]):
                joined[right] = left
    table = np.arange(len(heads))
    for document in joined:
        table[document] = head(document)
    found: Numbers = table[heads]
    return found


def _chunks(wanted: Numbers, lengths: Numbers) -> Iterator[list[tuple[int, int]]]:
    begin = 0
    while begin < len(wanted):
        first, second = np.divmod(wanted[begin : begin + _PAIRS_AT_ONCE], len(lengths))
        characters = np.cumsum(lengths[first] + lengths[second])
        count = max(1, int(characters.searchsorted(_HELD_CHARACTERS, "right")))
        yield list(zip(first[:count].tolist(), second[:count].tolist(), strict=True))
        begin += count


def _hold(held: dict[int, Body], chunk: Sequence[tuple[int, int]], texts: Texts) -> None:
    """Has at hand the bodies of the pairs, and of former pairs as many as memory allows."""
    needed = {document for pair in chunk for document in pair}
    if sum(body.length for body in held.values()) > _HELD_CHARACTERS:
        for document in held.keys() - needed:
            del held[document]
    missing = np.array(sorted(needed - held.keys()), np.int64)
    held.update(zip(missing.tolist(), texts.bodies(missing), strict=True))
