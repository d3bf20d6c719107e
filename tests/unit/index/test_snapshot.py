import numpy as np
import pytest
from msgspec.structs import replace

from support.disk import ModelDisk
from wxsearch.errors import IndexCorrupt, IndexIncompatible
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.manifest import Contents
from wxsearch.index.publication import Publisher
from wxsearch.index.snapshot import open_snapshot, packed_deletions, stored_articles
from wxsearch.index.spool import Spool
from wxsearch.models import Article
from wxsearch.whoosh_door.table import tables

A, B, C = (Article(id=letter, title=f"题{letter}", body="港口") for letter in "abc")


def add(disk, *articles):
    with IndexWriter(disk, 10, tables) as writer, Spool(writer.held) as spool:
        for article in articles:
            spool.add(article)
        return writer.commit(spool, len_of)


def len_of(count):
    assert count > 0


@pytest.fixture
def disk():
    """An index of three articles in two segments."""
    disk = ModelDisk()
    add(disk, A, B)
    add(disk, C)
    return disk


def held(snapshot):
    return [article for each in snapshot.segments for article in each.articles()]


def test_a_snapshot_has_all_articles_of_its_generation(disk):
    """Segments come oldest first, with the articles that are live in them."""
    snapshot = open_snapshot(disk)
    assert held(snapshot) == [A, B, C]
    assert (snapshot.total, snapshot.degraded) == (3, None)
    assert f"manifest-{snapshot.generation}.json" in disk.names()
    assert snapshot.size == sum(len(disk.map(name)) for name in snapshot.manifest.names)


def test_a_deleted_article_is_in_no_list(disk):
    """What is deleted is neither counted, listed nor found, and its segment stays the one it was."""
    before = open_snapshot(disk)
    with IndexWriter(disk, 10, tables) as writer:
        writer.delete(["a", "unknown"])
    snapshot = open_snapshot(disk, before)
    assert held(snapshot) == [B, C]
    assert snapshot.total == 2
    assert snapshot.find("a") is None
    live, document = snapshot.find("b")
    assert live.segment.article(document) == B
    assert list(live.ids()) == [(1, b"b")]
    assert live.mask.tolist() == [False, True]
    # The one before does not change.
    assert held(before) == [A, B, C]


def test_segments_are_taken_over(disk):
    """A segment that both generations have is one object, with all that it has decoded."""
    before = open_snapshot(disk)
    add(disk, replace(A, title="新"))
    snapshot = open_snapshot(disk, before)
    assert [each.segment for each in snapshot.segments[:2]] == [each.segment for each in before.segments]
    assert all(
        new.segment is old.segment for new, old in zip(snapshot.segments, before.segments, strict=False)
    )
    assert held(snapshot) == [B, C, replace(A, title="新")]


def test_the_version_that_is_live_is_found(disk):
    """An id leads to the newest version of its article, in whichever segment."""
    add(disk, replace(A, title="新"))
    live, document = open_snapshot(disk).find("a")
    assert live.segment.article(document).title == "新"


@pytest.mark.parametrize("article_id", ["", "d", "\udcff", "a\0"])
def test_other_ids_are_not_found(disk, article_id):
    """An id that no article has, or can have, is in no snapshot."""
    assert open_snapshot(disk).find(article_id) is None


@pytest.mark.parametrize("count", [1, 7, 8, 9, 1_000])
def test_deletions_are_a_bit_each(count):
    """The bitmap has a bit for each document, the first in the lowest bit of the first byte."""
    live = np.random.default_rng(count).random(count) < 0.5
    packed = packed_deletions(live)
    assert len(packed) == (count + 7) // 8
    assert [packed[n // 8] >> n % 8 & 1 for n in range(count)] == (~live).tolist()


@pytest.mark.parametrize("damage", ["type", "place", "array", "parts"])
def test_a_segment_of_nonsense_is_corrupt(disk, damage):
    """What is whole by its checksum and yet not what is written is refused with a way out."""
    with Publisher(disk) as writer:
        manifest = writer.opened.manifest
        parts = {**manifest.segments[0].parts}
        postings = parts["postings"]
        arrays = dict(postings["arrays"])
        if damage == "type":
            arrays["bigram_short"] = [*arrays["bigram_short"][:2], "|b8"]
        elif damage == "place":
            arrays["bigram_short"] = [10**9, *arrays["bigram_short"][1:]]
        elif damage == "array":
            del arrays["alphabet"]
        parts["postings"] = {**postings, "arrays": arrays}
        if damage == "parts":
            del parts["articles"]
        entries = (replace(manifest.segments[0], parts=parts), *manifest.segments[1:])
        writer.publish(Contents(segments=entries, files=tuple(manifest.names), articles=3))
    with pytest.raises(IndexCorrupt, match=r"cannot be read.*--rebuild"):
        open_snapshot(disk)


def test_articles_of_another_fold_can_be_read(disk, monkeypatch):
    """An index that other rules folded is searched no more, but its articles can be taken out."""
    monkeypatch.setattr("wxsearch.index.generation.FINGERPRINT", "other")
    with pytest.raises(IndexIncompatible, match="--rebuild"):
        open_snapshot(disk)
    assert list(stored_articles(disk)) == [A, B, C]
