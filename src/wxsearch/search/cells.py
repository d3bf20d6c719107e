"""Cells: each category path with each month that some document has both of, to count the two at once."""

from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.columns import Slots
from wxsearch.index.segment.decoding import Counts, Numbers

# As many pairs of a path and a month for each document as a table of all may have.
_MOST_A_DOCUMENT = 8


class Cells(NamedTuple):
    """The cell of each document, and of each cell its path and its slot (index.segment.columns.Slots)."""

    numbers: Numbers
    paths: Numbers
    slots: Numbers

    def counts(self, documents: Numbers) -> Counts:
        """How many of some documents are in each cell."""
        return np.bincount(self.numbers.take(documents), minlength=len(self.paths))

    def by_path(self, counts: Counts, paths: int) -> Counts:
        """From counts by cell those by path, of which there are so many."""
        return np.bincount(self.paths, counts, paths).astype(np.int64)

    def by_slot(self, counts: Counts) -> Counts:
        """From counts by cell those by slot."""
        return np.bincount(self.slots, counts, 1).astype(np.int64)


def cells_of(path_codes: Numbers, paths: int, slots: Slots) -> Cells | None:
    """The cells of documents with these codes of so many paths; None where there could be far too many."""
    if paths * slots.size > _MOST_A_DOCUMENT * len(path_codes):
        return None
    each = path_codes * slots.size + slots.numbers
    used = np.zeros(paths * slots.size, bool)
    used[each] = True
    numbers = used.cumsum() - 1
    return Cells(numbers.take(each), *np.divmod(used.nonzero()[0], slots.size))
