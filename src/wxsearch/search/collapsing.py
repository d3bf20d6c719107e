"""Collapsing: of each family the hit that is the first in the order asked for, and how many it stands for."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.snapshot import LiveSegment
from wxsearch.search.families import FamilyCatalog, counted
from wxsearch.search.ranked_list import Place
from wxsearch.search.scoring import Scores


class Collapsed(NamedTuple):
    """Hits without those that stand behind another of their family.

    `head` are those of the second stage in order; `rest` are the others, an array a segment. `counts`
    has for each family how many of its members are hits.
    """

    head: list[Place]
    rest: list[Numbers]
    counts: Numbers

    @property
    def total(self) -> int:
        """How many hits are listed."""
        return len(self.head) + sum(map(len, self.rest))


class _Members(NamedTuple):
    """The hits of one segment that have a family: documents, their places in the catalog, scores, times."""

    documents: Numbers
    places: Numbers
    scores: Scores
    starts: Numbers


def collapsed(
    catalog: FamilyCatalog,
    segments: Sequence[LiveSegment],
    hits: Sequence[Numbers],
    scores: Callable[[int, Numbers], Scores],
    head: Sequence[Place],
    *,
    oldest: bool,
) -> Collapsed:
    """Collapses hits; `scores` gives those of the first stage by the number of a segment.

    `head` are the hits that the second stage has put in order before all others.
    """
    kept: list[Place] = []
    seen = np.zeros(len(catalog), bool)
    for place in head:
        number = catalog.number(place.segment, place.document)
        if number is None or not seen[number]:
            kept.append(place)
        if number is not None:
            seen[number] = True
    rest = []
    of_families: list[_Members] = []
    for number, (segment, documents) in enumerate(zip(segments, hits, strict=True)):
        left = _without(documents, segment, head)
        places = catalog.places[segment.segment.name].take(left)
        rest.append(left[places < 0])
        left, places = left[places >= 0], places[places >= 0]
        fresh = ~seen[catalog.of_place.take(places)]
        left, places = left[fresh], places[fresh]
        starts = segment.segment.columns.starts[left]
        of_families.append(_Members(left, places, scores(number, left), starts))
    chosen = _firsts(catalog, of_families, oldest=oldest)
    for number, members in enumerate(of_families):
        chosen_here, chosen = chosen[: len(members.documents)], chosen[len(members.documents) :]
        rest[number] = np.sort(np.concatenate((rest[number], members.documents[chosen_here])))
    return Collapsed(kept, rest, counted(catalog, segments, hits))


def _without(documents: Numbers, segment: LiveSegment, head: Sequence[Place]) -> Numbers:
    """The documents of a segment that are not in the head."""
    name = segment.segment.name
    weighed = [place.document for place in head if place.segment.segment.name == name]
    return np.setdiff1d(documents, np.array(weighed, documents.dtype), assume_unique=True)


def _firsts(catalog: FamilyCatalog, members: Sequence[_Members], *, oldest: bool) -> NDArray[np.bool_]:
    """Which of the members of all segments is the first of its family."""
    if not members:
        # An index without articles has no segments.
        return np.zeros(0, bool)
    _, places, scores, starts = (np.concatenate(each) for each in zip(*members, strict=True))
    families = catalog.of_place.take(places)
    time = starts if oldest else -starts
    # Members of a family stand in the order of their ids where their times are equal.
    order = np.lexsort((places, time, starts == UNDATED, -scores, families))
    first = np.zeros(len(places), bool)
    first[order[np.flatnonzero(np.diff(families[order], prepend=-1))]] = True
    return first
