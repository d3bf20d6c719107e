"""Collapsing: of each family the hit that is the first in the order asked for, and how many it stands for."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.search.families import FamilyCatalog, counted
from wxsearch.search.ranked_list import RankedList
from wxsearch.search.scoring import Scores


class Collapsed(NamedTuple):
    """Hits without those that stand behind another of their family.

    `head` are the best in order, those of the second stage first, `rest` the others, ascending. `counts` has
    for each family how many of its members are hits.
    """

    head: RankedList
    rest: Numbers
    counts: Numbers

    @property
    def total(self) -> int:
        """How many hits are listed."""
        return len(self.head.documents) + len(self.rest)


def collapsed(
    catalog: FamilyCatalog,
    starts: Numbers,
    hits: Numbers,
    scores: Callable[[Numbers], Scores],
    head: RankedList,
    *,
    oldest: bool,
) -> Collapsed:
    """Collapses hits; `starts` are the times of all documents, `scores` gives those of the first stage.

    `head` are the best hits in order, which come before all others.
    """
    kept, seen = _first_of_each(catalog, head)
    left = np.setdiff1d(hits, head.documents, assume_unique=True)
    places = catalog.places.take(left)
    alone = left[places < 0]
    left, places = left[places >= 0], places[places >= 0]
    fresh = ~seen[catalog.of_place.take(places)]
    left, places = left[fresh], places[fresh]
    first = _firsts(catalog.of_place.take(places), places, scores(left), starts[left], oldest=oldest)
    return Collapsed(kept, np.sort(np.concatenate((alone, left[first]))), counted(catalog, hits))


def _first_of_each(catalog: FamilyCatalog, head: RankedList) -> tuple[RankedList, Numbers]:
    """The head with the first of each family alone, and which families those are of."""
    seen = np.zeros(len(catalog), bool)
    rows = []
    for row, document in enumerate(head.documents.tolist()):
        number = catalog.number(document)
        if number is None or not seen[number]:
            rows.append(row)
        if number is not None:
            seen[number] = True
    parts = None if head.parts is None else head.parts[[row for row in rows if row < len(head.parts)]]
    return RankedList(head.documents[rows], head.scores[rows], parts), seen


def _firsts(families: Numbers, places: Numbers, scores: Scores, starts: Numbers, *, oldest: bool) -> Numbers:
    """Which hits are the first of their families."""
    time = starts if oldest else -starts
    # Members of a family stand in the order of their ids where their times are equal.
    order = np.lexsort((places, time, starts == UNDATED, -scores, families))
    return order[np.flatnonzero(np.diff(families[order], prepend=-1))]
