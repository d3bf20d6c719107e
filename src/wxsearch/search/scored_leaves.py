"""The leaves that count for a rank, with their idf, and the values that they have for documents."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.segment.values import Bytes
from wxsearch.search.matches import Matches


class Together(NamedTuple):
    """The postings of some of the leaves, one list after the other: `ends` tells where each stops."""

    rows: Numbers
    """Which of the leaves they are, ascending."""
    ends: Numbers
    documents: Numbers
    values: Bytes

    def leaf_of(self, places: Numbers) -> Numbers:
        """Which of the leaves each of some postings belongs to."""
        return self.rows.take(self.ends.searchsorted(places, "right"))


class ScoredLeaves:
    """What the leaves of a query match in a collection of `size` documents."""

    def __init__(self, leaves: Sequence[tuple[Matches, float]], size: int) -> None:
        self.matches = [matches for matches, _ in leaves]
        self.idf = [idf for _, idf in leaves]
        self._size = size
        self._together: Together | None = None

    def together(self, rows: Sequence[int]) -> Together:
        """The postings of at least one leaf; what is asked of a few documents later is read from them."""
        lists = [self.matches[row] for row in rows]
        self._together = Together(
            np.array(rows, np.intp),
            np.cumsum([matches.frequency for matches in lists]),
            np.concatenate([matches.documents for matches in lists]),
            np.concatenate([matches.values for matches in lists]),
        )
        return self._together

    def values(self, documents: Numbers) -> Bytes:
        """The values that the leaves, a row each, have for some ascending documents; 0 for none."""
        values = np.zeros((len(self.matches), len(documents)), np.uint8)
        done: Sequence[int] = ()
        if self._together is not None:
            done = self._together.rows.tolist()
            self._copy(self._together, documents, values)
        for row, matches in enumerate(self.matches):
            if row not in done:
                values[row] = matches.values_at(documents)
        return values

    def _copy(self, together: Together, documents: Numbers, values: Bytes) -> None:
        """Sets the rows of the leaves that are together: by one look for all of them."""
        among = np.zeros(self._size, bool)
        among[documents] = True
        places = among.take(together.documents).nonzero()[0]
        columns = documents.searchsorted(together.documents.take(places))
        values[together.leaf_of(places), columns] = together.values.take(places)
