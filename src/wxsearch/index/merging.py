"""Merging: segments of a tier become one, without their deleted documents.

A merge reads the stored articles and builds a segment as from new ones
(docs/decisions/0008-merging-builds-anew.md), so that it has what a segment of its size
has: lists of its own longer grams, a better dictionary. It takes the writer's lock only
to write and publish what is built; what was deleted in the meantime is deleted again then.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.indexing import Added, IndexWriter, Moved, Tables, choose_dictionary, most_characters
from wxsearch.index.manifest import Manifest
from wxsearch.index.scratch import made_in_scratch, scratch
from wxsearch.index.segment.building import SURE_BYTES, SURE_DOCUMENTS
from wxsearch.index.segment.frames import sample_places
from wxsearch.index.segment.segment import Mask
from wxsearch.index.segment.writing import TrainedDictionary, Unwritten, unwritten, write_segment
from wxsearch.index.snapshot import LiveSegment, open_snapshot
from wxsearch.index.storage import Storage
from wxsearch.models import Article

TIER = 10
"""So many segments of a tier are merged; a tier's segments are so many times larger than the one's before."""

# What is more than half deleted is written anew, whatever its tier.
_LIVE_LEAST = 0.5

Choice = Callable[[Sequence[LiveSegment], int], list[LiveSegment]]
"""Which segments to merge, of all and within so many characters; none where nothing is to be done."""


def due(segments: Sequence[LiveSegment], characters: int) -> list[LiveSegment]:
    """The first tier that is full, or a segment that is mostly deleted."""
    tiers: dict[int, list[LiveSegment]] = {}
    for each in segments:
        if each.total < _LIVE_LEAST * each.segment.count:
            return [each]
        tiers.setdefault(_tier(each.total), []).append(each)
    for tier in sorted(tiers):
        fitting = _fitting(tiers[tier], characters)
        if len(tiers[tier]) >= TIER and len(fitting) > 1:
            return fitting
    return []


def _tier(articles: int) -> int:
    tier = 0
    while articles >= TIER:
        articles //= TIER
        tier += 1
    return tier


def down_to(most: int) -> Choice:
    """As many of the smallest segments as it takes to leave `most`."""

    def choose(segments: Sequence[LiveSegment], characters: int) -> list[LiveSegment]:
        deleted = [each for each in segments if each.live is not None]
        if len(segments) <= most:
            return deleted[:1]
        smallest = sorted(segments, key=lambda each: each.total)[: len(segments) - most + 1]
        fitting = _fitting(smallest, characters)
        return fitting if len(fitting) > 1 else deleted[:1]

    return choose


def merge(
    storage: Storage, memory_mb: int, tables: Tables, choose: Choice, on_article: Callable[[int], None]
) -> Manifest | None:
    """Merges once; gives the new generation, or None where there was nothing to merge.

    Nor is there where another process merged the same segments first. Raises what opening
    and writing do.
    """
    snapshot = open_snapshot(storage)
    characters = most_characters(memory_mb)
    chosen = choose(snapshot.segments, characters)
    if not chosen:
        return None
    count = sum(each.total for each in chosen)
    dictionary = choose_dictionary(snapshot, count, lambda: _sample(chosen, count))
    content = None if dictionary is None else dictionary.content
    with ExitStack() as stack:
        built = []
        for segment in made_in_scratch(unwritten(_articles(chosen), content, characters, on_article)):
            stack.enter_context(segment.frames)
            built.append(segment)
        with IndexWriter(storage, memory_mb, tables) as writer:
            return _put(writer, chosen, built, dictionary)


def _put(
    writer: IndexWriter,
    chosen: Sequence[LiveSegment],
    built: Iterable[Unwritten],
    dictionary: TrainedDictionary | None,
) -> Manifest | None:
    """Publishes what was built in place of the chosen segments, if those are all still there."""
    before = writer.before.segments if writer.before else ()
    now = {each.segment.name: each for each in before}
    if writer.before is None or any(each.segment.name not in now for each in chosen):
        return None
    if dictionary is not None and dictionary.file not in writer.before.manifest.names:
        # Its file may be gone with segments that another process merged meanwhile.
        dictionary = dictionary._replace(file=None)
    live = np.concatenate([now[each.segment.name].mask[each.mask] for each in chosen])
    added: list[Added] = []
    for segment in built:
        with scratch():
            dictionary = dictionary and dictionary.stored(writer.create)
            entry = write_segment(writer.create, segment, dictionary)
        mask: Mask = live[: entry.documents]
        live = live[entry.documents :]
        whole = Added(entry, entry.documents)
        added.append(whole if mask.all() else writer.write_deletions(whole, mask))
    return writer.put_in_place(_places(chosen), added)


def _places(chosen: Sequence[LiveSegment]) -> Moved:
    """Where the documents of merged segments are among those built of them."""
    places: dict[str, NDArray[np.int64]] = {}
    before = 0
    for each in chosen:
        # Of what was not live nothing is left.
        places[each.segment.name] = np.where(each.mask, before - 1 + np.cumsum(each.mask), -1)
        before += each.total
    return places


def _fitting(segments: Sequence[LiveSegment], characters: int) -> list[LiveSegment]:
    """As many of the smallest segments as one segment can hold."""
    fitting: list[LiveSegment] = []
    documents = packed = 0
    for each in sorted(segments, key=lambda each: each.total):
        documents += each.total
        packed += each.segment.frames.bytes
        characters -= each.segment.parts.characters
        if documents > SURE_DOCUMENTS or packed > SURE_BYTES or characters < 0:
            break
        fitting.append(each)
    return fitting


def _articles(segments: Iterable[LiveSegment]) -> Iterable[Article]:
    return (article for each in segments for article in each.articles())


def _sample(segments: Sequence[LiveSegment], count: int) -> Iterable[Article]:
    """Articles evenly from all segments."""
    places = [(each, document) for each in segments for document in np.flatnonzero(each.mask).tolist()]
    return (places[number][0].segment.article(places[number][1]) for number in sample_places(count))
