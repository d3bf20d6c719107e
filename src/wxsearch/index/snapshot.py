"""One generation of the index, open for reading; it never changes."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from wxsearch.errors import IndexCorrupt
from wxsearch.index.families.families import Families
from wxsearch.index.generation import OpenGeneration, open_newest
from wxsearch.index.manifest import Manifest, SegmentEntry
from wxsearch.index.segment.segment import Mask, Segment
from wxsearch.index.storage import Storage
from wxsearch.models import Article


class LiveSegment(NamedTuple):
    """A segment and which of its documents are live; None means all."""

    segment: Segment
    live: Mask | None

    @property
    def total(self) -> int:
        """How many articles there are to find."""
        return self.segment.count if self.live is None else int(np.count_nonzero(self.live))

    @property
    def mask(self) -> Mask:
        """True for each live document."""
        return np.ones(self.segment.count, bool) if self.live is None else self.live

    def ids(self) -> Iterator[tuple[int, bytes]]:
        """Each live document and its id."""
        ids = self.segment.columns.ids()
        return ((document, ids[document]) for document in np.flatnonzero(self.mask).tolist())

    def find(self, article_id: bytes) -> int | None:
        """The live document of an id."""
        document = self.segment.columns.find(article_id)
        if document is None or (self.live is not None and not self.live[document]):
            return None
        return document

    def articles(self) -> Iterator[Article]:
        """The live articles in the order of their documents."""
        for document in np.flatnonzero(self.mask).tolist():
            yield self.segment.article(document)


class Snapshot:
    """All segments of a generation, the oldest first; safe for threads."""

    def __init__(self, generation: OpenGeneration, before: "Snapshot | None" = None) -> None:
        """Takes over the segments that `before` has open. Raises IndexCorrupt."""
        self.opened = generation
        self.manifest: Manifest = generation.manifest
        known = {} if before is None else {each.segment.name: each.segment for each in before.segments}
        try:
            self.segments: tuple[LiveSegment, ...] = tuple(
                LiveSegment(
                    known.get(entry.name) or Segment(entry, generation.files), _live(entry, generation)
                )
                for entry in self.manifest.segments
            )
            self.families = _families(generation, sum(each.segment.count for each in self.segments))
            """Which documents are near-copies of one another."""
        except (ValueError, KeyError, TypeError) as error:
            # Whole by its checksum, and yet not what this version writes.
            raise IndexCorrupt(
                f"generation {self.generation} cannot be read ({error}); index its sources with --rebuild"
            ) from error

    @property
    def generation(self) -> int:
        """The number of the generation."""
        return self.manifest.generation

    @property
    def degraded(self) -> str | None:
        """Why this is not the newest generation, or None."""
        return self.opened.degraded

    @cached_property
    def total(self) -> int:
        """How many articles there are to find."""
        return sum(each.total for each in self.segments)

    @property
    def size(self) -> int:
        """Bytes of all files of the generation."""
        return sum(entry.bytes for entry in self.manifest.files)

    def find(self, article_id: str) -> tuple[LiveSegment, int] | None:
        """Where the article of an id is, or None."""
        try:
            wanted = article_id.encode()
        except UnicodeEncodeError:
            # A lone surrogate stands in no id.
            return None
        for each in reversed(self.segments):
            document = each.find(wanted)
            if document is not None:
                return each, document
        return None


def open_snapshot(storage: Storage, before: Snapshot | None = None) -> Snapshot:
    """Opens the newest whole generation; raises what open_newest does, and IndexCorrupt."""
    known = None if before is None else before.opened
    return Snapshot(open_newest(storage, known=known), before)


def stored_articles(storage: Storage) -> Iterator[Article]:
    """The live articles of the newest whole generation, also where other rules folded it."""
    snapshot = Snapshot(open_newest(storage, any_fold=True))
    return (article for each in snapshot.segments for article in each.articles())


def packed_deletions(live: Mask) -> bytes:
    """The bitmap of deleted documents as a file holds it."""
    return np.packbits(~live, bitorder="little").tobytes()


def _families(generation: OpenGeneration, documents: int) -> Families:
    name = generation.manifest.families
    families = Families.none() if name is None else Families.read(generation.files[name])
    if families.members.max(initial=-1) >= documents:
        raise ValueError("the families have members that no segment holds")
    return families


def _live(entry: SegmentEntry, generation: OpenGeneration) -> Mask | None:
    if entry.deletions is None:
        return None
    bits = np.frombuffer(generation.files[entry.deletions], np.uint8)
    return np.unpackbits(bits, count=entry.documents, bitorder="little") == 0
