"""Posting lists as they are read: from mapped bytes to arrays, a handful of calls a list."""

from collections.abc import Mapping
from typing import Any

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
from wxsearch.index.segment.lookup import found_at, listed_at
from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW, Bytes

Numbers = NDArray[np.intp]
Counts = NDArray[np.int64]


def _unpacked(width: int) -> NDArray[np.generic]:
    """By byte: the numbers packed in it, as one wide number to be viewed as bytes."""
    places = np.arange(8 // width) * width
    numbers = (np.arange(256)[:, None] >> places) & ((1 << width) - 1)
    return numbers.astype(np.uint8).view({4: np.uint32, 2: np.uint16}[8 // width]).ravel()


_FOURS = (_unpacked(2).view(np.uint8) + 1).view(np.uint32)
"""Values of sparse lists: 1 to 3, and 4 for an escape."""
_DENSE = {width: _unpacked(width) for width in (2, 4)}
_COUNTED = np.arange(65_537)
# Numbers to calculate with: arrays of no dimension take half the time of Python's own.
_ESCAPE = np.array(4, np.uint8)
_EIGHT, _SIX, _IN_WORD = np.array(8), np.array(6), np.array(63)
_ONE, _TWO = np.array(1, np.uint64), np.array(2, np.uint64)
# For no more than one in so many documents, a dense list is not decoded.
_FEW_OF = 8
# The lowest bit of each number that is packed in a word, by its width.
_LOWEST = {2: np.array(0x5555_5555_5555_5555, np.uint64), 4: np.array(0x1111_1111_1111_1111, np.uint64)}
_LOWEST_OF_BLOCK = int.from_bytes(b"\x55" * (ESCAPE_BLOCK // 4), "little")
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
        documents <<= _EIGHT
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

    def dense_at(self, each: "PostingList", documents: Numbers) -> Bytes:
        """The values of some ascending documents, from a dense list."""
        codes = self._codes(each, documents)
        width = WIDTHS[each.form]
        if each.form == DENSE_8:
            return codes
        escaped = (codes == (1 << width) - 1).nonzero()[0]
        if len(escaped):
            documents = documents.take(escaped)
            packed = self._sections["dense"][each.start : each.start + int(documents[-1]) * width // 8 + 1]
            before = _escapes_before_each(packed, width, documents)
            before += each.second
            codes[escaped] = self._sections["dense_escapes"].take(before)
        return codes

    def holds(self, each: "PostingList", documents: Numbers) -> NDArray[np.bool_]:
        """Whether some documents are on a dense list."""
        return self._codes(each, documents) > 0

    def _codes(self, each: "PostingList", documents: Numbers) -> Bytes:
        """The packed numbers of some documents of a dense list."""
        width = WIDTHS[each.form]
        places = documents * width
        codes: Bytes = self._sections["dense"].take((places >> 3) + each.start)
        codes >>= (places & 7).astype(np.uint8)
        codes &= (1 << width) - 1
        return codes

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
        at = self._sections["overflow_places"].searchsorted(places)
        title, body = self._sections["overflow_title"].take(at), self._sections["overflow_body"].take(at)
        return title.astype(np.int64), body.astype(np.int64)

    def _escapes_before(self, form: int, start: int) -> int:
        block, size = divmod(start, ESCAPE_BLOCK)
        first = start - size
        # One long integer is counted sooner than an array so short.
        bits = int.from_bytes(self._values[form][first >> 2 : (start + 3) >> 2].tobytes(), "little")
        bits &= bits >> 1 & _LOWEST_OF_BLOCK & ((1 << 2 * size) - 1)
        return int(self._blocks[form][block]) + bits.bit_count()


def _escapes_before_each(packed: Bytes, width: int, places: Numbers) -> Numbers:
    """How many numbers of so many bits, of all that are packed, escape before each of some places.

    Those escape that have all bits set.
    """
    words = np.zeros((len(packed) + 7) >> 3, np.uint64)
    words.view(np.uint8)[: len(packed)] = packed
    words &= words >> _ONE
    if width == 4:
        words &= words >> _TWO
    words &= _LOWEST[width]
    bits = places * width
    at = bits >> _SIX
    behind = words.take(at) >> (bits & _IN_WORD).astype(np.uint64)
    return np.bitwise_count(words).cumsum(dtype=np.intp).take(at) - np.bitwise_count(behind)


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

    def values_at(self, documents: Numbers) -> Bytes:
        """The values of some ascending documents; 0 where the term is not."""
        if not self.is_dense:
            return found_at(self.documents, self.values, documents)
        if self._dense is None and _FEW_OF * len(documents) < self._lists.count:
            return self._lists.dense_at(self, documents)
        return self.dense.take(documents)

    def holds(self, documents: Numbers) -> NDArray[np.bool_]:
        """Whether each of some ascending documents is on this list."""
        if not self.is_dense:
            return listed_at(self.documents, documents)
        if self._mask is None and _FEW_OF * len(documents) < self._lists.count:
            return self._lists.holds(self, documents)
        return self.mask.take(documents)

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
        if len(over) == len(documents):
            return self._lists.overflow(self, documents)
        if len(over):
            title[over], body[over] = self._lists.overflow(self, documents[over])
        return title, body
