"""The documents of some segments, counted through: what grouping them into families reads of each."""

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.likeness import Body, bodies_of
from wxsearch.analysis.sketch import SIZE
from wxsearch.index.families.candidates import Sketched
from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.segment import Segment

Numbers = NDArray[np.int64]


class Documents:
    """All documents of segments, the deleted ones included, one segment after the other."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        self._ends = np.array([0, *accumulate(segment.count for segment in segments)])

    @property
    def sketched(self) -> Sketched:
        """Their sketches, and the hashes of their ids; made anew at each call.

        Kept here, they would keep these documents in turn, and maps of files with them until a collection.
        """
        none = np.empty((0, SIZE), np.uint32)
        return Sketched(np.concatenate((none, *(each.sketches for each in self._segments))), self._keys)

    @cached_property
    def lengths(self) -> Numbers:
        """The folded characters of each body."""
        none = np.empty(0, np.int64)
        return np.concatenate((none, *(each.lengths[1] for each in self._segments)))

    def bodies(self, documents: Numbers) -> list[Body]:
        """The bodies of some documents, ready to be compared."""
        texts: list[str] = []
        starts: list[int | None] = []
        for segment, own in self._by_segment(documents):
            texts += map(segment.frames.body, own.tolist())
            starts += (None if at == UNDATED else at for at in segment.columns.starts[own].tolist())
        return bodies_of(texts, starts)

    def by_publication(self, documents: Numbers) -> NDArray[np.intp]:
        """The places of documents among those given: first published first, undated last, then by id."""
        starts = [np.empty(0, np.int64)]
        ids: list[bytes] = []
        for segment, own in self._by_segment(documents):
            starts.append(segment.columns.starts[own])
            ids += (segment.columns.id(document).encode() for document in own.tolist())
        times = np.concatenate(starts)
        # Zero bytes at its end tell no two ids apart, and none has any.
        return np.lexsort((np.array(ids, np.bytes_), times, times == UNDATED))

    def _keys(self, documents: Numbers) -> NDArray[np.uint64]:
        whole = b"".join(
            blake2b(segment.columns.id(document).encode(), digest_size=8).digest()
            for segment, own in self._by_segment(np.sort(documents))
            for document in own.tolist()
        )
        keys = np.empty(len(documents), np.uint64)
        keys[np.argsort(documents, kind="stable")] = np.frombuffer(whole, "<u8")
        return keys

    def _by_segment(self, documents: Numbers) -> list[tuple[Segment, NDArray[np.intp]]]:
        """Documents in ascending order, those of each segment by their numbers in it."""
        borders = documents.searchsorted(self._ends).tolist()
        return [
            (segment, documents[begin:end] - first)
            for segment, first, begin, end in zip(
                self._segments, self._ends.tolist(), borders, borders[1:], strict=False
            )
            if end > begin
        ]
