"""Posting lists as they are read: from mapped bytes to arrays, a handful of calls a list."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.encoding import (
    DENSE_2,
    DENSE_8,
    ESCAPE_BLOCK,
    NESTED,
    SHORT,
    WIDTHS,
    overflow_place,
)
from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW, Bytes

Numbers = NDArray[np.intp]
Counts = NDArray[np.int64]


class Postings(NamedTuple):
    """Documents of several lists, one list after the other, with occurrences in title and body."""

    documents: Numbers
    in_title: Counts
    in_body: Counts


def _unpacked(width: int) -> NDArray[np.generic]:
    """By byte: the numbers packed in it, as one wide number to be viewed as bytes."""
    places = np.arange(8 // width) * width
    numbers = (np.arange(256)[:, None] >> places) & ((1 << width) - 1)
    return numbers.astype(np.uint8).view({4: np.uint32, 2: np.uint16}[8 // width]).ravel()


_FOURS = (_unpacked(2).view(np.uint8) + 1).view(np.uint32)
"""Values of sparse lists: 1 to 3, and 4 for an escape."""
_DENSE = {width: _unpacked(width) for width in (2, 4)}
_COUNTED = np.arange(65_537)
_ESCAPE = 4
_IN_TITLE, _IN_BODY = IN_TITLE.astype(np.int64), IN_BODY.astype(np.int64)


class PostingLists:
    """All lists of a segment of `count` documents."""

    def __init__(self, sections: Mapping[str, Any], count: int) -> None:
        self.count = count
        self._sections = sections
        self._buckets = -(-count // 256)
        # Taken out once: a query asks for them some twenty times.
        self._short: NDArray[np.uint16] = sections["short"]
        self._low, self._high = sections["low"], sections["high"]
        # By form.
        self._values, self._escapes, self._blocks = (
            tuple(sections[f"{form}_{kind}"] for form in ("short", "long", "nested"))
            for kind in ("values", "escapes", "blocks")
        )

    def nested(self, each: "PostingList", parent: "PostingList") -> Numbers:
        """Ascending numbers of the documents of a nested list."""
        size = (parent.frequency + 7) >> 3
        bits = np.unpackbits(
            self._sections["nested"][each.second : each.second + size],
            count=parent.frequency,
            bitorder="little",
        )
        return parent.documents.take(bits.view(bool).nonzero()[0])

    def documents(self, each: "PostingList") -> Numbers:
        """Ascending numbers of the documents of a short or long list."""
        start, second, frequency = each.start, each.second, each.frequency
        if each.form == SHORT:
            return self._short[start : start + frequency].astype(np.intp)
        size = (frequency + self._buckets + 7) >> 3
        bits = np.unpackbits(self._high[second : second + size], bitorder="little")
        # Looking for True among booleans is several times as fast as for numbers.
        documents = bits.view(bool).nonzero()[0]
        documents -= _COUNTED[:frequency]
        documents <<= 8
        documents |= self._low[start : start + frequency]
        return documents

    def values(self, each: "PostingList") -> Bytes:
        """The values of the documents of a list that is not dense."""
        form, start, frequency = each.form, each.start, each.frequency
        first = start >> 2
        four = self._values[form][first : (start + frequency + 3) >> 2]
        skipped = start & 3
        values = _FOURS.take(four).view(np.uint8)[skipped : skipped + frequency]
        escaped = (values == _ESCAPE).nonzero()[0]
        if len(escaped):
            at = self._escapes_before(form, start)
            values[escaped] = self._escapes[form][at : at + len(escaped)]
        return values

    def values_at(self, each: "PostingList", places: Numbers) -> Bytes | None:
        """The values of a few postings of such a list, by their places in it; None where one escaped."""
        places = places + each.start
        codes = self._values[each.form].take(places >> 2)
        codes >>= ((places & 3) << 1).astype(np.uint8)
        codes &= 3
        codes += 1
        return None if (codes == _ESCAPE).any() else codes

    def dense(self, each: "PostingList") -> Bytes:
        """The value of every document of the segment, from a dense list."""
        width = WIDTHS[each.form]
        size = (self.count + 3) // 4 * 4 * width // 8
        packed = self._sections["dense"][each.start : each.start + size]
        if each.form == DENSE_8:
            return np.asarray(packed[: self.count])
        values = _DENSE[width].take(packed).view(np.uint8)
        escaped = (values == (1 << width) - 1).nonzero()[0]
        if len(escaped):
            values[escaped] = self._sections["dense_escapes"][each.second : each.second + len(escaped)]
        return values[: self.count]

    def mask(self, each: "PostingList") -> NDArray[np.bool_]:
        """Whether each document of the segment is on a dense list."""
        width = WIDTHS[each.form]
        size = (self.count + 3) // 4 * 4 * width // 8
        packed = self._sections["dense"][each.start : each.start + size]
        values = packed if each.form == DENSE_8 else _DENSE[width].take(packed).view(np.uint8)
        return (values > 0)[: self.count]

    def overflow(self, each: "PostingList", documents: Numbers) -> tuple[Counts, Counts]:
        """Title and body counts of documents of a list whose value is OVERFLOW."""
        places = documents.astype(np.uint64) + np.uint64(overflow_place(each.form, each.start))
        at = np.searchsorted(self._sections["overflow_places"], places)
        title, body = self._sections["overflow_title"][at], self._sections["overflow_body"][at]
        return title.astype(np.int64), body.astype(np.int64)

    def _escapes_before(self, form: int, start: int) -> int:
        block = start // ESCAPE_BLOCK
        between = self._values[form][block * ESCAPE_BLOCK // 4 : (start + 3) >> 2]
        values = _FOURS.take(between).view(np.uint8)[: start - block * ESCAPE_BLOCK]
        return int(self._blocks[form][block]) + int(np.count_nonzero(values == _ESCAPE))


class PostingList:
    """One list; what is decoded is kept. Threads that share it may decode the same twice, no more."""

    __slots__ = (
        *("_dense", "_documents", "_lists", "_mask", "_values"),
        *("form", "frequency", "is_dense", "parent", "second", "start"),
    )

    def __init__(self, lists: PostingLists, form: int, start: int, second: int, frequency: int) -> None:
        """Where the list is; see encoding.Places."""
        self._lists = lists
        self.form, self.start, self.second, self.frequency = form, start, second, frequency
        # Of a nested list, the one that has all its documents; who opens it sets this.
        self.parent: PostingList | None = None
        self.is_dense = form >= DENSE_2
        self._documents: Numbers | None = None
        self._values: Bytes | None = None
        self._dense: Bytes | None = None
        self._mask: NDArray[np.bool_] | None = None

    @property
    def is_nested(self) -> bool:
        """Whether a parent is needed to read it."""
        return self.form == NESTED

    @property
    def documents(self) -> Numbers:
        """Ascending document numbers."""
        if self._documents is None:
            if self.is_dense:
                self._documents = self.mask.nonzero()[0]
            elif self.parent is not None:
                self._documents = self._lists.nested(self, self.parent)
            else:
                self._documents = self._lists.documents(self)
        return self._documents

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Whether each document of the segment is on this list, which is dense."""
        if self._mask is None:
            self._mask = self._lists.mask(self)
        return self._mask

    @property
    def values(self) -> Bytes:
        """The value of each of the documents."""
        if self._values is None:
            self._values = self.dense[self.documents] if self.is_dense else self._lists.values(self)
        return self._values

    def values_at(self, places: Numbers) -> Bytes:
        """The values of some of the documents, by their places among them."""
        if self._values is None and not self.is_dense and 4 * len(places) < self.frequency:
            found = self._lists.values_at(self, places)
            if found is not None:
                return found
        return self.values.take(places)

    @property
    def dense(self) -> Bytes:
        """The value of every document of the segment; 0 where the term is not."""
        if self._dense is None:
            if self.is_dense:
                self._dense = self._lists.dense(self)
            else:
                self._dense = np.zeros(self._lists.count, np.uint8)
                self._dense[self.documents] = self.values
        return self._dense

    def counts(self, documents: Numbers, values: Bytes) -> tuple[Counts, Counts]:
        """Occurrences in title and body, of documents of this list and their values."""
        title, body = _IN_TITLE.take(values), _IN_BODY.take(values)
        over = (values == OVERFLOW).nonzero()[0]
        if len(over):
            title[over], body[over] = self._lists.overflow(self, documents[over])
        return title, body
