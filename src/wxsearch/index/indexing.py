"""Runs of articles become segments, and one generation: searchable whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, Self

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from wxsearch.errors import IndexMissing
from wxsearch.index.access import DataFile
from wxsearch.index.families.families import Families
from wxsearch.index.families.upkeep import families_of
from wxsearch.index.generation import absence, reading
from wxsearch.index.manifest import Contents, Manifest, SegmentEntry
from wxsearch.index.names import manifest_generation
from wxsearch.index.publication import Publisher, Purpose, refuse_other_files
from wxsearch.index.scratch import made_in_scratch, scratch
from wxsearch.index.segment.building import BYTES_PER_CHARACTER, FIXED_BYTES, MOST_CHARACTERS
from wxsearch.index.segment.frames import sample_places, trained
from wxsearch.index.segment.layout import parts_of
from wxsearch.index.segment.segment import Mask, Segment
from wxsearch.index.segment.writing import TrainedDictionary, files_of, unwritten, write_segment
from wxsearch.index.snapshot import LiveSegment, Snapshot, packed_deletions
from wxsearch.index.spool import Spool
from wxsearch.index.storage import Storage
from wxsearch.models import Article

# A dictionary is made anew where one for so many times fewer articles is at hand.
_RETRAINED_TIMES = 4
# With fewer, single articles would never be merged to segments worth having.
_LEAST_CHARACTERS = 1_000_000
# What it takes to know an id and where its article is.
_BYTES_PER_ID = 300
# A few ids are looked up one by one; for more, all are read.
_FEW_IDS = 256


Tables = Callable[[int], Mapping[str, bytes]]
"""Makes the files for other programs that go with a generation; see Publisher.publish."""


Moved = Mapping[str, NDArray[np.int64]]
"""By the name of a merged segment, where among the documents added in its place each of its own is now."""


class Added(NamedTuple):
    """A segment that a generation is to have, and how many of its documents are live."""

    entry: SegmentEntry
    live: int


class IndexWriter:
    """Changes what an index holds, within `with`; see publication.Publisher for what it raises."""

    def __init__(self, storage: Storage, memory_mb: int, tables: Tables, *, rebuild: bool = False) -> None:
        self._memory_mb = memory_mb
        self._tables = tables
        refuse_other_files(storage)
        purpose = _purpose(storage, rebuild=rebuild)
        self._publisher = Publisher(storage, purpose)
        self.before = Snapshot(self._publisher.opened) if self._publisher.opened else None
        """What the index held when this writer began, or None."""
        self._unbegun = purpose == "create" and self._publisher.opened is None
        self._kept = () if self.before is None or rebuild else self.before.segments
        self._ids = _Ids(self._kept)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._publisher.close()

    def held(self, article_id: str) -> Article | None:
        """The article of an id that the new generation would keep."""
        found = self._ids.find(article_id)
        return None if found is None else self._kept[found[0]].segment.article(found[1])

    def holds(self, article_id: str) -> bool:
        """Whether the new generation would keep an article of this id."""
        return self._ids.find(article_id) is not None

    def commit(self, spool: Spool, on_article: Callable[[int], None]) -> Manifest:
        """Makes the spooled articles searchable in place of those with their ids.

        `on_article` hears how many were written. Raises IndexProblem; the index is then as
        it was.
        """
        count = len(spool)
        dictionary = choose_dictionary(self.before, count, lambda: spool.sample(sample_places(count)))
        content = None if dictionary is None else dictionary.content
        added = []
        known = count + sum(each.segment.count for each in self._kept)
        segments = unwritten(spool.articles(), content, most_characters(self._memory_mb, known), on_article)
        for segment in made_in_scratch(segments):
            with segment.frames, scratch():
                dictionary = dictionary and dictionary.stored(self.create)
                entry = write_segment(self.create, segment, dictionary)
            added.append(Added(entry, entry.documents))
            # The next one needs the memory.
            del segment
        return self._changed(added, self._places(spool.ids()))

    def delete(self, ids: Iterable[str]) -> Manifest:
        """Takes articles away; ids that are not held are passed over."""
        return self._changed((), self._places(ids))

    def create(self, part: str) -> DataFile:
        """Begins a file of the next generation."""
        if self._unbegun:
            # Data without a manifest means damage, and not a first writer that was killed.
            self._publish((), None)
            self._unbegun = False
        return self._publisher.create(part)

    def put_in_place(self, merged: Moved, added: Sequence[Added]) -> Manifest:
        """Publishes what is added in place of the segments it was merged of; what is live stays so."""
        kept = [
            self._with_deletions(place, [])
            for place, each in enumerate(self._kept)
            if each.segment.name not in merged
        ]
        return self._publish((*kept, *added), self._moved(merged))

    def write_deletions(self, added: Added, live: Mask) -> Added:
        """The segment with a bitmap of what is deleted."""
        with self.create("deletions") as file:
            file.write(packed_deletions(live))
        return Added(replace(added.entry, deletions=file.name), int(np.count_nonzero(live)))

    def _changed(self, added: Sequence[Added], removed: Mapping[int, list[int]]) -> Manifest:
        """Publishes what is kept, but for the documents `removed` (by segment of `before`), and added."""
        kept = [self._with_deletions(place, removed.get(place, [])) for place in range(len(self._kept))]
        return self._publish((*kept, *added), self._families(added, removed))

    def _publish(self, segments: Sequence[Added], families: str | None) -> Manifest:
        articles = sum(each.live for each in segments)
        entries = tuple(each.entry for each in segments)
        contents = Contents(
            segments=entries,
            families=families,
            files=(*files_of(entries, parts_of), *([] if families is None else [families])),
            articles=articles,
            deleted=sum(entry.documents for entry in entries) - articles,
        )
        return self._publisher.publish(contents, self._tables(self._publisher.generation))

    def _families(self, added: Sequence[Added], removed: Mapping[int, list[int]]) -> str | None:
        """The file of the families of what is kept and added, or None where there are none."""
        masks = [each.mask for each in self._kept]
        fresh = sum(each.entry.documents for each in added)
        was = np.concatenate((*masks, np.zeros(fresh, bool)))
        masks = [mask.copy() for mask in masks]
        for place, documents in removed.items():
            masks[place][documents] = False
        now = np.concatenate((*masks, np.ones(fresh, bool)))
        segments = [*(each.segment for each in self._kept), *map(self._written, added)]
        before = self.before.families if self.before is not None and self._kept else Families.none()
        return self._stored(families_of(segments, now, before, was))

    def _moved(self, merged: Moved) -> str | None:
        """The file of the same families, after their documents have moved."""
        assert self.before is not None
        counts = [0 if each.segment.name in merged else each.segment.count for each in self._kept]
        begins = np.cumsum([0, *counts])
        places = [np.empty(0, np.int64)]
        for each, begin in zip(self._kept, begins.tolist(), strict=False):
            moved = merged.get(each.segment.name)
            places.append(begin + np.arange(each.segment.count) if moved is None else begins[-1] + moved)
        return self._stored(self.before.families.moved(np.concatenate(places)))

    def _stored(self, families: Families) -> str | None:
        content, before = families.packed(), self.before
        if len(families.ends) == 0:
            return None
        name = None if before is None else before.manifest.families
        if before is not None and name is not None and bytes(before.opened.files[name]) == content:
            return name
        with self.create("families") as file:
            file.write(content)
        return file.name

    def _written(self, added: Added) -> Segment:
        """A segment of this writer, read back."""
        files = {name: self._publisher.read(name) for name in parts_of(added.entry).files}
        return Segment(added.entry, files)

    def _with_deletions(self, place: int, removed: list[int]) -> Added:
        assert self.before is not None
        live = self._kept[place]
        kept = Added(self.before.manifest.segments[place], live.total)
        if not removed:
            return kept
        mask = live.mask.copy()
        mask[removed] = False
        return self.write_deletions(kept, mask)

    def _places(self, ids: Iterable[str]) -> dict[int, list[int]]:
        places: dict[int, list[int]] = {}
        for article_id in ids:
            if (found := self._ids.find(article_id)) is not None:
                places.setdefault(found[0], []).append(found[1])
        return places


def most_characters(memory_mb: int, ids: int = 0) -> int:
    """How many characters a segment may have so that building it stays within the memory; `ids` are known."""
    left = memory_mb * 1_000_000 - FIXED_BYTES - ids * _BYTES_PER_ID
    return min(max(_LEAST_CHARACTERS, left // BYTES_PER_CHARACTER), MOST_CHARACTERS)


def choose_dictionary(
    snapshot: Snapshot | None, count: int, sample: Callable[[], Iterable[Article]]
) -> TrainedDictionary | None:
    """What frames of a segment for `count` articles are packed with; None for few of them.

    The best one at hand, unless it was trained for far fewer.
    """
    entries = () if snapshot is None else snapshot.manifest.segments
    parts = max(map(parts_of, entries), key=lambda each: each.trained, default=None)
    if (
        snapshot is not None
        and parts is not None
        and parts.dictionary is not None
        and count < _RETRAINED_TIMES * parts.trained
    ):
        content = bytes(snapshot.opened.files[parts.dictionary])
        return TrainedDictionary(content, parts.trained, parts.dictionary)
    made = trained(sample(), count)
    return None if made is None else TrainedDictionary(made, count)


class _Ids:
    """Where the live article of an id is: which segment, which document."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        self._segments = segments
        self._asked = 0
        self._all: dict[bytes, tuple[int, int]] | None = None

    def find(self, article_id: str) -> tuple[int, int] | None:
        # A lone surrogate is in no id, and must not pass for what is.
        wanted = article_id.encode("utf-8", "surrogatepass")
        if self._all is None:
            self._asked += 1
            if self._asked <= _FEW_IDS:
                for place in range(len(self._segments) - 1, -1, -1):
                    document = self._segments[place].find(wanted)
                    if document is not None:
                        return place, document
                return None
            self._all = {
                held: (place, document)
                for place, each in enumerate(self._segments)
                for document, held in each.ids()
            }
        return self._all.get(wanted)


def _purpose(storage: Storage, *, rebuild: bool) -> Purpose:
    with reading(storage):
        names = storage.names()
    if any(manifest_generation(name) is not None for name in names):
        return "rebuild" if rebuild else "change"
    return "rebuild" if rebuild and not isinstance(absence(storage, names), IndexMissing) else "create"
