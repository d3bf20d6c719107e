"""Hits in order: the best of each segment as arrays, and those of all segments one by one."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, repeat

import numpy as np
from msgspec import Struct

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.snapshot import LiveSegment
from wxsearch.search.scoring import Scores


class Place(Struct, frozen=True):
    """A hit: the segment, the document in it, and its rounded score, 0 where nothing is ranked.

    `parts` are what the second stage added, which the score includes.
    """

    segment: LiveSegment
    document: int
    score: float
    parts: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.segment.segment.columns.id(self.document)

    @property
    def title(self) -> str:
        """The title of the article."""
        return self.segment.segment.columns.title(self.document)


class RankedList(Struct, frozen=True):
    """The best of one segment in order, with their scores.

    `parts` are what the second stage added to the first of them.
    """

    segment: LiveSegment
    documents: Numbers
    scores: Scores
    parts: Scores | None = None

    def places(self, most: int) -> Iterator[Place]:
        """The first of the list one by one."""
        documents, scores = self.documents[:most].tolist(), self.scores[:most].tolist()
        if self.parts is None:
            return map(Place, repeat(self.segment), documents, scores)
        parts = map(tuple, self.parts[:most].tolist())
        return map(Place, repeat(self.segment), documents, scores, chain(parts, repeat(())))


def merged(lists: Sequence[RankedList], most: int, *, oldest: bool = False) -> list[Place]:
    """The first `most` of all: by score, then newest (or oldest) first with undated ones last, then by id."""
    if len(lists) == 1:
        return list(lists[0].places(most))
    places = [place for each in lists for place in each.places(most)]
    places.sort(key=partial(_key, step=1 if oldest else -1))
    return places[:most]


def _key(place: Place, step: int) -> tuple[float, int, str]:
    start = int(place.segment.segment.columns.starts[place.document])
    return -place.score, np.iinfo(np.int64).max if start == UNDATED else step * start, place.id
