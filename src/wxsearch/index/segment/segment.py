"""A segment open for reading: dictionary, columns and frames over mapped files."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.sketch import Sketches, unpacked
from wxsearch.index.manifest import SegmentEntry
from wxsearch.index.segment.columns import Columns
from wxsearch.index.segment.dictionary import Dictionary
from wxsearch.index.segment.frames import Frames
from wxsearch.index.segment.layout import parts_of
from wxsearch.index.segment.sections import opened
from wxsearch.index.segment.signatures import Signatures
from wxsearch.models import Article

Mask = NDArray[np.bool_]


class Segment:
    """The part of a segment that no deletion changes; shared by the generations that have it."""

    def __init__(self, entry: SegmentEntry, files: Mapping[str, memoryview]) -> None:
        self.parts = parts_of(entry)
        self.name = entry.name
        self.count = entry.documents
        self.posting_arrays = opened(files[self.parts.postings.file], self.parts.postings.arrays)
        self.dictionary = Dictionary(self.posting_arrays, self.count, others=self.parts.others)
        self.column_arrays = opened(files[self.parts.columns.file], self.parts.columns.arrays)
        self.columns = Columns(self.column_arrays, self.count)
        trained = self.parts.dictionary
        self.signatures = Signatures(self.column_arrays)
        self.frames = Frames(
            files[self.parts.articles],
            self.column_arrays["frame_ends"],
            None if trained is None else files[trained],
        )

    def article(self, document: int, *, extra: bool = True) -> Article:
        """The article of a document, deleted or not; see Frames.article."""
        return self.frames.article(document, extra=extra, **self.columns.stored_fields(document))

    @cached_property
    def lengths(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Folded characters of each title and body."""
        arrays: Any = self.column_arrays
        return arrays["title_lengths"].astype(np.int64), arrays["body_lengths"].astype(np.int64)

    @property
    def sketches(self) -> Sketches:
        """The sketch of each document, made anew at each call; see analysis.sketch."""
        return unpacked(self.column_arrays["sketches"])

    @property
    def plain(self) -> Mask:
        """Whether words can be looked for in the texts of each document unfolded; see fold_arrays."""
        return self.column_arrays["plain"].view(bool)
