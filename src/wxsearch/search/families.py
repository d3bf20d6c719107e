"""Families as searches read them: of which one a document is, who heads it, and who else is in it."""

from functools import cached_property

import numpy as np

from wxsearch.dates import printed
from wxsearch.index.families.families import Families
from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.snapshot import LiveSegment
from wxsearch.models import Family, FamilyCount, FamilyMembers, Relative
from wxsearch.search.collection import Collection


class FamilyCatalog:
    """The families of a snapshot; safe for threads.

    `places` has where each document of the collection stands among the members of all families, -1 for
    one that is alone; members of a family stand together, first published first.
    """

    def __init__(self, families: Families, collection: Collection) -> None:
        self._families = families
        self._collection = collection
        self.places: Numbers = np.full(collection.count, -1, np.int64)
        self.places[families.members] = np.arange(len(families.members))
        self.of_place: Numbers = np.repeat(np.arange(len(self._families.ends)), self._families.sizes)
        """The number of the family at each place."""

    def __len__(self) -> int:
        """How many families there are."""
        return len(self._families.ends)

    @cached_property
    def head_starts(self) -> Numbers:
        """When the first member of each family was published."""
        return self._collection.starts[self._families.heads]

    def number(self, document: int) -> int | None:
        """The number of the family of a document, None where it is alone."""
        place = int(self.places[document])
        return None if place < 0 else int(self.of_place[place])

    def family(self, document: int) -> Family | None:
        """The family of a document as a hit names it."""
        number = self.number(document)
        return None if number is None else Family(id=self.head(number)[0], size=self.size(number))

    def size(self, number: int) -> int:
        """How many articles are in a family."""
        return int(self._families.sizes[number])

    def head(self, number: int) -> tuple[str, str]:
        """Id and title of the article that heads a family."""
        segment, document = self._collection.place(int(self._families.heads[number]))
        return segment.segment.columns.label(document)

    def members(self, document: int, most: int) -> FamilyMembers | None:
        """The family of a document with its first members, at most so many."""
        number = self.number(document)
        if number is None:
            return None
        begin, end = int(self._families.starts[number]), int(self._families.ends[number])
        first = self._families.members[begin : min(end, begin + most)]
        return FamilyMembers(
            id=self.head(number)[0],
            size=end - begin,
            members=tuple(_relative(*self._collection.place(each)) for each in first.tolist()),
        )


def counted(catalog: FamilyCatalog, hits: Numbers) -> Numbers:
    """How many of some hits are of each family."""
    places = catalog.places.take(hits)
    return np.bincount(catalog.of_place.take(places[places >= 0]), minlength=len(catalog))


def largest(catalog: FamilyCatalog, counts: Numbers, most: int) -> tuple[FamilyCount, ...]:
    """The families of which most match, at least two; of equal ones those with a newer head, then by id."""
    several = np.flatnonzero(counts > 1)
    starts = catalog.head_starts[several]
    keys = -counts[several], starts == UNDATED, -starts
    order = np.lexsort(keys[::-1])
    if len(order) > most:
        # All that tie with the last may be among the first by id.
        last = order[most - 1]
        tied = np.logical_and.reduce([key == key[last] for key in keys])
        others = np.setdiff1d(np.flatnonzero(tied), order[:most], assume_unique=True)
        order = np.concatenate((order[:most], others))
    named = []
    for at in order.tolist():
        number = int(several[at])
        article_id, title = catalog.head(number)
        count = FamilyCount(id=article_id, title=title, count=int(counts[number]), size=catalog.size(number))
        named.append((-count.count, bool(keys[1][at]), int(keys[2][at]), article_id, count))
    return tuple(each[-1] for each in sorted(named)[:most])


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
