"""Segments and snapshots of a few articles, built by the product's own pieces on a disk in memory."""

from itertools import pairwise
from tempfile import TemporaryFile
from types import SimpleNamespace

import numpy as np

from support.disk import ModelDisk
from wxsearch.index.families.upkeep import families_of
from wxsearch.index.manifest import Contents
from wxsearch.index.publication import Publisher
from wxsearch.index.segment.building import Builder, batches
from wxsearch.index.segment.layout import ArrayFile, Parts, parts_of
from wxsearch.index.segment.segment import Segment
from wxsearch.index.segment.writing import TrainedDictionary, Unwritten, files_of, write_segment
from wxsearch.index.snapshot import LiveSegment, open_snapshot
from wxsearch.search.collection import Collection


def built_of(articles, write_frame=len, dictionary=None, most_numbers=None):
    """The arrays of a segment; with `most_numbers`, rarer characters than so many share one."""
    builder = Builder(dictionary, write_frame, 2**62)
    for batch in batches(articles):
        builder.add(batch)
    return builder.finished(most_numbers)


def written(writer, articles, dictionary=None, most_numbers=None):
    """The entry of a segment whose files a writer has made."""
    with TemporaryFile() as frames:
        content = dictionary and dictionary.content
        unwritten = Unwritten(built_of(articles, frames.write, content, most_numbers), frames)
        return write_segment(writer.create, unwritten, dictionary and dictionary.stored(writer.create))


def families_file(writer, entries):
    """The file of the families of segments that a writer has made, None where there are none."""
    segments = [
        Segment(entry, {name: writer.read(name) for name in parts_of(entry).files}) for entry in entries
    ]
    families = families_of(segments, np.ones(sum(segment.count for segment in segments), bool))
    if not len(families.ends):
        return None
    with writer.create("families") as file:
        file.write(families.packed())
    return file.name


def snapshot_of(*groups, most_numbers=None, dictionary=None, storage=None):
    """A snapshot with a segment for each group of articles."""
    storage = storage or ModelDisk()
    if dictionary is not None:
        dictionary = TrainedDictionary(dictionary, 1_000)
    with Publisher(storage, "create") as writer:
        entries = tuple(written(writer, group, dictionary, most_numbers) for group in groups)
        count = sum(entry.documents for entry in entries)
        families = families_file(writer, entries)
        files = (*files_of(entries, parts_of), *filter(None, [families]))
        writer.publish(Contents(segments=entries, families=families, files=files, articles=count))
    return open_snapshot(storage)


def collection_of(articles, cuts=()):
    """A collection of articles, in as many segments as the cuts make of them."""
    bounds = [0, *sorted({cut for cut in cuts if 0 < cut < len(articles)}), len(articles)]
    return Collection(snapshot_of(*(articles[a:b] for a, b in pairwise(bounds) if a < b)).segments)


def segment_of(articles, **options):
    """A segment of articles, open for reading."""
    return snapshot_of(articles, **options).segments[0].segment


def of_counts(count, characters=0, deleted=0, packed=0):
    """A live segment as merging sees it: how many articles, characters and bytes it has, nothing to read."""
    segment = Segment.__new__(Segment)
    segment.count = count
    segment.parts = Parts(
        postings=ArrayFile("none", {}),
        columns=ArrayFile("none", {}),
        articles="none",
        dictionary=None,
        trained=0,
        characters=characters,
        others=False,
    )
    segment.frames = SimpleNamespace(bytes=packed)
    return LiveSegment(segment, np.arange(count) >= deleted if deleted else None)
