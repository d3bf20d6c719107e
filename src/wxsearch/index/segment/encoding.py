"""Posting lists as they are written: four forms, each the smallest for some lists.

- short: document numbers as they are, 16 bits each.
- long: Elias-Fano (Elias 1974, Fano 1971) with 8 low bits: the low bytes, and the high
  bits in unary, one bit a posting and one a 256 documents.
- nested: for a list whose documents are all on another, its parent: a bit for each document
  of the parent.
- dense: no numbers, but 2, 4 or 8 bits for every document of the segment.

Values of the first three are 2 bits a posting: 1, 2 or 3, or an escape to a byte of their
own; a dense list escapes likewise from the highest number its bits hold.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.values import Bytes

Array = NDArray[np.generic]
Numbers = NDArray[np.int64]
Documents = NDArray[np.uint16]

SEGMENT_DOCUMENTS = 65_536
"""The most that a segment may have: document numbers are 16 bits."""

SHORT, LONG, NESTED, DENSE_2, DENSE_4, DENSE_8 = range(6)
"""The forms."""

WIDTHS = {DENSE_2: 2, DENSE_4: 4, DENSE_8: 8}
SHORT_MOST = 32
ESCAPE_BLOCK = 1024
"""So many 2-bit values apart, the number of escapes before is kept."""

# From so many documents of the parent for each of its own on, a list takes less room alone.
_NESTED_MOST = 9
# A long list takes about 11 bits a posting, a dense one 2 bits and more a document.
_DENSE_SHARE = 0.18


class Places(NamedTuple):
    """Where lists are: `start` counts postings, or bytes of a dense list; `second` is the
    first byte of a long list's high bits, of a nested one's bits, or a dense list's first escape.
    """

    form: Bytes
    start: NDArray[np.uint32]
    second: NDArray[np.uint32]


class Parents(NamedTuple):
    """For each list how long its parent is, and for each posting its place on that."""

    frequencies: Numbers
    ranks: Numbers


class Lists(NamedTuple):
    """Sorted posting lists one after the other.

    `frequencies` are their lengths; `overflow` has place, title and body counts of the
    postings whose value is OVERFLOW.
    """

    documents: Documents
    values: Bytes
    frequencies: Numbers
    overflow: tuple[Numbers, Numbers, Numbers]
    parents: Parents | None = None


# Where a list's overflowing values lie: its form, DENSE_2 of all dense ones, its start and the document.
_FORM_BITS, _START_BITS = 48, 16


def overflow_place(form: int, start: int) -> int:
    """Where a list's overflowing values lie; the document is added."""
    return (min(form, DENSE_2) << _FORM_BITS) | (start << _START_BITS)


class ListWriter:
    """Gathers lists for one segment of `count` documents; `sections` are its arrays."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._short, self._long, self._nested = _TwoBits(), _TwoBits(), _TwoBits()
        self._documents: list[Documents] = []
        self._low: list[Bytes] = []
        self._high: list[Bytes] = []
        self._dense: list[Bytes] = []
        self._escapes: list[Bytes] = []
        self._overflow: list[NDArray[np.uint64]] = [np.empty((3, 0), np.uint64)]
        self._bits: list[Bytes] = []
        self._high_bytes = self._nested_bytes = self._dense_bytes = self._dense_escapes = 0

    def add(self, lists: Lists) -> Places:
        """Takes lists; a list of no posting is not allowed."""
        frequencies = lists.frequencies
        form = np.full(len(frequencies), LONG, np.uint8)
        if lists.parents is not None:
            form[lists.parents.frequencies <= _NESTED_MOST * frequencies] = NESTED
        form[frequencies <= SHORT_MOST] = SHORT
        form[(frequencies > SHORT_MOST) & (frequencies > _DENSE_SHARE * self._count)] = DENSE_2
        places = Places(form, np.zeros(len(form), np.uint32), np.zeros(len(form), np.uint32))
        of_posting = np.repeat(form, frequencies)
        self._add_short(lists, places, of_posting == SHORT)
        self._add_long(lists, places, of_posting == LONG)
        if lists.parents is not None:
            self._add_nested(lists, lists.parents, places, of_posting == NESTED)
        self._add_dense(lists, places)
        self._add_overflow(lists, places)
        return places

    def sections(self) -> dict[str, Array]:
        """The arrays; see decoding.PostingLists."""
        place, title, body = np.concatenate(self._overflow, axis=1)
        order = np.argsort(place)
        return {
            "short": np.concatenate([np.empty(0, np.uint16), *self._documents]),
            **self._short.sections("short"),
            "low": _joined(self._low),
            "high": _joined(self._high),
            **self._long.sections("long"),
            "nested": _joined(self._bits),
            **self._nested.sections("nested"),
            "dense": _joined(self._dense),
            "dense_escapes": _joined(self._escapes),
            "overflow_places": place[order],
            "overflow_title": title[order].astype(np.uint32),
            "overflow_body": body[order].astype(np.uint32),
        }

    def _add_short(self, lists: Lists, places: Places, chosen: NDArray[np.bool_]) -> None:
        terms = places.form == SHORT
        places.start[terms] = self._short.count + _before(lists.frequencies[terms])
        self._documents.append(lists.documents[chosen])
        self._short.add(lists.values[chosen])

    def _add_long(self, lists: Lists, places: Places, chosen: NDArray[np.bool_]) -> None:
        terms = places.form == LONG
        frequencies = lists.frequencies[terms]
        places.start[terms] = self._long.count + _before(frequencies)
        documents = lists.documents[chosen]
        sizes = (frequencies + -(-self._count // 256) + 7) // 8
        starts = _before(sizes)
        places.second[terms] = self._high_bytes + starts
        rank = np.arange(len(documents)) - np.repeat(_before(frequencies), frequencies)
        bits = np.zeros(int(sizes.sum()) * 8, np.uint8)
        bits[np.repeat(starts * 8, frequencies) + rank + (documents >> 8)] = 1
        self._low.append(documents.astype(np.uint8))
        self._high.append(np.packbits(bits, bitorder="little"))
        self._high_bytes += len(self._high[-1])
        self._long.add(lists.values[chosen])

    def _add_nested(self, lists: Lists, parents: Parents, places: Places, chosen: NDArray[np.bool_]) -> None:
        terms = places.form == NESTED
        frequencies = lists.frequencies[terms]
        places.start[terms] = self._nested.count + _before(frequencies)
        sizes = (parents.frequencies[terms] + 7) // 8
        starts = _before(sizes)
        places.second[terms] = self._nested_bytes + starts
        bits = np.zeros(int(sizes.sum()) * 8, np.uint8)
        bits[np.repeat(starts * 8, frequencies) + parents.ranks[chosen]] = 1
        self._bits.append(np.packbits(bits, bitorder="little"))
        self._nested_bytes += len(self._bits[-1])
        self._nested.add(lists.values[chosen])

    def _add_dense(self, lists: Lists, places: Places) -> None:
        ends = np.cumsum(lists.frequencies)
        for term in np.flatnonzero(places.form == DENSE_2).tolist():
            chosen = slice(int(ends[term] - lists.frequencies[term]), int(ends[term]))
            values = np.zeros(-(-self._count // 4) * 4, np.uint8)
            values[lists.documents[chosen]] = lists.values[chosen]
            form = _smallest(values)
            places.form[term], places.start[term] = form, self._dense_bytes
            places.second[term] = self._dense_escapes
            escape = (1 << WIDTHS[form]) - 1
            if form != DENSE_8:
                self._escapes.append(values[values >= escape])
                self._dense_escapes += len(self._escapes[-1])
            self._dense.append(_packed(np.minimum(values, escape), WIDTHS[form]))
            self._dense_bytes += len(self._dense[-1])

    def _add_overflow(self, lists: Lists, places: Places) -> None:
        at, title, body = lists.overflow
        if len(at) == 0:
            return
        term = np.searchsorted(np.cumsum(lists.frequencies), at, side="right")
        form = np.minimum(places.form[term], DENSE_2).astype(np.uint64)
        start = places.start[term].astype(np.uint64)
        place = (form << np.uint64(_FORM_BITS)) | (start << np.uint64(_START_BITS)) | lists.documents[at]
        self._overflow.append(np.array((place, title, body), np.uint64))


class _TwoBits:
    """Values of all lists of one form: short, long or nested ones."""

    def __init__(self) -> None:
        self.count = 0
        self._values: list[Bytes] = []

    def add(self, values: Bytes) -> None:
        self._values.append(values)
        self.count += len(values)

    def sections(self, name: str) -> dict[str, Array]:
        values = np.concatenate([np.empty(0, np.uint8), *self._values])
        escaped = values >= 4
        starts = np.arange(0, len(values), ESCAPE_BLOCK)
        blocks = np.add.reduceat(escaped, starts, dtype=np.int64) if len(values) else starts
        codes = np.zeros(-(-len(values) // 4) * 4, np.uint8)
        codes[: len(values)] = np.minimum(values, 4) - 1
        return {
            f"{name}_values": _packed(codes, 2),
            f"{name}_escapes": values[escaped],
            f"{name}_blocks": _before(blocks).astype(np.uint32),
        }


def _smallest(values: Bytes) -> int:
    """The form of a dense list that takes the fewest bytes."""
    sizes = {
        form: len(values) * width // 8
        + (int(np.count_nonzero(values >= (1 << width) - 1)) if width < 8 else 0)
        for form, width in WIDTHS.items()
    }
    return min(sizes, key=sizes.__getitem__)


def _packed(values: Bytes, width: int) -> Bytes:
    """Numbers of `width` bits, the first in the lowest bits; their count divides by 4."""
    each = values.reshape(-1, 8 // width)
    packed = np.zeros(len(each), np.uint8)
    for place in range(8 // width):
        packed |= each[:, place] << np.uint8(place * width)
    return packed


def _before(counts: Numbers) -> Numbers:
    return np.cumsum(counts) - counts


def _joined(parts: list[Bytes]) -> Bytes:
    return np.concatenate([np.empty(0, np.uint8), *parts])
