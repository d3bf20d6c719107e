"""Precedence: in the head, the first published of a family goes before copies that score about the same.

It is lifted just above them, and they stay where they are: the second stage only adds.
"""

from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.search.families import FamilyCatalog
from wxsearch.search.ranked_list import RankedList
from wxsearch.search.scoring import Scores

# So much more shows in the six digits of a score.
_STEP = 1e-5


class _Weighed(NamedTuple):
    """A weighed member of a family: its place among all members, its time, its row, its score."""

    place: int
    start: int
    row: int
    score: float


def lifts(head: RankedList, starts: Numbers, catalog: FamilyCatalog, margin: float) -> Scores:
    """What each article of a list gets for being the first of its family in it; `starts` are their times.

    It gets what is missing to the best of its copies that were published later, and are higher by at most
    the share `margin`.
    """
    gains = np.zeros(len(head.documents))
    families: dict[int, list[_Weighed]] = {}
    places = catalog.places.take(head.documents)
    # Who has no time cannot be said to be the first.
    for row in ((places >= 0) & (starts != UNDATED)).nonzero()[0].tolist():
        member = _Weighed(int(places[row]), int(starts[row]), row, float(head.scores[row]))
        families.setdefault(int(catalog.of_place[member.place]), []).append(member)
    for members in families.values():
        first, *copies = sorted(members)
        later = [copy.score for copy in copies if copy.start > first.start]
        near = [score for score in later if first.score <= score <= first.score * (1 + margin)]
        if near:
            gains[first.row] = max(near) * (1 + _STEP) - first.score
    return gains
