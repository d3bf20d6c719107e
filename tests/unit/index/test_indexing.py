import pytest
from msgspec.structs import replace

from support.disk import ModelDisk
from wxsearch.errors import IndexProblem
from wxsearch.index.indexing import IndexWriter, choose_dictionary, most_characters
from wxsearch.index.segment.building import MOST_CHARACTERS
from wxsearch.index.segment.layout import parts_of
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.spool import Spool
from wxsearch.index.storage import FileStorage
from wxsearch.models import Article
from wxsearch.whoosh_door.table import tables


def article(number, **fields):
    return Article(
        id=str(number), title=f"第{number}号公告", body=f"港口吞吐量比上年增长{number}%。", **fields
    )


def add(disk, articles, *, memory_mb=100, rebuild=False, heard=bool):
    with IndexWriter(disk, memory_mb, tables, rebuild=rebuild) as writer, Spool(writer.held) as spool:
        for each in articles:
            spool.add(each)
        return writer.commit(spool, heard)


def held(disk):
    return {each.id: each for live in open_snapshot(disk).segments for each in live.articles()}


def test_a_run_makes_a_generation():
    """Articles of a run are one generation, whose manifest counts them and those deleted."""
    disk = ModelDisk()
    first = add(disk, map(article, range(5)))
    assert (first.articles, first.deleted, len(first.segments)) == (5, 0, 1)
    second = add(disk, [replace(article(3), title="新"), article(9)])
    assert (second.generation, second.articles, second.deleted) == (first.generation + 1, 6, 1)
    assert held(disk)["3"].title == "新"


def test_small_memory_makes_several_segments():
    """Where memory is small a run makes as many segments as it needs, and one generation."""
    disk, heard = ModelDisk(), []
    articles = [article(number, author="甲", extra={"n": number}) for number in range(4_500)]
    articles = [replace(each, body=each.body * 40) for each in articles]
    manifest = add(disk, articles, memory_mb=1, heard=heard.append)
    assert most_characters(1) == most_characters(100) == 1_000_000
    assert most_characters(1_000) == 50_625_000
    assert most_characters(1_000, 1_000_000) == 31_875_000
    assert most_characters(10**9) == MOST_CHARACTERS
    assert [entry.documents for entry in manifest.segments] == [2_000, 2_000, 500]
    assert (manifest.articles, heard) == (4_500, [2_000, 4_000, 4_500])
    assert list(held(disk).values()) == articles
    # They were packed with one dictionary, kept once.
    assert len({parts_of(entry).dictionary for entry in manifest.segments}) == 1
    assert sum(name.endswith(".dictionary") for name in manifest.names) == 1


def test_a_rebuild_keeps_nothing():
    """A rebuild has the articles of its run alone, and may be of none."""
    disk = ModelDisk()
    add(disk, map(article, range(5)))
    manifest = add(disk, [article(3), article(7)], rebuild=True)
    assert (manifest.articles, manifest.deleted) == (2, 0)
    assert held(disk).keys() == {"3", "7"}
    assert add(disk, [], rebuild=True).segments == ()


@pytest.mark.parametrize("count", [3, 300])
def test_deleting_many_is_deleting_each(count):
    """Few ids are looked up one by one and many at once: the same are gone, unknown ones passed over."""
    disk = ModelDisk()
    add(disk, map(article, range(400)))
    add(disk, map(article, range(400, 500)))
    with IndexWriter(disk, 10, tables) as writer:
        ids = [str(number) for number in range(450 - count, 450)]
        assert all(map(writer.holds, ids))
        manifest = writer.delete([*ids, "unknown", "", "\udcff"])
    assert (manifest.articles, manifest.deleted) == (500 - count, count)
    assert held(disk).keys() == {str(number) for number in range(500)} - set(ids)


def test_an_id_that_cannot_be_is_no_other():
    """An id with a lone surrogate is held by no index, and least of all by one that has a question mark."""
    disk = ModelDisk()
    add(disk, [article("?")])
    with IndexWriter(disk, 10, tables) as writer:
        assert not writer.holds("\udcff")
        assert writer.held("\udcff") is None
        assert writer.holds("?")


def test_deleting_twice_deletes_once():
    """Deletions of later generations come on top of those before."""
    disk = ModelDisk()
    add(disk, map(article, range(5)))
    for gone in (["1"], ["1", "2"], ["4"]):
        with IndexWriter(disk, 10, tables) as writer:
            manifest = writer.delete(gone)
    assert (manifest.articles, manifest.deleted) == (2, 3)
    assert held(disk).keys() == {"0", "3"}
    assert sum(name.endswith(".deletions") for name in manifest.names) == 1


def test_a_writer_sees_what_it_would_keep():
    """An article that is held is given back whole; a rebuild holds none."""
    disk = ModelDisk()
    add(disk, [article(1, source="甲", breadcrumb=("新闻",))])
    with IndexWriter(disk, 10, tables) as writer:
        assert writer.held("1") == article(1, source="甲", breadcrumb=("新闻",))
        assert writer.held("2") is None
    with IndexWriter(disk, 10, tables, rebuild=True) as writer:
        assert writer.held("1") is None


def test_an_interrupted_commit_changes_nothing():
    """A run that ends while its segments are being written leaves what was held, and no file."""
    disk = ModelDisk()
    add(disk, [article("old")])
    names = disk.names()

    def interrupt(done):
        if done == 4_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(
            disk, [replace(article(n), body="港口" * 300) for n in range(6_000)], memory_mb=1, heard=interrupt
        )
    assert held(disk).keys() == {"old"}
    add(disk, [article("old")])
    assert not {name for name in disk.names() - names if name.startswith("g2-")}


def test_other_files_are_left_alone(tmp_path):
    """A directory of other files is not written to."""
    (tmp_path / "thesis.doc").touch()
    with pytest.raises(IndexProblem, match="other files"):
        IndexWriter(FileStorage(tmp_path), 10, tables)


def sampled(articles):
    """A sample that says that it was taken."""
    return lambda: articles


def refused():
    raise AssertionError("a dictionary at hand was not taken")


def test_a_dictionary_is_trained_once_and_again_for_many_more():
    """A dictionary serves runs of less than four times the articles that it was trained for."""
    articles = list(map(article, range(1_000)))
    assert choose_dictionary(None, 999, refused_or(articles)) is None
    made = choose_dictionary(None, 1_000, sampled(articles))
    assert (made.articles, made.file) == (1_000, None)
    disk = ModelDisk()
    add(disk, articles)
    snapshot = open_snapshot(disk)
    for count in (1, 3_999):
        taken = choose_dictionary(snapshot, count, refused)
        assert taken.content == made.content
        assert taken.file == parts_of(snapshot.manifest.segments[0]).dictionary
    anew = choose_dictionary(snapshot, 4_000, sampled(articles))
    assert (anew.articles, anew.file) == (4_000, None)


def refused_or(articles):
    """For few articles a sample may be asked for, and is not used."""
    return sampled(articles)


def test_the_dictionary_of_most_articles_is_taken():
    """Of several dictionaries at hand the one that was trained for the most articles is used."""
    disk = ModelDisk()
    add(disk, map(article, range(1_000)))
    add(disk, map(article, range(1_000, 5_000)))
    manifest = add(disk, [article("new")])
    trained = [parts_of(entry).trained for entry in manifest.segments]
    assert trained == [1_000, 4_000, 4_000]


def test_ids_that_are_known_leave_less_for_a_segment(monkeypatch):
    """What it takes to know the ids of a run is taken off the memory that its segments are built in."""
    monkeypatch.setattr("wxsearch.index.indexing._LEAST_CHARACTERS", 1)
    articles = [replace(article(n), body="港口" * 300) for n in range(4_500)]
    assert len(add(ModelDisk(), articles, memory_mb=300).segments) == 1
    monkeypatch.setattr("wxsearch.index.indexing._BYTES_PER_ID", 24_000)
    assert len(add(ModelDisk(), articles, memory_mb=300).segments) == 3
