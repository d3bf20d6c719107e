"""The lists of one kind of term, found by the number of the term.

Most terms have a short list: of those only the length is kept, a byte each, and where
every 32nd begins. The others have the length 0 there, and a row each; it is kept how many rows are
before every 32nd term. A search in halves would touch ten places of the memory instead of two.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from wxsearch.index.segment.decoding import PostingList, PostingLists
from wxsearch.index.segment.encoding import SHORT, Array, Lists, ListWriter, Numbers, Places
from wxsearch.index.segment.values import OVERFLOW_BYTE

_BLOCK = 32


class ListTableWriter:
    """Takes lists in the order of their terms; see ListTable."""

    def __init__(self, documents: int) -> None:
        self._lists = ListWriter(documents)
        self._frequencies: list[Numbers] = []
        self._places: list[Places] = []

    def add(self, lists: Lists) -> None:
        """The lists of the next terms, none of them empty."""
        self._frequencies.append(lists.frequencies)
        self._places.append(self._lists.add(lists))

    def sections(self) -> dict[str, Array]:
        """The arrays of the table and of its lists."""
        frequencies = np.concatenate([np.empty(0, np.int64), *self._frequencies])
        empty = Places(np.empty(0, np.uint8), np.empty(0, np.uint32), np.empty(0, np.uint32))
        places = Places(*(np.concatenate(parts) for parts in zip(empty, *self._places, strict=True)))
        long = places.form != SHORT
        short = np.where(long, 0, frequencies)
        rows = long.nonzero()[0]
        return {
            "frequencies": short.astype(np.uint8),
            "bases": _every_block(short),
            "row_bases": _every_block(long),
            "row_frequencies": frequencies[rows].astype(np.uint32),
            "row_forms": places.form[rows],
            "row_starts": places.start[rows],
            "row_seconds": places.second[rows],
            **self._lists.sections(),
        }


class ListTable:
    """Lists by number; see ListTableWriter."""

    def __init__(self, sections: Mapping[str, Any], documents: int) -> None:
        self._lists = PostingLists(sections, documents)
        # Single numbers come faster out of a memoryview than out of an array.
        self._frequencies, self._bases, self._row_bases, self._row_frequencies = (
            memoryview(sections[name]) for name in ("frequencies", "bases", "row_bases", "row_frequencies")
        )
        self._forms, self._starts, self._seconds = (
            memoryview(sections[name]) for name in ("row_forms", "row_starts", "row_seconds")
        )

    def list(self, number: int) -> PostingList:
        """A list, not yet decoded."""
        frequency = self._frequencies[number]
        if frequency:
            return PostingList(self._lists, SHORT, self._short_start(number), 0, frequency)
        return self._long(self._row(number))

    def lists(self, numbers: range) -> Sequence[PostingList]:
        """Lists that have all postings of neighbouring ones, none of them nested.

        Short ones lie side by side and are read as if they were one, whose documents are in no order.
        """
        found = [self._long(row) for row in range(self._row(numbers.start), self._row(numbers.stop))]
        start, end = self._short_start(numbers.start), self._short_start(numbers.stop)
        if start < end:
            whole = PostingList(self._lists, SHORT, start, 0, end - start)
            if OVERFLOW_BYTE in whole.values.tobytes():
                # Counts that fit in no value are kept by list.
                found += [self.list(number) for number in numbers if self._frequencies[number]]
            else:
                found.append(whole)
        return found

    def _short_start(self, number: int) -> int:
        """Where a short list begins, or would if this one were short."""
        block = number // _BLOCK
        return self._bases[block] + sum(self._frequencies[block * _BLOCK : number])

    def _row(self, number: int) -> int:
        """The row of a list that is not short, or how many rows are before a short one."""
        block = number // _BLOCK
        return self._row_bases[block] + bytes(self._frequencies[block * _BLOCK : number]).count(0)

    def _long(self, row: int) -> PostingList:
        return PostingList(
            self._lists, self._forms[row], self._starts[row], self._seconds[row], self._row_frequencies[row]
        )

    def frequencies(self, numbers: Numbers) -> Numbers:
        """The lengths of many lists."""
        short = np.asarray(self._frequencies)
        found = short[numbers].astype(np.intp)
        long = numbers[found == 0]
        block = long // _BLOCK
        before = short.take(block[:, None] * _BLOCK + np.arange(_BLOCK), mode="clip") == 0
        before &= np.arange(_BLOCK) < (long % _BLOCK)[:, None]
        rows = np.asarray(self._row_bases)[block] + before.sum(axis=1)
        found[found == 0] = np.asarray(self._row_frequencies)[rows]
        return found


def _every_block(counts: Array) -> Array:
    """The sum of all before each block, and before the end."""
    return np.concatenate(([0], np.cumsum(counts)))[::_BLOCK].astype(np.uint32)
