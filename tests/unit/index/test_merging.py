from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support.disk import ModelDisk
from support.segments import of_counts
from wxsearch.errors import WriterLocked
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.merging import TIER, down_to, due, merge
from wxsearch.index.segment.building import SURE_BYTES, SURE_DOCUMENTS
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.spool import Spool
from wxsearch.models import Article
from wxsearch.whoosh_door.table import tables

MANY = 10**9


def add(disk, *articles):
    with IndexWriter(disk, 10, tables) as writer, Spool(writer.held) as spool:
        for article in articles:
            spool.add(article)
        writer.commit(spool, bool)


def article(number, title="题"):
    return Article(id=str(number), title=f"{title}{number}", body="港口")


def held(disk):
    return {each.id: each.title for live in open_snapshot(disk).segments for each in live.articles()}


def tier(count):
    return len(str(count))


def merged(segments, chosen):
    """The segments after a merge, by counts: as many as a builder needs."""
    total = sum(each.total for each in chosen)
    characters = sum(each.segment.parts.characters for each in chosen)
    made = [min(SURE_DOCUMENTS, total - start) for start in range(0, total, SURE_DOCUMENTS)]
    left = [each for each in segments if not any(each is other for other in chosen)]
    return left + [of_counts(count, characters * count // total) for count in made]


@pytest.mark.parametrize("characters_each", [1, 4_000])
def test_single_articles_are_written_few_times(characters_each):
    """Ten thousand articles, one a run: at most five writes each after the first, ten segments a tier."""
    segments, written = [], 0
    for _ in range(10_000):
        segments.append(of_counts(1, characters_each))
        while chosen := due(segments, 40_000_000):
            written += sum(each.total for each in chosen)
            segments = merged(segments, chosen)
        tiers = [tier(each.total) for each in segments]
        assert max(map(tiers.count, tiers)) <= TIER
    assert sum(each.total for each in segments) == 10_000
    assert written <= 5 * 10_000


def test_a_merge_stays_within_the_bytes_of_a_segment():
    """Segments of many bytes are merged as far as one can hold their articles, and no further."""
    segments = [of_counts(5, packed=each) for each in (1, SURE_BYTES // 2, SURE_BYTES // 2 - 1, 1)]
    assert down_to(1)(segments, MANY) == [segments[0], segments[1], segments[2]]
    assert down_to(1)([of_counts(5, packed=SURE_BYTES)] * 2, MANY) == []


@given(st.lists(st.integers(1, 70_000), max_size=40), st.integers(0, 2**32))
def test_what_is_due_ends(counts, seed):
    """However many segments there are, merging comes to an end, and always joins some."""
    segments = [of_counts(min(count, SURE_DOCUMENTS), count * 500) for count in counts]
    Random(seed).shuffle(segments)
    for _ in range(200):
        chosen = due(segments, 40_000_000)
        if not chosen:
            break
        assert len(chosen) > 1
        segments = merged(segments, chosen)
    assert due(segments, 40_000_000) == []


@given(st.lists(st.integers(1, 70_000), max_size=12), st.integers(1, 4))
def test_merging_down_ends(counts, most):
    """Merging down to so many comes to an end: there, or where the smallest two would not fit one segment."""
    segments = [of_counts(min(count, SURE_DOCUMENTS), count * 500) for count in counts]
    for _ in range(100):
        chosen = down_to(most)(segments, 40_000_000)
        if not chosen:
            break
        assert len(chosen) > 1
        segments = merged(segments, chosen)
    sizes = sorted(each.total for each in segments)
    assert len(sizes) <= most or sum(sizes[:2]) > SURE_DOCUMENTS


def test_what_is_due_is_the_first_full_tier():
    """Ten of a tier are merged, smaller tiers first; nine are left as they are."""
    small, large = [of_counts(3) for _ in range(10)], [of_counts(30) for _ in range(10)]
    assert due([*large, *small[:9]], MANY) == large
    assert due([*large, *small], MANY) == small
    assert due([*large[:9], *small[:9], of_counts(100)], MANY) == []


def test_only_what_fits_one_segment_is_due():
    """Of a full tier as many of the smallest as fit are merged, by articles and by characters."""
    large = [of_counts(SURE_DOCUMENTS // 3) for _ in range(10)]
    assert len(due(large, MANY)) == 3
    long = [of_counts(5, 10_000) for _ in range(10)]
    assert len(due(long, 25_000)) == 2
    assert due(long, 15_000) == []
    assert due([of_counts(SURE_DOCUMENTS) for _ in range(20)], MANY) == []


def test_what_is_mostly_deleted_is_due_alone():
    """A segment of which less than half is live is written anew, whatever its tier."""
    half, less, none = of_counts(10, deleted=5), of_counts(10, deleted=6), of_counts(2, deleted=2)
    assert due([of_counts(10), half], MANY) == []
    assert due([half, less], MANY) == [less]
    assert due([none], MANY) == [none]


def test_merging_down_takes_the_smallest():
    """To leave so many segments, the smallest are merged; with no more than those, one with deletions."""
    a, b, c, d = of_counts(1), of_counts(20), of_counts(300), of_counts(4_000, deleted=1)
    assert down_to(1)([d, b, a, c], MANY) == [a, b, c, d]
    assert down_to(3)([d, b, a, c], MANY) == [a, b]
    assert down_to(4)([d, b, a, c], MANY) == [d]
    assert down_to(4)([b, a, c], MANY) == []


def test_a_merge_keeps_all_that_is_live():
    """Merged segments are one, with what was live in them, and the others stay the segments they were."""
    disk = ModelDisk()
    for number in range(4):
        add(disk, article(number), article(number + 10))
    add(disk, article(1, "新"))
    with IndexWriter(disk, 10, tables) as writer:
        writer.delete(["2"])
    before, heard = open_snapshot(disk), []
    manifest = merge(disk, 10, tables, down_to(2), heard.append)
    assert (manifest.articles, manifest.deleted) == (7, 0)
    assert heard == [5]
    assert held(disk) == {each.id: each.title for live in before.segments for each in live.articles()}
    assert len(open_snapshot(disk).segments) == 2
    assert merge(disk, 10, tables, down_to(2), heard.append) is None


def test_what_is_deleted_meanwhile_stays_deleted():
    """Articles that another writer deletes, replaces or adds while a merge builds are as it left them."""
    disk = ModelDisk()
    for number in range(4):
        add(disk, article(number), article(number + 10))

    def meanwhile(_):
        with IndexWriter(disk, 10, tables) as writer:
            writer.delete(["1", "10"])
        add(disk, article(3, "新"), article("added"))

    manifest = merge(disk, 10, tables, down_to(1), meanwhile)
    assert (manifest.articles, manifest.deleted, len(manifest.segments)) == (7, 3, 2)
    assert held(disk) == {
        **{str(number): f"题{number}" for number in (0, 2, 11, 12, 13)},
        "3": "新3",
        "added": "题added",
    }
    # And merging again takes them away for good.
    assert merge(disk, 10, tables, down_to(1), bool).deleted == 0
    assert len(held(disk)) == 7


def test_a_segment_of_deleted_articles_vanishes():
    """Where nothing of the merged segments is live, nothing takes their place."""
    disk = ModelDisk()
    add(disk, article(1))
    with IndexWriter(disk, 10, tables) as writer:
        writer.delete(["1"])
    manifest = merge(disk, 10, tables, due, bool)
    assert (manifest.segments, manifest.articles, manifest.deleted) == ((), 0, 0)


def test_a_merge_that_comes_late_is_none():
    """Where another merged the same segments first, nothing is published, and nothing lost."""
    disk = ModelDisk()
    for number in range(3):
        add(disk, article(number))
    first = []

    def meanwhile(_):
        first.append(merge(disk, 10, tables, down_to(1), bool))

    assert merge(disk, 10, tables, down_to(2), meanwhile) is None
    assert open_snapshot(disk).generation == first[0].generation
    assert len(held(disk)) == 3


def test_a_merge_beside_a_writer_is_told():
    """A merge that is built while somebody writes is refused, and leaves the index and its files alone."""
    disk = ModelDisk()
    for number in range(3):
        add(disk, article(number))
    before = open_snapshot(disk).manifest
    with IndexWriter(disk, 10, tables):
        names = disk.names()
        with pytest.raises(WriterLocked):
            merge(disk, 10, tables, down_to(1), bool)
        assert disk.names() == names
    assert open_snapshot(disk).manifest == before


def test_a_merge_of_replaced_articles_has_each_once():
    """An id that was replaced again and again is merged to its last version."""
    disk = ModelDisk()
    for version in range(5):
        add(disk, replace(article(1), body=f"第{version}版"), article(f"{version}x"))
    assert merge(disk, 10, tables, down_to(1), bool).articles == 6
    live, document = open_snapshot(disk).find("1")
    assert live.segment.article(document).body == "第4版"
    assert live.live is None
