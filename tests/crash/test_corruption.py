"""Damage to any file: found by a verified opening or by check, with the file named, never served."""

import os
import shutil

import pytest

from support.ledger import FIRST, begin, change, read
from wxsearch.errors import IndexCorrupt
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.manifest import Contents
from wxsearch.index.names import is_table, manifest_name
from wxsearch.index.publication import Writer
from wxsearch.index.storage import FileStorage
from wxsearch.index.verification import check, restore

pytestmark = pytest.mark.crash

BEFORE = {"1": "旧的", "2": "标准箱"}


@pytest.fixture
def index(tmp_path):
    """The directory of an index whose two generations differ."""
    begin(FileStorage.make(tmp_path / "index"))
    return tmp_path / "index"


def examine(directory, name):
    """Opens and checks a damaged index; gives what was noticed: of opening, and by check."""
    storage = FileStorage(directory)
    try:
        opened = open_newest(storage, verified=Verified())
    except IndexCorrupt as error:
        served = error.detail
    else:
        # Whatever is served is one of the two generations, whole.
        assert read(opened) == {2: BEFORE, 3: FIRST}[opened.manifest.generation]
        assert opened.degraded or opened.manifest.generation == 3
        served = opened.degraded or ""
    report = check(storage)
    found = {finding.file for finding in report.findings}
    return name in served, name in {*found, *report.unknown, *report.leftovers}


def noticed(directory, name):
    served, reported = examine(directory, name)
    return served or reported


def flips(content, bits=1):
    """The content with one bit of one byte flipped, for each byte and so many of its bits."""
    for place in range(len(content)):
        for bit in range(place, place + bits):
            yield content[:place] + bytes([content[place] ^ 1 << bit % 8]) + content[place + 1 :]


def test_every_byte_of_every_file(index, rounds, tally):
    """One flipped bit in any byte of a manifest, a data file or a table of contents is found and named."""
    met = 0
    for path in sorted(index.iterdir()):
        whole = path.read_bytes()
        for broken in flips(whole, min(rounds, 8)):
            path.write_bytes(broken)
            served, reported = examine(index, path.name)
            assert reported, path.name
            assert served or path.name not in needed_by_newest(index, path, whole)
            met += 1
        path.write_bytes(whole)
    assert check(FileStorage(index)).sound
    tally("flipped bytes", met, 1_500)


def needed_by_newest(index, path, whole):
    damaged = path.read_bytes()
    path.write_bytes(whole)
    manifest = open_newest(FileStorage(index), verified=Verified()).manifest
    path.write_bytes(damaged)
    return manifest.names | {manifest_name(manifest.generation)}


def test_truncations(index, tally):
    """Any file cut at any length, or grown by a byte, is found and named."""
    met = 0
    for path in sorted(index.iterdir()):
        whole = path.read_bytes()
        for length in [*range(0, len(whole), 1 + len(whole) // 40), len(whole) - 1]:
            if length >= 0 and whole:
                path.write_bytes(whole[:length])
                assert noticed(index, path.name), path.name
                met += 1
        path.write_bytes(whole + b"\n")
        # Lock files have no content and mean nothing.
        assert noticed(index, path.name) or path.name.endswith(".lock")
        path.write_bytes(whole)
        met += 1
    tally("truncations", met, 245)


def test_missing_files(index, tally):
    """Any file that is gone is named, the newest manifest included."""
    met = 0
    for path in sorted(index.iterdir()):
        if not path.name.endswith(".lock"):
            whole = path.read_bytes()
            path.unlink()
            assert noticed(index, path.name), path.name
            path.write_bytes(whole)
            met += 1
    tally("missing files", met, 9)


def test_swapped_files(index, tally):
    """Any two files in each other's place are found; of the same length, by their checksums."""
    met, paths = 0, sorted(path for path in index.iterdir() if not path.name.endswith(".lock"))
    for one in paths:
        for other in paths:
            first, second = one.read_bytes(), other.read_bytes()
            if one < other and first != second:
                one.write_bytes(second)
                other.write_bytes(first)
                assert noticed(index, one.name)
                one.write_bytes(first)
                other.write_bytes(second)
                met += 1
    tally("swaps", met, 36)


def test_strange_files(index, tally):
    """What does not belong there is named: plain, a folder, a link, and what looks like ours."""
    older = (index / "manifest-2.json").read_bytes()
    strange = ["README.txt", "文件", ".hidden", "manifest-9.json", "g3-000000000000.articles", "_MAIN_9.toc"]
    for name in [*strange, "manifest-03.json", "manifest-3.json.bak"]:
        (index / name).write_bytes(older)
        assert noticed(index, name)
        (index / name).unlink()
    (index / "folder").mkdir()
    (index / "link").symlink_to(index / "manifest-3.json")
    assert noticed(index, "folder")
    assert noticed(index, "link")
    assert read(open_newest(FileStorage(index), verified=Verified())) == FIRST
    tally("strange files", len(strange) + 4, 10)


def test_a_file_replaced_by_something_else(index, tmp_path):
    """A data file that became a link, a folder or a pipe is damage, and nothing waits for it."""
    path = next(path for path in sorted(index.iterdir()) if path.name.startswith("g3-"))
    shutil.move(path, tmp_path / "elsewhere")
    for make in (lambda: path.symlink_to(tmp_path / "elsewhere"), path.mkdir, lambda: os.mkfifo(path)):
        make()
        assert noticed(index, path.name)
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
@pytest.mark.parametrize("what", ["manifest", "data", "table"])
def test_fallback(index, what, harm):
    """With the newest generation damaged the one before is served and says so; writing waits for restore."""
    storage = FileStorage(index)
    newest = open_newest(storage, verified=Verified()).manifest
    before = {path.name for path in index.iterdir()}
    own = sorted(name for name in newest.names if name.startswith(f"g{newest.generation}-"))
    tables = [name for name in newest.names if is_table(name)]
    name = {"manifest": manifest_name(newest.generation), "data": own[0], "table": tables[0]}[what]
    path, content = index / name, (index / name).read_bytes()
    if harm == "remove":
        path.unlink()
    else:
        path.write_bytes(content[:-1] if harm == "cut" else next(flips(content)))
    opened = open_newest(storage, verified=Verified())
    assert read(opened) == BEFORE
    assert name in opened.degraded
    left = {path.name for path in index.iterdir()}
    with pytest.raises(IndexCorrupt, match="wxsearch check"):
        Writer(storage, verified=Verified())
    # A refused writer removes nothing: what is damaged may still be of use to somebody.
    assert {path.name for path in index.iterdir()} == left
    assert left | {name} == before

    restored = restore(storage)
    assert restored.generation > newest.generation
    again = open_newest(storage, verified=Verified())
    assert (read(again), again.degraded) == (BEFORE, None)
    assert check(storage).sound
    assert check(storage).leftovers == ()
    change(storage, {"3": "班列"})
    assert read(open_newest(storage, verified=Verified())) == BEFORE | {"3": "班列"}
    assert restore(storage).generation == restored.generation + 1


def test_rebuild_over_anything(index):
    """Where nothing is whole only a rebuild writes, under a number never used; then all is sound."""
    storage = FileStorage(index)
    for name in ("manifest-2.json", "manifest-3.json"):
        (index / name).write_bytes(b"{}")
    for refused in (lambda: Writer(storage), lambda: restore(storage)):
        with pytest.raises(IndexCorrupt):
            refused()
    with Writer(storage, "rebuild") as writer:
        assert writer.opened is None
        assert writer.publish(Contents()).generation > 3
    assert check(storage).sound
    assert check(storage).leftovers == ()
    change(storage, {"1": "甲"})
    assert read(open_newest(storage)) == {"1": "甲"}
