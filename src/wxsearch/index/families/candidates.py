"""Candidates: the pairs of articles whose sketches share enough to be compared.

A number that many articles share (the opening of a series, a notice at the end) would make
pairs by the square of them. Above a bound its articles are parted twice, each time by other bits
of a hash of their ids, and only those of one part are paired: which pairs there are follows from who
is there, and not from who came first, and true copies stay connected through the many
pairs that are left.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.sketch import Sketches

Numbers = NDArray[np.int64]

SHARED = 2
"""So many numbers have the sketches of a pair in common."""

COMMON = 64
"""More articles than this are parted before they are paired."""

_PART = 16


class Sketched(NamedTuple):
    """All documents at hand: their sketches, a row each, and what gives 64 bits of a hash of their ids."""

    sketches: Sketches
    keys: Callable[[Numbers], NDArray[np.uint64]]


class _Rows(NamedTuple):
    """Numbers in order, which document has each, and how many have the same."""

    numbers: NDArray[np.uint32]
    documents: Numbers
    sizes: Numbers


def parts_of(size: int | Numbers) -> Numbers:
    """Into how many parts the articles of one number are put, a power of two; 1 for few of them."""
    sizes = np.asarray(size, np.int64)
    powers = np.ceil(np.log2(np.maximum(sizes, 1) / _PART)).astype(np.int64)
    return np.where(sizes > COMMON, 1 << np.maximum(powers, 0), 1)


def numbers_of(sketched: Sketched, documents: Numbers) -> NDArray[np.uint32]:
    """The distinct numbers of some documents."""
    numbers = np.sort(sketched.sketches[documents], axis=None)
    numbers = numbers[_begins(numbers)]
    return numbers[numbers > 0]


def holders(sketched: Sketched, numbers: NDArray[np.uint32], live: NDArray[np.bool_]) -> _Rows:
    """The live documents that have any of the numbers."""
    flat = sketched.sketches.ravel()
    # A table of one byte for each possible number costs one look a number, whatever is asked for.
    wanted = np.zeros(1 << 24, bool)
    wanted[numbers] = True
    wanted[0] = False
    places = np.flatnonzero(wanted[flat])
    documents = places // sketched.sketches.shape[1]
    places, documents = places[live[documents]], documents[live[documents]]
    order = np.argsort(flat[places], kind="stable")
    found, documents = flat[places][order], documents[order]
    begins = _begins(found)
    sizes = np.diff(begins, append=len(found))
    return _Rows(found, documents, np.repeat(sizes, sizes))


def pairs(sketched: Sketched, rows: _Rows, touched: NDArray[np.bool_]) -> Numbers:
    """The pairs with a touched document, in ascending order: first * (number of documents) + second.

    The rows have to be of all numbers of the touched documents.
    """
    few = rows.sizes <= COMMON
    groups = [_paired(rows.numbers[few].astype(np.uint64), rows.documents[few], touched)]
    many = ~few
    if many.any():
        numbers, documents = rows.numbers[many].astype(np.uint64), rows.documents[many]
        keys, parts = sketched.keys(documents), parts_of(rows.sizes[many]).astype(np.uint64)
        found = []
        for bits in (keys, keys >> np.uint64(32)):
            group = (numbers << np.uint64(32)) | (bits & (parts - np.uint64(1)) & np.uint64(0xFFFFFFFF))
            order = np.argsort(group, kind="stable")
            found.append(_paired(group[order], documents[order], touched, numbers[order]))
        # Both ways of parting may have put a pair together: for one number it counts once.
        groups.append(np.unique(np.concatenate(found), axis=0))
    every = np.concatenate(groups)
    keyed = np.sort(every[:, 0] * len(sketched.sketches) + every[:, 1])
    begins = np.flatnonzero(np.diff(keyed, prepend=-1))
    return keyed[begins[np.diff(begins, append=len(keyed)) >= SHARED]]


def _paired(
    groups: NDArray[np.uint64],
    documents: Numbers,
    touched: NDArray[np.bool_],
    numbers: NDArray[np.uint64] | None = None,
) -> Numbers:
    """The pairs of each group that have a touched document, as rows of the two and the number."""
    begins = _begins(groups)
    sizes = np.diff(begins, append=len(groups))
    found = [np.empty((0, 3), np.int64)]
    # One round for each distance between the two: no group is larger than a few dozen.
    position = np.arange(len(groups)) - np.repeat(begins, sizes)
    left = np.repeat(sizes, sizes) - position
    for distance in range(1, int(sizes.max(initial=0))):
        first = np.flatnonzero(left > distance)
        one, other = documents[first], documents[first + distance]
        kept = (touched[one] | touched[other]) & (one != other)
        one, other, first = one[kept], other[kept], first[kept]
        by = (groups if numbers is None else numbers)[first].astype(np.int64)
        found.append(np.column_stack((np.minimum(one, other), np.maximum(one, other), by)))
    return np.concatenate(found)


def _begins(ordered: NDArray[Any]) -> NDArray[np.intp]:
    """Where each value begins among values in order."""
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])
