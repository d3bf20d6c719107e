"""Damage to any file: found by a verified opening or by check, with the file named, never served."""

import os
import shutil
import time
from itertools import combinations, count
from pathlib import Path

import msgspec
import pytest

from support.commits import FIRST, SETTINGS, STEPS, articles_of, change, engine_over, read
from wxsearch.analysis.vocabulary_files import default_vocabulary
from wxsearch.errors import IndexCorrupt, WxsearchError
from wxsearch.index.names import manifest_name, table_name
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.storage import FileStorage
from wxsearch.query.request import read_request

pytestmark = pytest.mark.crash

KIB = 1024
MANY = 1_200  # so many that frames are packed with a dictionary

QUESTIONS = [
    read_request({"q": [q], "size": ["20"]}, SETTINGS.limits, default_vocabulary(SETTINGS.limits))
    for q in ("", "海铁", '"第7"', "联运 OR 港口")
]


def answers(storage):
    """What an engine that has seen nothing before answers to some questions, and its generation."""
    engine = engine_over(storage)
    results = [engine.search(question) for question in QUESTIONS]
    shown = [(result.total, result.hits, result.facets) for result in results]
    return engine.generation(), msgspec.json.encode((shown, engine.get("n7"), engine.get("n800")))


class Sound:
    """A whole index of every kind of file, whose two generations differ, and what they answer."""

    def __init__(self, directory):
        storage = FileStorage.make(directory)
        self.directory = directory
        change(storage, {f"n{number}": f"第{number}次海铁联运" for number in range(MANY)})
        change(storage, {"n3": "甲乙港口"})
        change(storage, drop={"n4"})
        before = answers(storage)
        # Files of the oldest generation, which the next commits remove.
        self.older = {path: path.read_bytes() for path in directory.iterdir()}
        change(storage, {"n5": "丙丁港口"})
        self.before = answers(storage)
        change(storage, {"n6": "戊己港口"})
        self.newest = answers(storage)
        assert len({before, self.before, self.newest}) == 3
        self.files = {path.name: path.read_bytes() for path in directory.iterdir()}
        self.files = {name: content for name, content in self.files.items() if content}
        self.manifest = open_snapshot(storage).manifest
        assert {name.rpartition(".")[2] for name in self.files} == {
            *("json", "toc", "articles", "columns", "postings", "deletions", "dictionary")
        }


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The index that copies are made of."""
    return Sound(tmp_path_factory.mktemp("sound") / "index")


@pytest.fixture
def broken(sound, tmp_path):
    """Makes a copy with some files changed, added or, where they are None, left out; as a storage."""
    numbers = count()

    def make(changes):
        directory = tmp_path / str(next(numbers))
        directory.mkdir()
        for name in sound.files.keys() - changes.keys():
            (directory / name).hardlink_to(sound.directory / name)
        for name, content in changes.items():
            if content is not None:
                (directory / name).write_bytes(content)
        return FileStorage(directory)

    return make


def examine(storage, sound, names):
    """Opens and checks; whether the damage was noticed, by a name of the files it is in."""
    try:
        served = answers(storage)
    except IndexCorrupt as error:
        told = error.detail
        assert "--rebuild" in told
    else:
        # Whatever is served is one of the two generations, to the last byte of its answers.
        degraded = engine_over(storage).degraded()
        assert served in ((sound.before, sound.newest) if degraded else (sound.newest,))
        told = degraded or ""
    report = engine_over(storage).check()
    found = " ".join((*report.problems, *report.notes))
    assert report.state == "damaged" or any(name in " ".join(report.notes) for name in names)
    return [(name in told, name in found) for name in names]


def notices(storage, sound, *names):
    """Asserts that damage is named by check, and by opening where the newest generation needs the file."""
    needed = sound.manifest.names | {manifest_name(sound.manifest.generation)}
    seen = examine(storage, sound, names)
    assert any(reported for _, reported in seen), names
    assert any(served for served, _ in seen) or not needed & set(names), names


def flipped(content, place):
    return content[:place] + bytes([content[place] ^ 1 << place % 8]) + content[place + 1 :]


def test_flipped_bits(sound, broken, rounds, tally):
    """One flipped bit in every KiB of every file is found and named."""
    met = 0
    for name, content in sorted(sound.files.items()):
        step = max(1, KIB // rounds)
        for place in range(0, len(content), step):
            # Not always the same byte of the KiB.
            place = min(len(content) - 1, place + (met * 37) % step)  # noqa: PLW2901
            notices(broken({name: flipped(content, place)}), sound, name)
            met += 1
    tally("flipped bits", met, 260)


def test_cuts(sound, broken, tally):
    """Any file cut at every 4 KiB, by its last byte or to nothing, or grown by one, is found and named."""
    met = 0
    for name, content in sorted(sound.files.items()):
        for length in {*range(0, len(content), 4 * KIB), len(content) - 1}:
            notices(broken({name: content[:length]}), sound, name)
            met += 1
        notices(broken({name: content + b"\n"}), sound, name)
        met += 1
    tally("cuts", met, 112)


def test_missing_files(sound, broken, tally):
    """Any file that is gone is named, the newest manifest included."""
    for name in sound.files:
        notices(broken({name: None}), sound, name)
    tally("missing files", len(sound.files), 19)


def test_swapped_files(sound, broken, tally):
    """Any two files in each other's place are found, those of the same length by their checksums."""
    met = same = 0
    for (one, first), (other, second) in combinations(sorted(sound.files.items()), 2):
        if first != second:
            notices(broken({one: second, other: first}), sound, one, other)
            met += 1
            same += len(first) == len(second)
    tally(f"swaps, {same} of files of the same size", met, 165)
    assert same >= 6


def test_files_of_older_generations(sound, broken, tally):
    """A file with the content of an older one of its kind is found and named."""
    met = 0
    for path, content in sound.older.items():
        for name in sound.files:
            if name.rpartition(".")[2] == path.suffix[1:] and content != sound.files[name]:
                notices(broken({name: content}), sound, name)
                met += 1
    tally("files of older generations", met, 28)


def test_strange_files(sound, broken, tally):
    """What does not belong there is named, and nothing of it is served or in the way."""
    older = next(content for path, content in sound.older.items() if path.suffix == ".json")
    ours = ["g7-000000000000.articles", "_MAIN_9.toc", "manifest-1.json"]
    strange = ["README.txt", "文件", ".hidden", "manifest-03.json", "manifest-3.json.bak"]
    for name in [*ours, *strange, "manifest-99.json"]:
        storage = broken({name: older})
        notices(storage, sound, name)
        change(storage, {"n9": "又一篇"})
        report = engine_over(storage).check()
        assert (report.state, any(name in note for note in report.notes)) == ("sound", name in strange)
    tally("strange files", len(ours) + len(strange) + 1, 9)


def test_a_file_replaced_by_something_else(sound, broken):
    """A data file that became a link, a folder or a pipe is damage, and nothing waits for it."""
    name = min(name for name in sound.files if name.startswith(f"g{sound.newest[0]}-"))
    for make in (lambda path: path.symlink_to(sound.directory / name), Path.mkdir, os.mkfifo):
        storage = broken({name: None})
        make(Path(storage.location) / name)
        notices(storage, sound, name)


@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
@pytest.mark.parametrize("what", ["json", "toc", "articles", "columns", "postings", "deletions"])
def test_fallback(sound, broken, what, harm):
    """The newest generation damaged: the one before within 2 s, degraded; writing waits for check."""
    newest = sound.newest[0]
    own = [manifest_name(newest), table_name(newest)]
    own += [name for name in sound.files if name.startswith(f"g{newest}-")]
    name = next(name for name in own if name.endswith(what))
    content = sound.files[name]
    harmed = {"flip": flipped(content, len(content) // 2), "cut": content[:-1], "remove": None}[harm]
    storage = broken({name: harmed})
    began = time.monotonic()
    assert answers(storage) == sound.before
    assert time.monotonic() - began < 2
    engine = engine_over(storage)
    assert name in engine.degraded()
    names = storage.names()
    for refused in (lambda: engine.index(articles_of(FIRST)), lambda: engine.delete(["n7"]), engine.merge):
        with pytest.raises(IndexCorrupt, match="wxsearch check"):
            refused()
    # A refused writer removes nothing: what is damaged may still be of use to somebody.
    assert storage.names() == names

    report = engine.check()
    assert (report.state, report.restored) == ("damaged", engine.generation())
    assert report.restored > newest
    assert name in report.problems[0]
    assert answers(storage)[1] == sound.before[1]
    assert engine.degraded() is None
    assert (engine.check(full=True).state, engine.check().notes) == ("sound", ())
    change(storage, {"n6": "戊己港口"})
    assert answers(storage)[1] == sound.newest[1]


def test_a_rebuild_ends_degradation(index):
    """Instead of a check, a rebuild from the stored articles of what is served works too."""
    change(index, **STEPS["append"][0])
    manifest = Path(index.location, manifest_name(engine_over(index).generation()))
    manifest.write_bytes(b"")
    engine = engine_over(FileStorage(Path(shutil.copytree(index.location, f"{index.location} copied"))))
    assert engine.degraded()
    assert engine.rebuild().total == len(FIRST)
    assert engine.degraded() is None
    assert read(FileStorage(engine.directory)) == FIRST
    assert engine.check().state == "sound"


def test_rebuild_over_anything(sound, broken):
    """Where nothing is whole only a rebuild from the sources writes; then all is sound."""
    manifests = [name for name in sound.files if name.endswith("json")]
    storage = broken(dict.fromkeys(manifests, b"{}"))
    engine = engine_over(storage)
    for refused in (lambda: engine.index(articles_of(FIRST)), engine.rebuild, engine.merge):
        with pytest.raises(IndexCorrupt, match="--rebuild"):
            refused()
    assert engine.check().restored is None
    summary = engine.index(articles_of(FIRST), rebuild=True)
    assert summary.generation > sound.newest[0]
    assert read(storage) == FIRST
    assert (engine.check().state, engine.check().notes) == ("sound", ())


def test_no_damage_is_an_untyped_error(sound, broken, tally):
    """Every command over a damaged file of either generation ends well or in an error of ours."""
    met = 0
    for name, content in sorted(sound.files.items()):
        storage = broken({name: flipped(content, len(content) // 3)})
        engine = engine_over(storage)
        for act in (
            engine.statistics,
            engine.merge,
            lambda engine=engine: engine.delete(["n1"]),
            lambda engine=engine: engine.get("n2"),
            engine.rebuild,
            lambda engine=engine: engine.index(articles_of(FIRST), rebuild=True),
        ):
            try:
                act()
            except WxsearchError as error:
                assert name in error.detail  # noqa: PT017 - most do not raise
            met += 1
    tally("commands over damage", met, 114)
