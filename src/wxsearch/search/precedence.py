"""Precedence: in the head, the first published of a family goes before copies that score about the same.

It is lifted just above them, and they stay where they are: the second stage only adds.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.columns import UNDATED
from wxsearch.search.families import FamilyCatalog
from wxsearch.search.ranked_list import RankedList
from wxsearch.search.scoring import Scores

# So much more shows in the six digits of a score.
_STEP = 1e-5


class _Weighed(NamedTuple):
    """A weighed member of a family: its place among all members, its time, its list and row, its score."""

    place: int
    start: int
    list: int
    row: int
    score: float


def lifts(lists: Sequence[RankedList], catalog: FamilyCatalog, margin: float) -> list[Scores]:
    """What each article of some lists gets for being the first of its family among them.

    It gets what is missing to the best of its copies that were published later, and are higher by at most
    the share `margin`.
    """
    gains = [np.zeros(len(each.documents)) for each in lists]
    families: dict[int, list[_Weighed]] = {}
    for number, each in enumerate(lists):
        places = catalog.places[each.segment.segment.name].take(each.documents)
        starts = each.segment.segment.columns.starts
        # Who has no time cannot be said to be the first.
        for row in np.flatnonzero((places >= 0) & (starts[each.documents] != UNDATED)).tolist():
            start, score = int(starts[each.documents[row]]), float(each.scores[row])
            member = _Weighed(int(places[row]), start, number, row, score)
            families.setdefault(int(catalog.of_place[member.place]), []).append(member)
    for members in families.values():
        first, *copies = sorted(members)
        later = [copy.score for copy in copies if copy.start > first.start]
        near = [score for score in later if first.score <= score <= first.score * (1 + margin)]
        if near:
            gains[first.list][first.row] = max(near) * (1 + _STEP) - first.score
    return gains
