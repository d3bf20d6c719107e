"""The documents of a generation under one numbering, as Whoosh wants it."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import UNDATED, Columns
from wxsearch.index.segment.segment import Mask
from wxsearch.index.snapshot import LiveSegment, Snapshot
from wxsearch.models import Article
from wxsearch.search.collection import Collection

Numbers = NDArray[np.int64]
T = TypeVar("T")


class Documents:
    """Numbers segment after segment, the oldest first; deleted documents have theirs too."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.segments: tuple[LiveSegment, ...] = snapshot.segments
        self._collection = Collection(self.segments)
        self.begins = self._collection.begins
        """The number of the first document of each segment, and behind those of the last."""
        self.count = self._collection.count
        self.total = snapshot.total
        """How many are not deleted."""

    def article(self, document: int) -> Article:
        """A stored article, deleted or not."""
        place, own = self._collection.place(document)
        return place.segment.article(own)

    def all_of(self, column: Callable[[Columns], Iterable[T]]) -> list[T]:
        """A column over all documents, from those of the segments."""
        return [value for each in self.segments for value in column(each.segment.columns)]

    @cached_property
    def live(self) -> Mask:
        """True for each document that is not deleted."""
        live = self._collection.live
        return np.ones(self.count, bool) if live is None else live

    @cached_property
    def deleted(self) -> frozenset[int]:
        """The deleted documents."""
        return frozenset(np.flatnonzero(~self.live).tolist())

    @cached_property
    def lengths(self) -> dict[str, Numbers]:
        """Folded characters of each title and body."""
        title, body = self._collection.lengths
        return {"title": title, "body": body}

    @cached_property
    def places(self) -> Numbers:
        """The place of each document among all, newest first, undated last, then by id."""
        ids = self.all_of(Columns.ids)
        by_id = np.empty(self.count, np.int64)
        by_id[sorted(range(self.count), key=ids.__getitem__)] = np.arange(self.count)
        places = np.empty(self.count, np.int64)
        starts = self._collection.starts
        places[np.lexsort((by_id, -starts, starts == UNDATED))] = np.arange(self.count)
        return places
