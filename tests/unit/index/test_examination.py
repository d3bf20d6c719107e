import numpy as np
import pytest
from msgspec.structs import replace

from support.commits import articles_of, change, engine_over
from support.disk import ModelDisk
from support.segments import snapshot_of
from wxsearch.errors import IndexCorrupt
from wxsearch.index.examination import examine
from wxsearch.index.families.families import Families
from wxsearch.index.indexing import Added, IndexWriter
from wxsearch.index.manifest import Contents, SegmentEntry
from wxsearch.index.publication import Publisher
from wxsearch.index.segment.building import write_arrays
from wxsearch.index.segment.layout import as_parts, parts_of
from wxsearch.index.segment.sections import opened
from wxsearch.index.segment.writing import files_of
from wxsearch.index.snapshot import open_snapshot
from wxsearch.models import Article
from wxsearch.whoosh_door.table import tables


@pytest.fixture
def disk():
    """An index of two segments that differ in everything but their size."""
    disk = ModelDisk()
    change(disk, {"a": "海铁联运", "b": "班列"})
    change(disk, {"c": "标准箱港", "d": "口岸"})
    return disk


def forge(disk, **parts):
    """Publishes the first segment with parts of the second, under checksums that are right."""
    with IndexWriter(disk, 16, tables) as writer:
        first, second = (entry for entry in writer.before.manifest.segments)
        mixed = replace(parts_of(first), **{part: getattr(parts_of(second), part) for part in parts})
        forged = Added(replace(first, name="forged", parts=as_parts(mixed)), 2)
        return writer.put_in_place({first.name: np.arange(2)}, [forged])


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("part", ["postings", "columns", "articles"])
def test_structures_that_do_not_fit_together_are_found(disk, part, full):
    """Postings, columns or stored articles of other articles are found, though every checksum is right."""
    assert engine_over(disk).check(full=full).state == "sound"
    forge(disk, **{part: True})
    report = engine_over(disk).check(full=full)
    assert report.state == "damaged"
    assert "forged: " in report.problems[0]
    # No generation is wrong by its checksums: there is nothing to restore.
    assert report.restored is None


def test_counts_are_compared(disk):
    """A manifest that counts other articles than there are is found."""
    with IndexWriter(disk, 16, tables) as writer:
        first, second = writer.before.manifest.segments
        places = {first.name: np.arange(2), second.name: np.arange(2, 4)}
        writer.put_in_place(places, [Added(first, 1), Added(second, 2)])
    report = engine_over(disk).check()
    assert (report.state, report.articles) == ("damaged", 4)
    assert "4 live articles, where the manifest says 3" in report.problems


def test_an_article_held_twice_is_found(disk):
    """The full check finds an id that is live in two segments."""
    with IndexWriter(disk, 16, tables) as writer:
        second = writer.before.manifest.segments[1]
        writer.put_in_place({}, [Added(replace(second, name="again"), 2)])
    report = engine_over(disk).check(full=True)
    assert "again: 'c' is held by another segment too" in report.problems


def test_samples_are_taken_from_every_segment(disk):
    """The short check looks into the last segment as into the first, deleted documents included."""
    engine_over(disk).delete(["d"])
    engine_over(disk).index(articles_of({str(number): f"第{number}篇" for number in range(50)}))
    heard = []
    engine_over(disk).check(lambda *told: heard.append(told))
    assert heard == [("checking", 2, None), ("checking", 4, None), ("checking", 54, None)]
    assert open_snapshot(disk).total == 53


ARTICLES = [
    Article(
        id=f"a{n}",
        title=f"第{n}号公告",
        body=f"港口 port{n} 吞吐量比上年增长{n}%。" * (1 + 150 * (n == 7)),
        published="2021-10-19T00:00:00+08:00",
        precision="day",
        source=f"来源{n % 3}",
        breadcrumb=("首页", f"栏目{n % 2}"),
    )
    for n in range(70)
]


@pytest.fixture
def large():
    """An index of one segment, of which some lists are dense, and some counts overflow."""
    disk = ModelDisk()
    snapshot_of(ARTICLES, storage=disk)
    return disk


def alter(large, part, name, change):
    """Publishes the index with one array altered, under right checksums."""
    with Publisher(large) as writer:
        entry = writer.opened.manifest.segments[0]
        parts = parts_of(entry)
        file = getattr(parts, part)
        arrays = opened(writer.opened.files[file.file], file.arrays)
        arrays[name] = change(np.array(arrays[name]))
        with writer.create(part) as written:
            changed = write_arrays(written, arrays)
        built = as_parts(replace(parts, **{part: changed}))
        entries = (SegmentEntry(name="altered", documents=entry.documents, parts=built),)
        writer.publish(
            Contents(segments=entries, files=files_of(entries, parts_of), articles=entry.documents)
        )


def last_changed(array):
    array[-1:] ^= 1
    return array


def problems(large, *, full):
    report = examine(large, full=full, on_article=bool)
    assert report.state == ("damaged" if report.problems else "sound")
    return report.problems


@pytest.mark.parametrize("full", [False, True])
def test_a_whole_index_is_sound(large, full):
    """Nothing is found in what indexing wrote, and each article is counted."""
    heard = []
    report = examine(large, full=full, on_article=heard.append)
    assert (report.state, report.articles, report.problems) == ("sound", 70, ())
    assert report.generation == 1
    assert heard == [70]


def test_where_there_is_no_index_none_is_damaged():
    """An empty place is an absent index."""
    assert examine(ModelDisk(), full=False, on_article=bool).state == "absent"


@pytest.mark.parametrize(
    "name", ["bigram_short", "bigram_short_values", "character_row_starts", "characters"]
)
def test_a_posting_changed_by_hand_is_found(large, name):
    """A list that does not say what the texts say is found, though every checksum is right."""
    alter(large, "postings", name, lambda array: np.roll(array, 1))
    assert problems(large, full=False)
    assert problems(large, full=True) == (f"altered: {name} is not what the stored articles say",)


POSTINGS = sorted(
    name for name, array in snapshot_of(ARTICLES).segments[0].segment.posting_arrays.items() if len(array)
)


@pytest.mark.parametrize("name", POSTINGS)
def test_each_array_of_postings_is_compared(large, name):
    """A full check finds a change of any array of the lists, and names it."""
    alter(large, "postings", name, last_changed)
    found = problems(large, full=True)
    assert found == (f"altered: {name} is not what the stored articles say",)


@pytest.mark.parametrize(
    "name", ["title_lengths", "body_lengths", "path_codes", "source_codes", "title_bytes"]
)
def test_a_column_changed_by_hand_is_found(large, name):
    """Columns that do not say what their article says are found, on a sample too."""
    alter(large, "columns", name, lambda array: np.roll(array, 1))
    assert problems(large, full=False)
    assert f"altered: {name} is not what the stored articles say" in problems(large, full=True)


@pytest.mark.parametrize("name", ["plain", "id_order"])
def test_what_a_sample_cannot_see_a_full_check_does(large, name):
    """Arrays that only speed searching up are compared in a full check."""
    alter(large, "columns", name, lambda array: array[::-1] ^ 1)
    assert problems(large, full=True) == (f"altered: {name} is not what the stored articles say",)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("name", ["frame_ends", "id_ends", "path_codes", "precisions"])
def test_what_cannot_be_read_is_found(large, name, full):
    """Where an article cannot even be taken out, the check says so and does not fall over."""
    alter(large, "columns", name, lambda array: array | 0x77)
    assert problems(large, full=full)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize(
    "name",
    ["alphabet", "bigram_firsts", "character_row_seconds", "character_row_forms", "bigram_bases"],
)
def test_lists_that_cannot_be_read_are_found(large, name, full):
    """Where a list leads out of its array, the check says so and does not fall over."""
    alter(large, "postings", name, lambda array: array | np.array(0x77).astype(array.dtype))
    assert problems(large, full=full)


def test_families_that_the_texts_do_not_make_are_found(disk):
    """A file of families under a right checksum, of articles that are unlike, is found by the full check."""
    with Publisher(disk) as writer:
        before = writer.opened.manifest
        with writer.create("families") as file:
            file.write(Families(np.array([0, 2]), np.array([2])).packed())
        writer.publish(
            Contents(
                segments=before.segments,
                families=file.name,
                files=(*files_of(before.segments, parts_of), file.name),
                articles=before.articles,
            )
        )
    assert examine(disk, full=False, on_article=bool).state == "sound"
    report = examine(disk, full=True, on_article=bool)
    assert report.state == "damaged"
    assert report.problems[0].startswith(f"{file.name}: not the families")


def test_families_of_documents_that_are_not_there_are_refused(disk):
    """A generation whose families name more documents than it has is damaged, and never opened."""
    with Publisher(disk) as writer:
        before = writer.opened.manifest
        with writer.create("families") as file:
            file.write(Families(np.array([0, 4]), np.array([2])).packed())
        files = (*files_of(before.segments, parts_of), file.name)
        writer.publish(
            Contents(segments=before.segments, families=file.name, files=files, articles=before.articles)
        )
    with pytest.raises(IndexCorrupt, match="no segment holds"):
        open_snapshot(disk)
