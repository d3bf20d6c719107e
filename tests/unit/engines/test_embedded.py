import json
import shutil
import threading
import time
from pathlib import Path

import pytest

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import (
    IndexCorrupt,
    IndexIncompatible,
    IndexMissing,
    IndexProblem,
    NotFound,
    WriterLocked,
)
from wxsearch.index.writer import writing
from wxsearch.models import Rejection
from wxsearch.query.request import read_request


@pytest.fixture
def engine(tmp_path, settings):
    """An engine over a directory that is not there yet."""
    return EmbeddedEngine(tmp_path / "index", settings)


def total(engine, settings, query=""):
    return engine.search(read_request({"q": [query]}, settings.limits)).total


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
    with pytest.raises(IndexProblem, match="is a file"):
        total(engine, settings)
    with pytest.raises(IndexProblem, match="is a file"):
        engine.index([make_article(title="题")])
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_of_other_files_is_not_written_to(tmp_path, settings, make_article):
    """An index is never begun among files that are not its own."""
    (tmp_path / "thesis.doc").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexProblem, match="other files"):
        EmbeddedEngine(tmp_path, settings).index([make_article(title="题")])
    assert [entry.name for entry in tmp_path.iterdir()] == ["thesis.doc"]


def test_another_format_asks_for_a_rebuild(engine, settings, make_article):
    """An index of another version is refused by name, and --rebuild makes it good."""
    engine.index([make_article(title="旧")])
    (engine.directory / "wxsearch.json").write_text(json.dumps({"format": 0}), encoding="utf-8")
    later = EmbeddedEngine(engine.directory, settings)
    for attempt in (lambda: total(later, settings), lambda: later.index([])):
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
    engine.index([make_article(title="旧")])
    (engine.directory / "wxsearch.json").write_text("{}", encoding="utf-8")
    before = {entry.name: entry.read_bytes() for entry in engine.directory.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        EmbeddedEngine(engine.directory, settings).index(interrupted(make_article(title="新")), rebuild=True)
    assert {entry.name: entry.read_bytes() for entry in engine.directory.iterdir()} == before


def test_a_locked_index_is_not_touched_by_a_rebuild(engine, make_article, settings):
    """A rebuild beside another writer is refused and takes nothing away."""
    engine.index([make_article(title="题")])
    with writing(engine.directory, 16), pytest.raises(WriterLocked):
        engine.index([make_article("2", title="新")], rebuild=True)
    assert total(engine, settings, "题") == 1


def test_a_run_of_rejects_empties_nothing(engine, make_article, settings):
    """A rebuild from what cannot be read leaves the index as it is; alone it makes none."""
    reject = Rejection("typo.jsonl", None, "unreadable", "does not exist")
    assert engine.index([reject]).total == 0
    with pytest.raises(IndexMissing):
        total(engine, settings)
    engine.index([make_article(title="题")])
    summary = engine.index([reject], rebuild=True)
    assert (summary.total, summary.rejected, summary.generation) == (1, 1, 1)


def test_an_index_made_anew_in_the_same_place_is_seen(engine, make_article, settings):
    """A reader notices an index that replaced its own, though both are the first generation."""
    engine.index([make_article(title="旧")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings, "旧") == 1
    shutil.rmtree(engine.directory)
    EmbeddedEngine(engine.directory, settings).index([make_article(title="新")])
    assert total(reader, settings, "新") == 1
    assert total(reader, settings, "旧") == 0


def test_a_damaged_successor_does_not_end_service(engine, make_article, settings):
    """A reader goes on with what it has open when the newest table of contents is damaged."""
    engine.index([make_article(title="题")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings) == 1
    (engine.directory / "_MAIN_9.toc").write_bytes(b"damaged")
    assert total(reader, settings) == 1
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        total(EmbeddedEngine(engine.directory, settings), settings)


def test_an_id_that_cannot_be_is_not_found(engine, make_article):
    """An id with a lone surrogate is in no index, and is no fault."""
    engine.index([make_article(title="题")])
    with pytest.raises(NotFound):
        engine.get("\udcff")


def test_one_writer_at_a_time(engine, make_article, settings):
    """A second writer is refused at once, and may write when the first is done."""
    engine.index([make_article(title="题")])
    with writing(engine.directory, 16), pytest.raises(WriterLocked):
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


def test_an_open_engine_sees_what_another_writes(engine, make_article, settings):
    """A reader follows new generations of another process's writer, deletions included."""
    engine.index([make_article(title="题")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings) == 1
    engine.index([make_article("2", title="题")])
    assert total(reader, settings) == 2
    engine.delete(["1"])
    assert total(reader, settings) == 1
    assert engine.index([make_article("3", title="题")], rebuild=True).total == 1
    assert total(reader, settings) == 1
    assert reader.get("3").title == "题"


def test_a_scan_stays_with_its_generation(engine, make_article, settings):
    """An export that is under way gives all of one generation while others replace it."""
    engine.index([make_article(str(number), title="题") for number in range(50)])
    scan = engine.scan(read_request({}, settings.limits))
    first = next(scan)
    engine.index([make_article("new", title="新")], rebuild=True)
    assert len([first, *scan]) == 50


def test_threads_share_an_engine(engine, make_article, settings):
    """Eight threads get the answers that one would get."""
    engine.index([make_article(str(number), body=f"港口 第{number % 7}号") for number in range(200)])
    expected = {number: total(engine, settings, f'港口 "第{number}号"') for number in range(7)}
    wrong = []

    def ask():
        for number, answer in expected.items():
            answers = [total(engine, settings, f'港口 "第{number}号"') for _ in range(10)]
            wrong.extend(found for found in answers if found != answer)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(expected.values()) == 200
    assert wrong == []


def test_a_lost_table_of_contents_is_no_empty_index(engine, make_article, settings):
    """Articles whose table of contents is gone are not silently begun anew."""
    engine.index([make_article(title="题")])
    for table in engine.directory.glob("*.toc"):
        table.unlink()
    later = EmbeddedEngine(engine.directory, settings)
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        later.index([make_article("2", title="题")])
    assert later.check().state == "damaged"
    assert later.index([make_article("2", title="题")], rebuild=True).total == 1


def _largest_file(directory: Path) -> Path:
    return max(
        (entry for entry in directory.iterdir() if entry.is_file()), key=lambda entry: entry.stat().st_size
    )


def test_check_finds_a_truncated_file(engine, make_article, settings):
    """An index whose largest file lost its end is damaged, and check says so without falling over."""
    engine.index([make_article(str(number), body=f"港口 第{number}号") for number in range(50)])
    assert engine.check().state == "sound"
    victim = _largest_file(engine.directory)
    victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2])
    report = EmbeddedEngine(engine.directory, settings).check()
    assert report.state == "damaged"
    assert str(engine.directory) in report.problems[0]
    assert "--rebuild" in report.problems[0]


def test_leftovers_of_failed_runs_are_removed(engine, make_article):
    """Files that no table of contents names go with the next run, so that a full disk gets room again."""
    engine.index([make_article(title="题")])
    strays = [engine.directory / name for name in ("MAIN_aaaaaaaaaaaaaaaa.seg", "MAIN_bbbbbbbbbbbbbbbb.pst")]
    for stray in strays:
        stray.write_bytes(b"left")
    (engine.directory / "MAIN.tmp").mkdir()
    engine.index([make_article("2", title="题")])
    assert not any(stray.exists() for stray in strays)
    assert not (engine.directory / "MAIN.tmp").exists()
    assert engine.check().state == "sound"


def test_a_creation_that_was_killed_can_be_begun_again(tmp_path, settings, make_article):
    """What a writer leaves before its first table of contents stands in nobody's way."""
    directory = tmp_path / "index"
    directory.mkdir()
    (directory / "wxsearch.json").write_text("{}", encoding="utf-8")
    (directory / "_MAIN_0.toc.1234").write_bytes(b"")
    assert EmbeddedEngine(directory, settings).index([make_article(title="题")]).total == 1


def test_a_lost_segment_is_told_at_once(engine, make_article, settings):
    """A file that is gone is damage, found without waiting for it to come back; a reader goes on."""
    engine.index([make_article(title="题")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings) == 1
    engine.index([make_article("2", title="题")])
    for segment in engine.directory.glob("*.seg"):
        segment.unlink()
    began = time.monotonic()
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        total(EmbeddedEngine(engine.directory, settings), settings)
    assert [total(reader, settings) for _ in range(20)] == [1] * 20
    # Whoosh itself waits half a second for each of two openings.
    assert time.monotonic() - began < 5


def test_a_string_of_one_frequent_word_reads_it_once(engine, make_article, settings):
    """A quoted string that repeats a word costs what the word costs, however often it stands there."""
    engine.index([make_article(str(number), body="的 " * 300) for number in range(300)])
    request = read_request({"q": ['"' + "的 " * 200 + '"'], "highlight": ["false"]}, settings.limits)
    began = time.process_time()
    assert engine.search(request).total == 300
    assert time.process_time() - began < 3
