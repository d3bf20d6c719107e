"""What a leaf matches in several segments, as if they were one."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.lookup import found_at, listed_at
from wxsearch.index.segment.values import Bytes
from wxsearch.search.matches import Matches


class JoinedMatches:
    """Matches of segments, whose documents are numbered through; see search.matches.Matches.

    What is asked of a few documents is asked of the segments that they lie in, as long as the lists of
    all are not decoded.
    """

    def __init__(self, parts: Sequence[Matches], begins: Numbers) -> None:
        """One part a segment; `begins` has the number of its first document, and one more for the end."""
        self._parts = [(number, part) for number, part in enumerate(parts) if part.frequency]
        self._begins = begins
        self.frequency: int = sum(part.frequency for _, part in self._parts)
        # As it is where most of all documents are.
        dense = sum(int(begins[number + 1] - begins[number]) for number, part in self._parts if part.is_dense)
        self.is_dense = 2 * dense > int(begins[-1])
        # Kept by hand: in Python 3.11 a cached_property takes a lock.
        self._documents: Numbers | None = None
        self._values: Bytes | None = None
        self._mask: NDArray[np.bool_] | None = None
        self._dense: Bytes | None = None

    @property
    def documents(self) -> Numbers:
        """See Matches."""
        if self._documents is None:
            documents = np.empty(self.frequency, np.intp)
            end = 0
            for number, part in self._parts:
                begin, end = end, end + part.frequency
                np.add(part.documents, self._begins[number], out=documents[begin:end])
            self._documents = documents
        return self._documents

    @property
    def values(self) -> Bytes:
        """See Matches."""
        if self._values is None:
            each = [part.values for _, part in self._parts]
            self._values = np.concatenate(each) if each else np.empty(0, np.uint8)
        return self._values

    def values_at(self, documents: Numbers) -> Bytes:
        """See Matches."""
        if self._dense is not None:
            return self._dense.take(documents)
        if self._documents is not None and self._values is not None:
            return found_at(self._documents, self._values, documents)
        values = np.zeros(len(documents), np.uint8)
        for among, part, own in self._split(documents):
            values[among] = part.values_at(own)
        return values

    def holds(self, documents: Numbers) -> NDArray[np.bool_]:
        """See Matches."""
        if self._mask is not None:
            return self._mask.take(documents)
        if self._documents is not None:
            return listed_at(self._documents, documents)
        there = np.zeros(len(documents), bool)
        for among, part, own in self._split(documents):
            there[among] = part.holds(own)
        return there

    @property
    def mask(self) -> NDArray[np.bool_]:
        """See Matches."""
        if self._mask is None:
            self._mask = np.zeros(int(self._begins[-1]), bool)
            for number, part in self._parts:
                inside = self._mask[self._begins[number] : self._begins[number + 1]]
                if part.is_dense:
                    inside[:] = part.mask
                else:
                    inside[part.documents] = True
        return self._mask

    @property
    def dense(self) -> Bytes:
        """See Matches."""
        if self._dense is None:
            self._dense = np.zeros(int(self._begins[-1]), np.uint8)
            for number, part in self._parts:
                inside = self._dense[self._begins[number] : self._begins[number + 1]]
                if part.is_dense:
                    inside[:] = part.dense
                else:
                    inside[part.documents] = part.values
        return self._dense

    def counts(self, documents: Numbers, values: Bytes) -> tuple[Counts, Counts]:
        """See Matches."""
        title, body = np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64)
        for among, part, own in self._split(documents):
            title[among], body[among] = part.counts(own, values[among])
        return title, body

    def _split(self, documents: Numbers) -> Iterator[tuple[slice, Matches, Numbers]]:
        """Stretches of ascending documents that lie in one segment, where something matches."""
        cuts = documents.searchsorted(self._begins).tolist()
        for number, part in self._parts:
            if cuts[number] < cuts[number + 1]:
                among = slice(cuts[number], cuts[number + 1])
                yield among, part, documents[among] - self._begins[number]
