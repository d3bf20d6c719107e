from pathlib import Path

import pytest

from support import reprints
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import IndexCorrupt
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.storage import FileStorage
from wxsearch.whoosh_door.table import tables


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
    assert victim.name in report.problems[0]


def test_check_restores_what_is_whole(engine, make_article, settings):
    """After damage to the newest generation `check` makes the one before the newest, and writing works."""
    engine.index([make_article(title="题")])
    engine.index([make_article("2", title="题")])
    newest = engine.generation()
    (victim,) = engine.directory.glob(f"g{newest}-*.postings")
    victim.write_bytes(victim.read_bytes()[:-1])
    later = EmbeddedEngine(engine.directory, settings)
    with pytest.raises(IndexCorrupt, match="wxsearch check"):
        later.index([make_article("3", title="题")])
    with IndexWriter(FileStorage(engine.directory), 16, tables, rebuild=True):
        blocked = later.check()
    assert (blocked.state, blocked.restored) == ("damaged", None)
    assert "another process" in blocked.problems[-1]
    report = later.check()
    assert (report.state, report.restored, report.articles) == ("damaged", newest + 1, 1)
    assert victim.name in report.problems[0]
    assert later.index([make_article("3", title="题")]).total == 2
    assert later.check().state == "sound"


def test_check_restores_a_damaged_fallback(engine, make_article):
    """Damage to the generation before alone is repaired too: both are whole again, nothing is lost."""
    engine.index([make_article(title="题")])
    engine.index([make_article("1", title="新题")])
    (engine.directory / f"manifest-{engine.generation() - 1}.json").unlink()
    report = engine.check()
    assert (report.state, report.articles) == ("damaged", 1)
    assert report.restored == report.generation + 1
    assert engine.check().state == "sound"
    assert engine.get("1").title == "新题"


def test_nothing_whole_is_not_restored(engine, make_article, settings):
    """Where both generations need a damaged file, `check` says what to do and changes nothing."""
    engine.index([make_article(title="题")])
    engine.index([make_article("2", title="题")])
    shared = next(path for path in engine.directory.glob("g2-*.articles"))
    shared.write_bytes(b"")
    names = set(engine.directory.iterdir())
    report = EmbeddedEngine(engine.directory, settings).check()
    assert (report.state, report.restored) == ("damaged", None)
    assert shared.name in report.problems[0]
    assert "--rebuild" in report.problems[-1]
    assert set(engine.directory.iterdir()) == names


def test_check_restores_families(engine, make_article, settings):
    """What is restored has the families that it had."""
    text = reprints.body(1)
    engine.index([make_article("a", body=text), make_article("b", body=reprints.with_tail(text))])
    engine.index([make_article("c", title="题")])
    (victim,) = engine.directory.glob(f"g{engine.generation()}-*.postings")
    victim.write_bytes(victim.read_bytes()[:-1])
    later = EmbeddedEngine(engine.directory, settings)
    assert later.check().restored
    assert [each.id for each in later.family("b").members] == ["a", "b"]
