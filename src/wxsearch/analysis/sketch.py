"""Sketches: a few numbers of an article, of which near-copies of it have some, too.

Of the shingles of a body those with the smallest hashes are taken: some from its beginning, which
a reprint keeps however much it cuts, the others from all of it. Two numbers that articles
share make them worth comparing (analysis.likeness); the sketch itself proves nothing.
"""

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import BORDER, FoldedTexts
from wxsearch.analysis.shingles import Hashes, shingle_hashes, unseparated

Sketches = NDArray[np.uint32]

SIZE = 8
"""Numbers of a sketch, of 24 bits each; 0 stands for one that is missing."""

NUMBER_BYTES = 3
"""So many bytes has a number."""

_SHINGLE = 10
_LEAD_CHARACTERS = 96
_OF_LEAD = 3
# What is shorter says too little to be a copy of anything.
LEAST_CHARACTERS = 60
"""Folded characters, separators left out, that a body needs to have a sketch."""

# So many hashes of a body are expected below the threshold that is set for it: more than are taken.
_EXPECTED = 40
_ORDER_BITS, _ROW_BITS = 53, 11
_MOST_ROWS = 1 << _ROW_BITS
_FINGERPRINT = np.uint64((1 << (8 * NUMBER_BYTES)) - 1)
_LARGEST = np.uint64((1 << _ORDER_BITS) - 1)


def sketches_of(folded: FoldedTexts) -> Sketches:
    """The sketches of articles, a row each, from their titles and bodies in turn; at most 2,048."""
    codes = unseparated(folded.codes)
    ends = np.flatnonzero(codes == BORDER)
    starts, lengths = ends[::2] + 1, ends[1::2] - ends[::2] - 1
    assert len(lengths) <= _MOST_ROWS
    # What is compared and what is kept of a hash; the rest makes room for the row.
    order = shingle_hashes(codes, _SHINGLE) >> np.uint64(64 - _ORDER_BITS)
    counts = np.where(lengths < LEAST_CHARACTERS, 0, lengths - _SHINGLE + 1)
    found = np.zeros((len(lengths), SIZE), np.uint32)
    rows, lead = _smallest(*_of_lead(order, starts, counts), _OF_LEAD)
    places = _ranks(rows)
    found[rows, places] = lead
    rows, rest = _smallest(*_below_threshold(order, starts, counts), SIZE)
    fresh = (found[rows] != rest[:, None]).all(axis=1)
    rows, rest = rows[fresh], rest[fresh]
    places = (found > 0).sum(axis=1)[rows] + _ranks(rows)
    fits = places < SIZE
    found[rows[fits], places[fits]] = rest[fits]
    return found


def packed(sketches: Sketches) -> NDArray[np.uint8]:
    """Sketches as bytes, three a number."""
    rows: NDArray[np.uint8] = sketches.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :NUMBER_BYTES]
    return np.ascontiguousarray(rows).ravel()


def unpacked(content: NDArray[np.uint8]) -> Sketches:
    """Sketches from their bytes, a row an article."""
    numbers = np.zeros((len(content) // NUMBER_BYTES, 4), np.uint8)
    numbers[:, :NUMBER_BYTES] = content.reshape(-1, NUMBER_BYTES)
    return numbers.view("<u4").reshape(-1, SIZE)


def _of_lead(order: Hashes, starts: NDArray[np.intp], counts: NDArray[np.intp]) -> tuple[Hashes, Hashes]:
    """The hashes near the beginning of each body, behind the rows that they are of."""
    sizes = np.minimum(counts, _LEAD_CHARACTERS - _SHINGLE + 1)
    rows = np.repeat(np.arange(len(counts)), sizes)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows.astype(np.uint64), order[starts[rows] + within]


def _below_threshold(
    order: Hashes, starts: NDArray[np.intp], counts: NDArray[np.intp]
) -> tuple[Hashes, Hashes]:
    """Of each body the hashes that are small for its length."""
    share = np.minimum(1.0, _EXPECTED / np.maximum(counts, 1))
    thresholds = (share * float(_LARGEST)).astype(np.uint64)
    # Between the bodies nothing is small enough.
    # The last body may be too short for any.
    begins = np.minimum(np.column_stack((starts, starts + counts)).ravel(), len(order))
    bounds = np.column_stack((thresholds, np.zeros_like(thresholds))).ravel()
    sizes = np.diff(begins, append=len(order))
    first = int(begins[0]) if len(begins) else 0
    places = np.flatnonzero(order[first:] < np.repeat(bounds, sizes)) + first
    rows = np.searchsorted(starts, places, side="right") - 1
    return rows.astype(np.uint64), order[places]


def _smallest(rows: Hashes, hashes: Hashes, most: int) -> tuple[NDArray[np.intp], Sketches]:
    """Of each row its `most` smallest distinct hashes in order, as rows and numbers."""
    # A sort, as np.unique takes five times as long.
    keys = np.sort((rows << np.uint64(_ORDER_BITS)) | hashes)
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    of = (keys >> np.uint64(_ORDER_BITS)).astype(np.intp)
    kept = _ranks(of) < most
    numbers = (keys[kept] & _FINGERPRINT).astype(np.uint32)
    return of[kept], np.maximum(numbers, 1)


def _ranks(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """The place of each among those of its row, which stand together."""
    begins = np.flatnonzero(np.diff(rows, prepend=-1))
    return np.arange(len(rows)) - np.repeat(begins, np.diff(begins, append=len(rows)))
