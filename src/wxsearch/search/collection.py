"""The collection: all articles of a snapshot, numbered through, those of each segment after the ones before.

What is known of each article stands in arrays over the whole collection, so that a search asks them once,
however many segments there are. Of one segment the arrays are its own.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import Columns, Slots
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.segment import Mask, Segment
from wxsearch.index.snapshot import LiveSegment
from wxsearch.models import Interval
from wxsearch.search.catalog import Catalog
from wxsearch.search.cells import Cells, cells_of


class Collection:
    """The articles of some segments, deleted ones among them; safe for threads."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        self.segments = segments
        counts = [each.segment.count for each in segments]
        self.begins: Numbers = np.cumsum([0, *counts])
        """The number of the first article of each segment, and behind those of the last."""
        self.count = sum(counts)
        self._begins: list[int] = self.begins.tolist()
        self._slots: dict[Interval, Slots] = {}

    def preload(self) -> None:
        """Makes now what the first searches would."""
        _ = self.starts, self.ends, self.id_rank, self.path_codes, self.source_codes, self.live, self.lengths
        _ = self.cells

    def segments_of(self, documents: Numbers) -> Numbers:
        """In which segment each document is."""
        return self.begins.searchsorted(documents, side="right") - 1

    def by_segment(self, documents: Numbers) -> tuple[list[tuple[Segment, Numbers]], Numbers | slice]:
        """Each segment with some of the documents and their numbers there; and in which order those are."""
        if len(self.segments) == 1:
            return [(self.segments[0].segment, documents)], slice(None)
        of = self.segments_of(documents)
        order = of.argsort(kind="stable")
        own = (documents - self.begins.take(of)).take(order)
        counts = np.bincount(of, minlength=len(self.segments)).tolist()
        ends = accumulate(counts)
        each = [
            (segment.segment, own[end - count : end])
            for segment, count, end in zip(self.segments, counts, ends, strict=True)
            if count
        ]
        return each, order

    def place(self, document: int) -> tuple[LiveSegment, int]:
        """The segment of a document, and its number there."""
        # Of a list a single place is found far faster than of an array.
        number = bisect_right(self._begins, document) - 1
        return self.segments[number], document - self._begins[number]

    def number(self, segment: LiveSegment, document: int) -> int:
        """The number here of a document of one of the segments."""
        names = [each.segment.name for each in self.segments]
        return document + self._begins[names.index(segment.segment.name)]

    def id(self, document: int) -> str:
        """The id of a document."""
        segment, own = self.place(document)
        return segment.segment.columns.id(own)

    @cached_property
    def catalog(self) -> Catalog:
        """Paths and sources."""
        return Catalog([each.segment.columns for each in self.segments])

    @cached_property
    def live(self) -> Mask | None:
        """Which documents are not deleted; None where none is."""
        if all(each.live is None for each in self.segments):
            return None
        return np.concatenate([each.mask for each in self.segments])

    @cached_property
    def lengths(self) -> tuple[Counts, Counts]:
        """Folded characters of each title and body."""
        each = [segment.segment.lengths for segment in self.segments]
        return _joined([title for title, _ in each]), _joined([body for _, body in each])

    @cached_property
    def starts(self) -> Numbers:
        """The time of each document, or UNDATED."""
        return self._column(lambda columns: columns.starts)

    @cached_property
    def ends(self) -> Numbers:
        """The first instant after what the precision of each document's time covers."""
        return self._column(lambda columns: columns.ends)

    @cached_property
    def id_rank(self) -> Numbers:
        """The place of each document in the order of ids, among those of its own segment."""
        return self._column(lambda columns: columns.id_rank)

    @cached_property
    def path_codes(self) -> Numbers:
        """The category path of each document, by its number in the catalog."""
        return self._numbered([each.path_codes for each in self._columns], self.catalog.path_numbers)

    @cached_property
    def source_codes(self) -> Numbers:
        """The source of each document, by its number in the catalog."""
        return self._numbered([each.source_codes for each in self._columns], self.catalog.source_numbers)

    @cached_property
    def cells(self) -> Cells | None:
        """The category path and the month of each document, as one; None where there are too many of both."""
        return cells_of(self.path_codes, len(self.catalog.paths), self.slots("month"))

    def slots(self, interval: Interval) -> Slots:
        """The day, month or year of each document, for counting."""
        known = self._slots.get(interval)
        if known is None:
            known = self._slots[interval] = self._joined_slots(interval)
        return known

    @property
    def _columns(self) -> list[Columns]:
        return [each.segment.columns for each in self.segments]

    def _column(self, of: Callable[[Columns], Numbers]) -> Numbers:
        return _joined([of(columns) for columns in self._columns])

    def _numbered(self, codes: Sequence[Numbers], numbers: Sequence[Numbers]) -> Numbers:
        # The numbers of the catalog are those of the only segment.
        if len(codes) == 1:
            return codes[0]
        return _joined([known.take(each) for known, each in zip(numbers, codes, strict=True)])

    def _joined_slots(self, interval: Interval) -> Slots:
        each = [columns.slots(interval) for columns in self._columns]
        if len(each) == 1:
            return each[0]
        dated = [slots for slots in each if slots.size > 1]
        first = min((slots.first for slots in dated), default=0)
        end = max((slots.first + slots.size for slots in dated), default=first + 1)
        moved = [np.where(slots.numbers, slots.numbers + (slots.first - first), 0) for slots in each]
        return Slots(first, _joined(moved), end - first)


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    if len(arrays) == 1:
        return arrays[0]
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)
