import errno
import re

import pytest

from support.disk import ModelDisk
from support.faultfs import FaultStorage, fail_at
from support.ledger import FIRST, change, prepare, read_newest
from wxsearch.errors import IndexMissing, IndexProblem
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.manifest import Contents, SegmentEntry
from wxsearch.index.publication import Publisher, refuse_other_files
from wxsearch.index.storage import FileStorage


def put(disk, name, content=b""):
    disk.create(name).write(content)


def test_an_index_begins_with_two_manifests(empty):
    """The first generations are empty; losing either manifest later shows."""
    assert empty.names() == {"manifest-0.json", "manifest-1.json"}
    assert open_newest(empty).manifest.articles == 0


def test_an_index_is_not_made_among_other_files(tmp_path):
    """A directory that holds other things and no index is left untouched."""
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(IndexProblem, match="holds other files and no index"):
        refuse_other_files(FileStorage(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


@pytest.mark.parametrize(
    ("files", "refused"),
    [
        # A table of contents that is not ours, alone or with segments of Whoosh's own.
        ({"_MAIN_3.toc": b"pickled", "MAIN_a1b2c3.seg": b""}, True),
        ({"_MAIN_1.toc": b"hi"}, True),
        ({"manifest-2024.json": b'{"cargo": 3}', "photo.jpg": b""}, True),
        # What a first writer that was killed leaves.
        ({"_MAIN_1.toc": b"... wxsearch.whoosh_door.schema ..."}, False),
        ({"manifest-0.0123456789ab.tmp": b""}, False),
        # Of an index that lost its manifests, the writer says more.
        ({"wxsearch.json": b"", "_MAIN_3.toc": b"", "MAIN_a1b2c3.seg": b""}, False),
        ({"g1-0123456789ab.postings": b"", "photo.jpg": b""}, False),
        ({}, False),
    ],
)
def test_files_of_others_by_names_like_ours_are_left(files, refused):
    """Where nothing is surely ours, a table or manifest of another program keeps a writer away."""
    disk = ModelDisk()
    for name, content in files.items():
        put(disk, name, content)
    if refused:
        with pytest.raises(IndexProblem, match="holds other files and no index"):
            refuse_other_files(disk)
    else:
        refuse_other_files(disk)


def test_a_photo_in_an_index_is_no_hindrance(empty):
    """Beside a manifest that can be read, other files are left and the writer goes on."""
    put(empty, "photo.jpg")
    refuse_other_files(empty)


def test_writing_needs_an_index():
    """A writer that is to change something does not begin an index by itself."""
    with pytest.raises(IndexMissing):
        Publisher(ModelDisk())


def test_a_place_that_may_only_be_read_is_said_to_be_that(empty):
    """Where the lock of writers cannot be had, the place cannot be written: read it can be."""
    with pytest.raises(IndexProblem, match="cannot be written"):
        Publisher(FaultStorage(empty, fail_at(0, errno.EACCES)))


def test_files_of_before_and_new_ones_make_a_generation(empty):
    """A generation names what the writer made and what it takes over, and nothing else."""
    with Publisher(empty) as writer:
        with writer.create("kept") as kept:
            kept.write(b"kept")
        with writer.create("dropped"):
            pass
        first = writer.publish(Contents(files=(kept.name,), articles=1), {"_MAIN_2.toc": b"table"})
        with writer.create("new") as new:
            new.write(b"new")
        second = writer.publish(Contents(files=(kept.name, new.name), articles=2))
    assert (first.generation, first.names) == (2, {kept.name, "_MAIN_2.toc"})
    assert (second.generation, second.previous, second.names) == (3, 2, {kept.name, new.name})
    opened = open_newest(empty, verified=Verified())
    assert (opened.manifest, bytes(opened.files[new.name])) == (second, b"new")
    assert empty.names() == first.names | second.names | {"manifest-2.json", "manifest-3.json"}


def test_tables_come_after_the_data_and_before_the_manifest(begun):
    """What leads other programs to data files comes after those are synced; synced, it gets its name."""
    recorded = FaultStorage(begun)
    change(recorded, {"4": "港口"})
    calls = [
        (call.kind, re.sub(r"\.[0-9a-f]{12}", "", call.name).partition(".")[2]) for call in recorded.calls
    ]
    order = [("sync", "articles"), ("sync", "postings")]
    order += [("create", "toc.tmp"), ("sync", "toc.tmp"), ("rename", "toc")]
    order += [("create", "tmp"), ("sync", "tmp"), ("sync directory", ""), ("rename", "json")]
    assert [call for call in calls if call in order][: len(order)] == order


def test_what_is_not_published_goes(begun):
    """Files of a writer that ends without publishing, by itself or by an exception, are removed."""
    before = begun.names()

    def interrupted():
        with Publisher(begun) as writer, writer.create("part") as file:
            file.write(b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with Publisher(begun) as writer, writer.create("part"):
        pass
    assert begun.names() == before
    assert read_newest(begun) == FIRST


def test_leftovers_go_and_strangers_stay(begun):
    """The next writer removes what killed writers left, newer tables of contents too, and nothing else."""
    left = ["_MAIN_9.toc", "g9-0123456789ab.articles", "manifest-9.0123456789ab.tmp", "manifest-1.json"]
    strange = ["README.txt", "MAIN_abc.seg", "g9-x.articles"]
    for name in [*left, *strange]:
        put(begun, name)
    before = begun.names()
    with Publisher(begun) as writer:
        assert begun.names() == before - set(left)
        # Not even a number that only a killed writer used is used again.
        assert writer.generation == 10


def test_nothing_is_removed_where_the_fallback_cannot_be_read(begun):
    """An older manifest that cannot be read keeps all files until the next commit makes a new fallback."""
    begun._find("manifest-2.json").content[0] ^= 1
    put(begun, "g9-0123456789ab.articles")
    before = begun.names()
    with Publisher(begun, verified=Verified()):
        pass
    assert begun.names() == before
    change(begun, {"4": "港口"})
    assert not begun.names() & {"manifest-2.json", "_MAIN_2.toc", "g9-0123456789ab.articles"}


def test_collecting_waits_for_readers_and_comes_back(begun):
    """Beside a reader that is opening nothing is removed, and the commit does not fail for it."""
    with begun.lock_snapshot(exclusive=False):
        change(begun, {"4": "港口"})
        change(begun, {"5": "口岸"})
        assert "manifest-3.json" in begun.names()
    with Publisher(begun) as writer:
        assert writer.collect() == ()
    assert {"manifest-4.json", "manifest-5.json"} == {
        name for name in begun.names() if name.startswith("man")
    }


@pytest.mark.parametrize(
    ("contents", "tables", "message"),
    [
        (Contents(files=("g0-0123456789ab.x",)), {}, "files that are not there"),
        (Contents(segments=(SegmentEntry(name="s", documents=1),) * 2), {}, "two segments"),
        (Contents(segments=(SegmentEntry(name="s", documents=1, deletions="g0"),)), {}, "deletions"),
        (Contents(families="g0-f"), {}, "families"),
        (Contents(), {"table.toc": b""}, "not new tables"),
        (Contents(), {"_MAIN_3.toc": b""}, "not new tables"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(begun, contents, tables, message):
    """A publication that does not fit together is a ValueError, and the writer can go on."""
    with Publisher(begun) as writer:
        before = begun.names()
        with pytest.raises(ValueError, match=message):
            writer.publish(contents, tables)
        assert begun.names() == before
        writer.publish(*prepare(writer, {"4": "港口"}, set()))
    assert read_newest(begun) == FIRST | {"4": "港口"}


def test_an_unfinished_file_is_not_published(begun):
    """A file has to be finished before anything is published."""
    with Publisher(begun) as writer:
        writer.create("part").write(b"x")
        with pytest.raises(ValueError, match="not finished"):
            writer.publish(Contents())


@pytest.mark.parametrize("part", ["", "a/b", "A", "词", "a.b", "x" * 65])
def test_parts_are_plain(begun, part):
    """What ends a file name is small letters, digits and underscores."""
    with Publisher(begun) as writer, pytest.raises(ValueError, match="cannot end the name"):
        writer.create(part)


def test_a_closed_writer_does_nothing_more(begun):
    """After the end of a writer every call says so, and closing again is nothing."""
    with Publisher(begun) as writer:
        pass
    recorded = FaultStorage(begun)
    writer._storage = recorded
    writer.close()
    for act in (lambda: writer.publish(Contents()), lambda: writer.create("part"), writer.collect):
        with pytest.raises(IndexProblem, match="is closed"):
            act()
    assert recorded.calls == []


def test_a_failure_after_renaming_does_not_claim_that_nothing_changed(begun):
    """When the last sync fails nobody knows whether the generation lasts, and the message says that."""
    syncs = []

    def fault(number, call, act, data):
        if call.kind == "sync directory":
            syncs.append(number)
            if len(syncs) == 2:
                raise OSError(5, "Input/output error")
        return act() if data is None else act(data)

    with pytest.raises(IndexProblem, match="generation 4 may or may not have been published"):
        change(FaultStorage(begun, fault), {"4": "港口"})
