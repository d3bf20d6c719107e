"""Families as searches read them: of which one a document is, who heads it, and who else is in it."""

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from wxsearch.dates import printed
from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.snapshot import LiveSegment, Snapshot
from wxsearch.models import Family, FamilyCount, FamilyMembers, Relative


class FamilyCatalog:
    """The families of a snapshot; safe for threads.

    `places` has for each segment where each of its documents stands among the members of all
    families, -1 for one that is alone; members of a family stand together, first published first.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._families = snapshot.families
        self._segments = snapshot.segments
        counts = [each.segment.count for each in snapshot.segments]
        self._begins = np.array([0, *accumulate(counts)])
        whole = np.full(sum(counts), -1, np.int64)
        whole[self._families.members] = np.arange(len(self._families.members))
        self.places: dict[str, Numbers] = {
            each.segment.name: places
            for each, places in zip(snapshot.segments, np.split(whole, self._begins[1:-1]), strict=False)
        }
        self.of_place: Numbers = np.repeat(np.arange(len(self._families.ends)), self._families.sizes)
        """The number of the family at each place."""

    def __len__(self) -> int:
        """How many families there are."""
        return len(self._families.ends)

    @cached_property
    def id_rank(self) -> NDArray[np.intp]:
        """The place of each member among all in the order of ids."""
        ids = [
            segment.segment.columns.id(document)
            for segment, document in map(self._at, self._families.members)
        ]
        ranks = np.empty(len(ids), np.intp)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return ranks

    def number(self, segment: LiveSegment, document: int) -> int | None:
        """The number of the family of a document, None where it is alone."""
        place = int(self.places[segment.segment.name][document])
        return None if place < 0 else int(self.of_place[place])

    def family(self, segment: LiveSegment, document: int) -> Family | None:
        """The family of a document as a hit names it."""
        number = self.number(segment, document)
        return None if number is None else Family(id=self.head(number)[0], size=self.size(number))

    def size(self, number: int) -> int:
        """How many articles are in a family."""
        return int(self._families.sizes[number])

    def head(self, number: int) -> tuple[str, str]:
        """Id and title of the article that heads a family."""
        segment, document = self._at(int(self._families.heads[number]))
        columns = segment.segment.columns
        return columns.id(document), columns.title(document)

    def members(self, segment: LiveSegment, document: int, most: int) -> FamilyMembers | None:
        """The family of a document with its first members, at most so many."""
        number = self.number(segment, document)
        if number is None:
            return None
        begin, end = int(self._families.starts[number]), int(self._families.ends[number])
        first = self._families.members[begin : min(end, begin + most)]
        return FamilyMembers(
            id=self.head(number)[0],
            size=end - begin,
            members=tuple(_relative(*self._at(each)) for each in first.tolist()),
        )

    def _at(self, document: int) -> tuple[LiveSegment, int]:
        """The segment of a document that is counted through, and its number there."""
        number = int(self._begins.searchsorted(document, side="right")) - 1
        return self._segments[number], int(document - self._begins[number])


def counted(catalog: FamilyCatalog, segments: Sequence[LiveSegment], hits: Sequence[Numbers]) -> Numbers:
    """How many of some hits, given for each segment, are of each family."""
    counts = np.zeros(len(catalog), np.int64)
    for segment, documents in zip(segments, hits, strict=True):
        places = catalog.places[segment.segment.name].take(documents)
        counts += np.bincount(catalog.of_place.take(places[places >= 0]), minlength=len(catalog))
    return counts


def largest(catalog: FamilyCatalog, counts: Numbers, most: int) -> tuple[FamilyCount, ...]:
    """The families of which most match, at least two members; of equal ones, by id."""
    several = np.flatnonzero(counts > 1)
    if len(several) > most:
        # All that tie with the last may be among the first by id.
        least = np.partition(counts[several], -most)[-most]
        several = several[counts[several] >= least]
    named = [
        FamilyCount(id=head[0], title=head[1], count=int(counts[number]), size=catalog.size(number))
        for number, head in ((number, catalog.head(number)) for number in several.tolist())
    ]
    return tuple(sorted(named, key=lambda each: (-each.count, each.id))[:most])


def _relative(segment: LiveSegment, document: int) -> Relative:
    article = segment.segment.article(document)
    start = int(segment.segment.columns.starts[document])
    return Relative(
        id=article.id,
        title=article.title,
        url=article.url,
        source=article.source,
        published=None if start == UNDATED else printed(start),
        precision=article.precision,
    )
