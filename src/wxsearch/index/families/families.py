"""The families of a generation: which documents are near-copies of one another, in a small file.

Documents are counted through all segments of the generation, the deleted ones included.
"""

from collections.abc import Callable
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Families(NamedTuple):
    """The members of all families of two and more, and where each family ends among them.

    The first published member is the first: the head, whose id names the family.
    """

    members: Numbers
    ends: Numbers

    @classmethod
    def none(cls) -> Self:
        """No article has a copy."""
        return cls(np.empty(0, np.int64), np.empty(0, np.int64))

    @classmethod
    def read(cls, content: memoryview) -> Self:
        """Families from a file; raises ValueError where it is none."""
        numbers = np.frombuffer(content, "<u4").astype(np.int64)
        count = int(numbers[0]) if len(numbers) else -1
        ends, members = numbers[1 : 1 + max(0, count)], numbers[1 + max(0, count) :]
        if len(ends) != count or (count and (ends[-1] != len(members) or np.diff(ends, prepend=0).min() < 2)):
            raise ValueError("the families do not fit together")
        return cls(members, ends)

    def packed(self) -> bytes:
        """The content of their file."""
        return np.concatenate(([len(self.ends)], self.ends, self.members)).astype("<u4").tobytes()

    @property
    def starts(self) -> Numbers:
        """Where each family begins among the members."""
        return np.append(0, self.ends[:-1])[: len(self.ends)]

    @property
    def sizes(self) -> Numbers:
        """How many members each has."""
        return self.ends - self.starts

    @property
    def heads(self) -> Numbers:
        """The first member of each."""
        return self.members[self.starts]

    def moved(self, places: Numbers) -> Self:
        """The same where documents got other numbers: `places` has the new one of each."""
        return type(self)(places[self.members], self.ends)

    @classmethod
    def grouped(
        cls, heads: Numbers, before: "Families", order: Callable[[Numbers], NDArray[np.intp]]
    ) -> Self:
        """Families of documents for which `heads` has the same number.

        Those that were the same `before` keep their order; `order` says of some documents which comes
        first, second and so on in the order of publication.
        """
        counts = np.bincount(heads, minlength=len(heads))
        together = counts[heads] > 1
        kept = _unchanged(heads, counts, before)
        members = [before.members[np.repeat(kept, before.sizes)]]
        together[members[0]] = False
        fresh = np.flatnonzero(together)
        fresh = fresh[order(fresh)]
        fresh = fresh[np.argsort(heads[fresh], kind="stable")]
        begins = np.flatnonzero(np.diff(heads[fresh], prepend=-1))
        sizes = np.concatenate((before.sizes[kept], np.diff(begins, append=len(fresh))))
        return cls(np.concatenate((*members, fresh)), np.cumsum(sizes))


def _unchanged(heads: Numbers, counts: Numbers, before: Families) -> NDArray[np.bool_]:
    """Which families of before have the same members still."""
    if len(before.ends) == 0:
        return np.empty(0, bool)
    of = heads[before.members]
    least, most = np.minimum.reduceat(of, before.starts), np.maximum.reduceat(of, before.starts)
    unchanged: NDArray[np.bool_] = (least == most) & (counts[least] == before.sizes)
    return unchanged
