import json
import threading
from pathlib import Path

import pytest

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem, WriterLocked
from wxsearch.index.directory import open_index
from wxsearch.index.writer import writing
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


def test_one_writer_at_a_time(engine, make_article, settings):
    """A second writer is refused at once, and may write when the first is done."""
    engine.index([make_article(title="题")])
    with writing(open_index(engine.directory), 16), pytest.raises(WriterLocked):
        engine.index([make_article("2", title="题")])
    engine.index([make_article("2", title="题")])
    assert total(engine, settings) == 2


def test_an_interrupted_run_changes_nothing(engine, make_article, settings):
    """Articles of a run that fails half way are not there afterwards, and the next run works."""
    engine.index([make_article(title="题")])

    def interrupted():
        yield make_article("2", title="题")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        engine.index(interrupted())
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


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # Whoosh drops open files on damage
def test_check_finds_a_truncated_file(engine, make_article):
    """An index whose largest file lost its end is damaged, and check says so without falling over."""
    engine.index([make_article(str(number), body=f"港口 第{number}号") for number in range(50)])
    assert engine.check().state == "sound"
    victim = _largest_file(engine.directory)
    victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2])
    report = engine.check()
    assert report.state == "damaged"
    assert report.problems
