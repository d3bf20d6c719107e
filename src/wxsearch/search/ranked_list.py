"""Hits in order: as arrays, and one by one."""

from collections.abc import Iterable, Iterator
from itertools import chain, repeat

from msgspec import Struct

from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.snapshot import LiveSegment
from wxsearch.search.collection import Collection
from wxsearch.search.scoring import Scores


class Place(Struct, frozen=True):
    """A hit: its number in the collection, the segment, the document in it, and its rounded score.

    The score is 0 where nothing is ranked. `parts` are what the second stage added, which it includes.
    """

    number: int
    segment: LiveSegment
    document: int
    score: float
    parts: tuple[float, ...] = ()

    @property
    def id(self) -> str:
        """The id of the article."""
        return self.segment.segment.columns.id(self.document)

    @property
    def label(self) -> tuple[str, str]:
        """The id and the title of the article, without unpacking it."""
        return self.segment.segment.columns.label(self.document)


class RankedList(Struct, frozen=True):
    """Documents of a collection in order, with their scores.

    `parts` are what the second stage added to the first of them.
    """

    documents: Numbers
    scores: Scores
    parts: Scores | None = None

    def places(self, collection: Collection, most: int) -> Iterator[Place]:
        """The first of the list one by one."""
        documents, scores = self.documents[:most], self.scores[:most].tolist()
        parts = () if self.parts is None else map(tuple, self.parts[:most].tolist())
        numbers = own = documents.tolist()
        segments: Iterable[LiveSegment] = repeat(collection.segments[0])
        if len(collection.segments) > 1:
            of = collection.segments_of(documents)
            segments = map(collection.segments.__getitem__, of.tolist())
            own = (documents - collection.begins.take(of)).tolist()
        return map(Place, numbers, segments, own, scores, chain(parts, repeat(())))
