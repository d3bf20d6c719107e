import tempfile
import time

import pytest
from msgspec.structs import replace

from support.answers import total
from support.faultfs import FaultStorage, obey
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import (
    IndexCorrupt,
    IndexIncompatible,
    IndexMissing,
    IndexProblem,
    NotFound,
    WriterLocked,
)
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.manifest import FORMAT, decode, encode
from wxsearch.index.names import manifest_generation
from wxsearch.index.storage import FileStorage
from wxsearch.models import Rejection
from wxsearch.query.request import read_request
from wxsearch.whoosh_door.table import tables


def test_an_absent_index_is_named(engine, settings):
    """Searching where nothing was indexed says so, and what to do."""
    with pytest.raises(IndexMissing, match="wxsearch index"):
        total(engine, settings)
    assert engine.check().state == "absent"


def test_a_file_is_no_index(tmp_path, settings, make_article):
    """A path that is a file is refused for reading and writing, and stays as it is."""
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    engine = EmbeddedEngine(file, settings)
    with pytest.raises(IndexProblem, match="Not a directory"):
        total(engine, settings)
    with pytest.raises(IndexProblem, match="Not a directory"):
        engine.index([make_article(title="题")])
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_of_other_files_is_not_written_to(tmp_path, settings, make_article):
    """An index is never begun among files that are not its own."""
    (tmp_path / "thesis.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexProblem, match="other files"):
        EmbeddedEngine(tmp_path, settings).index([make_article(title="题")])
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.doc"]


def make_former(directory):
    """A directory as the format before this one left it."""
    directory.mkdir()
    for name in ("wxsearch.json", "_MAIN_3.toc", "MAIN_0123456789abcdef.seg", "MAIN_WRITELOCK"):
        (directory / name).write_bytes(b"{}")


def test_a_former_format_asks_for_a_rebuild(engine, settings, make_article):
    """An index of the format before is refused by name, and a rebuild from the sources makes it good."""
    make_former(engine.directory)
    for attempt in (lambda: total(engine, settings), lambda: engine.index([]), engine.rebuild, engine.check):
        with pytest.raises(IndexIncompatible, match=r"another version.*--rebuild"):
            attempt()
    assert (engine.directory / "_MAIN_3.toc").exists()
    engine.index([make_article(title="新")], rebuild=True)
    assert total(engine, settings, "新") == 1
    assert engine.check().state == "sound"
    # What another program may still want is left, and named.
    assert "wxsearch.json: no file of an index" in engine.check().notes


def make_another_format(directory):
    """Says in each manifest, under a right seal, that it is of another format."""
    for path in directory.glob("manifest-*.json"):
        manifest = decode(path.read_bytes(), manifest_generation(path.name))
        path.write_bytes(encode(replace(manifest, format=FORMAT + 1)))


def test_another_format_asks_for_a_rebuild(engine, settings, make_article):
    """An index of another version is refused by name, and --rebuild makes it good."""
    engine.index([make_article(title="旧")])
    make_another_format(engine.directory)
    later = EmbeddedEngine(engine.directory, settings)
    for attempt in (lambda: total(later, settings), lambda: later.index([]), later.check):
        with pytest.raises(IndexIncompatible, match="--rebuild"):
            attempt()
    later.index([make_article(title="新")], rebuild=True)
    assert total(later, settings, "新") == 1
    assert total(later, settings, "旧") == 0


def interrupted(*articles):
    yield from articles
    raise KeyboardInterrupt


def test_an_interrupted_first_run_leaves_no_index(engine, make_article, settings):
    """A first run that fails is no index of nothing, and the next run begins anew."""
    with pytest.raises(KeyboardInterrupt):
        engine.index(interrupted(make_article(title="题")))
    with pytest.raises(IndexMissing):
        total(engine, settings)
    assert engine.index([make_article(title="题")]).total == 1


def test_an_interrupted_rebuild_of_another_format_changes_nothing(engine, make_article, settings):
    """What could not be read is still there, byte for byte, after a rebuild that failed."""
    make_former(engine.directory)
    before = {entry.name: entry.read_bytes() for entry in engine.directory.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        engine.index(interrupted(make_article(title="新")), rebuild=True)
    after = {entry.name: entry.read_bytes() for entry in engine.directory.iterdir()}
    assert after == before | {"gate.lock": b"", "write.lock": b""}


def test_a_locked_index_is_not_touched_by_a_rebuild(engine, make_article, settings):
    """A rebuild beside another writer is refused and takes nothing away."""
    engine.index([make_article(title="题")])
    with IndexWriter(FileStorage(engine.directory), 16, tables), pytest.raises(WriterLocked):
        engine.index([make_article("2", title="新")], rebuild=True)
    assert total(engine, settings, "题") == 1


def test_a_run_of_rejects_empties_nothing(engine, make_article, settings):
    """A rebuild from what cannot be read leaves the index as it is; alone it makes none."""
    reject = Rejection("typo.jsonl", None, "unreadable", "does not exist")
    assert engine.index([reject]).total == 0
    with pytest.raises(IndexMissing):
        total(engine, settings)
    generation = engine.index([make_article(title="题")]).generation
    summary = engine.index([reject], rebuild=True)
    assert (summary.total, summary.rejected, summary.generation) == (1, 1, generation)


def test_an_id_that_cannot_be_is_not_found(engine, make_article):
    """An id with a lone surrogate is in no index, and is no fault."""
    engine.index([make_article(title="题")])
    with pytest.raises(NotFound):
        engine.get("\udcff")


def test_one_writer_at_a_time(engine, make_article, settings):
    """A second writer is refused at once, and may write when the first is done."""
    engine.index([make_article(title="题")])
    with IndexWriter(FileStorage(engine.directory), 16, tables), pytest.raises(WriterLocked):
        engine.index([make_article("2", title="题")])
    engine.index([make_article("2", title="题")])
    assert total(engine, settings) == 2


def test_an_interrupted_run_changes_nothing(engine, make_article, settings):
    """Articles of a run that fails half way are not there afterwards, and the next run works."""
    engine.index([make_article(title="题")])

    with pytest.raises(KeyboardInterrupt):
        engine.index(interrupted(make_article("2", title="题")))
    assert total(engine, settings) == 1
    assert engine.index([make_article("2", title="题")]).total == 2


def test_a_scan_stays_with_its_generation(engine, make_article, settings):
    """An export that is under way gives all of one generation while others replace it."""
    engine.index([make_article(str(number), title="题") for number in range(50)])
    scan = engine.scan(read_request({}, settings.limits, engine.vocabulary()))
    first = next(scan)
    engine.index([make_article("new", title="新")], rebuild=True)
    assert len([first, *scan]) == 50


def test_lost_manifests_are_no_empty_index(engine, make_article, settings):
    """Articles whose manifests are gone are not silently begun anew."""
    engine.index([make_article(title="题")])
    for manifest in engine.directory.glob("manifest-*"):
        manifest.unlink()
    later = EmbeddedEngine(engine.directory, settings)
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        later.index([make_article("2", title="题")])
    assert later.check().state == "damaged"
    assert later.index([make_article("2", title="题")], rebuild=True).total == 1


def test_leftovers_of_failed_runs_are_removed(engine, make_article):
    """Files that no manifest names go with the next run, so that a full disk gets room again."""
    engine.index([make_article(title="题")])
    stray = engine.directory / "g9-0123456789ab.postings"
    stray.write_bytes(b"left")
    assert f"{stray.name}: of a writer at work, or left by one that was killed" in engine.check().notes
    engine.index([make_article("2", title="题")])
    assert not stray.exists()
    assert (engine.check().state, engine.check().notes) == ("sound", ())


def test_a_rebuild_from_stored_articles_keeps_them(engine, make_article, settings):
    """A rebuild without sources has the same articles; deleted ones are gone, with their documents."""
    engine.index([make_article(str(number), title=f"第{number}题") for number in range(5)])
    engine.delete(["3"])
    summary = engine.rebuild()
    assert (summary.read, summary.total) == (4, 4)
    assert total(engine, settings, "题") == 4
    assert engine.statistics().segments == 1
    assert engine.get("4").title == "第4题"


def test_a_rebuild_of_nothing_makes_nothing(engine):
    """A rebuild without sources where no index is says so, and leaves no directory."""
    with pytest.raises(IndexMissing):
        engine.rebuild()
    assert not engine.directory.exists()


def test_a_rebuild_has_what_was_published_until_it_began(engine, make_article, settings):
    """What another writer publishes before the rebuild has the lock is in it."""
    engine.index([make_article(title="题")])
    calls = FaultStorage(FileStorage(engine.directory))
    rebuilding = EmbeddedEngine(engine.directory, settings, calls)

    def fault(number, call, act, data):
        if call.kind == "lock writer" and not raced:
            raced.append(engine.index([make_article("2", title="题")]).generation)
        return obey(number, call, act, data)

    raced = []
    calls.fault = fault
    assert rebuilding.rebuild().total == 2
    assert raced


def test_a_full_disk_for_temporary_files_is_a_typed_error(engine, make_article, tmp_path, monkeypatch):
    """Where temporary files cannot be made the run says so and changes nothing."""
    engine.index([make_article(title="题")])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(IndexProblem, match="TMPDIR"):
        engine.index([make_article("2", title="题")])
    monkeypatch.undo()
    assert engine.index([make_article("2", title="题")]).total == 2


def test_no_place_at_all_for_temporary_files_is_a_typed_error(engine, make_article, monkeypatch):
    """Where no folder takes temporary files, as on a system that is read-only, the run says so."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", list)
    with pytest.raises(IndexProblem, match="TMPDIR"):
        engine.index([make_article(title="题")])


def test_a_directory_that_cannot_be_made_is_named(tmp_path, settings, make_article):
    """A place below a file, or one that is not allowed, is no internal error."""
    (tmp_path / "file").touch()
    with pytest.raises(IndexProblem, match="cannot be made"):
        EmbeddedEngine(tmp_path / "file" / "index", settings).index([make_article(title="题")])


@pytest.mark.limit("search_milliseconds")
@pytest.mark.parametrize(("milliseconds", "partial"), [(1_999, False), (2_000, True)])
def test_the_time_of_a_search_is_bounded(engine, make_article, settings, monkeypatch, milliseconds, partial):
    """Texts are looked into as long as there is time; then the total is a lower bound, and says so."""
    engine.index([make_article(title="一个很长的题目")])
    assert settings.limits.search_milliseconds == 2_000
    clock = iter([0.0, milliseconds / 1_000])
    monkeypatch.setattr("wxsearch.search.deadline.monotonic", lambda: next(clock))
    result = engine.search(read_request({"q": ['"很长的题目"']}, settings.limits, engine.vocabulary()))
    assert (result.total, result.partial) == (0 if partial else 1, partial)


class Counted(str):
    """An id that counts how often any of its kind is looked up."""

    __slots__ = ()
    lookups = 0

    def __hash__(self):
        Counted.lookups += 1
        return super().__hash__()

    __eq__ = str.__eq__


def test_many_ids_are_deleted_by_a_few_looks_at_each(engine, make_article):
    """Which of the ids are not there takes as many looks at each, however many they are."""
    engine.index([make_article(str(number), title="题") for number in range(500)])
    Counted.lookups = 0
    summary = engine.delete([Counted(number) for number in range(2_000)])
    assert 2_000 <= Counted.lookups <= 20_000
    assert (summary.deleted, len(summary.missing), summary.missing[0]) == (500, 1_500, "500")


@pytest.mark.parametrize("words", ["的 ", "的 国 "])
def test_a_string_of_one_frequent_word_reads_it_once(engine, make_article, settings, words):
    """A quoted string that repeats words costs what the words cost, however often they stand there."""
    engine.index([make_article(str(number), body=words * 300) for number in range(300)])
    request = read_request(
        {"q": [f'"{(words * 200)[:400]}"'], "highlight": ["false"]}, settings.limits, engine.vocabulary()
    )
    began = time.process_time()
    assert engine.search(request).total == 300
    assert time.process_time() - began < 3
