"""The documents of a generation under one numbering, as Whoosh wants it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import UNDATED, Columns
from wxsearch.index.segment.segment import Mask
from wxsearch.index.snapshot import LiveSegment, Snapshot
from wxsearch.models import Article

Numbers = NDArray[np.int64]
T = TypeVar("T")


class Documents:
    """Numbers segment after segment, the oldest first; deleted documents have theirs too."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.segments: tuple[LiveSegment, ...] = snapshot.segments
        self.offsets = [0, *accumulate(each.segment.count for each in self.segments)]
        self.count = self.offsets[-1]
        self.total = snapshot.total
        """How many are not deleted."""

    def article(self, document: int) -> Article:
        """A stored article, deleted or not."""
        place = bisect_right(self.offsets, document) - 1
        return self.segments[place].segment.article(document - self.offsets[place])

    def all_of(self, column: Callable[[Columns], Iterable[T]]) -> list[T]:
        """A column over all documents, from those of the segments."""
        return [value for each in self.segments for value in column(each.segment.columns)]

    @cached_property
    def live(self) -> Mask:
        """True for each document that is not deleted."""
        return np.concatenate([np.empty(0, bool), *(each.mask for each in self.segments)])

    @cached_property
    def deleted(self) -> frozenset[int]:
        """The deleted documents."""
        return frozenset(np.flatnonzero(~self.live).tolist())

    @cached_property
    def lengths(self) -> dict[str, Numbers]:
        """Folded characters of each title and body."""
        found = [each.segment.lengths for each in self.segments]
        empty = np.empty(0, np.int64)
        return {
            field: np.concatenate([empty, *(lengths[number] for lengths in found)])
            for number, field in enumerate(("title", "body"))
        }

    @cached_property
    def starts(self) -> Numbers:
        """The instant of each document, or UNDATED."""
        return np.concatenate(
            [np.empty(0, np.int64), *(each.segment.columns.starts for each in self.segments)]
        )

    @cached_property
    def places(self) -> Numbers:
        """The place of each document among all, newest first, undated last, then by id."""
        ids = self.all_of(Columns.ids)
        by_id = np.empty(self.count, np.int64)
        by_id[sorted(range(self.count), key=ids.__getitem__)] = np.arange(self.count)
        places = np.empty(self.count, np.int64)
        places[np.lexsort((by_id, -self.starts, self.starts == UNDATED))] = np.arange(self.count)
        return places
