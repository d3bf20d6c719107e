import os
import sqlite3
import time
from contextlib import closing

import pytest

from wxsearch.errors import IndexProblem
from wxsearch.ingest.file_state import FileState, state_of
from wxsearch.ingest.ledger import Ledger, Outcome, ReadFile, forget
from wxsearch.models import Rejection

OUTCOME = Outcome(3, (Rejection("a.html", None, "too_large", "is large"),))


@pytest.fixture
def page(tmp_path):
    """A file that was last changed an hour ago."""
    path = tmp_path / "a.html"
    path.write_text("<p>一</p>")
    old = time.time() - 3_600
    os.utime(path, (old, old))
    return path


@pytest.fixture
def file(tmp_path):
    return tmp_path / "sources.ledger"


@pytest.fixture
def noted(file, page):
    """Notes the page as it is, as another process."""

    def note(rules="r"):
        ledger = Ledger(file, rules)
        ledger.note([ReadFile(str(page), state_of(str(page)), OUTCOME)])
        ledger.close()
        assert ledger.trouble is None

    note()
    return note


def found(file, path, rules="r"):
    ledger = Ledger(file, rules)
    outcome = ledger.find(str(path))
    ledger.close()
    return outcome


def test_a_file_that_is_what_it_was(file, page, noted):
    """What came of it is remembered, under the name by which it is found from anywhere."""
    assert found(file, page) == OUTCOME
    assert found(file, os.path.relpath(page)) == OUTCOME


def test_a_file_that_is_not(file, page, noted, tmp_path):
    """Another file, other rules, another size or other content of the same size: it is read again."""
    assert found(file, tmp_path / "b.html") is None
    assert found(file, page, rules="s") is None
    page.write_text("<p>二</p>")
    assert found(file, page) is None
    page.write_text("<p>一一</p>")
    assert found(file, page) is None
    page.unlink()
    assert found(file, page) is None


def test_a_touched_file_is_compared(file, page, noted):
    """Where only the time is another, the content tells; the next time the time is known."""
    later = time.time() - 60
    os.utime(page, (later, later))
    assert found(file, page) == OUTCOME
    page.write_text("<p>二</p>")
    os.utime(page, (later, later))
    assert found(file, page) == OUTCOME, "size and time are those that were noted"


def test_a_file_that_was_new_when_it_was_read(file, page, noted):
    """Its time tells nothing: it may have changed once more within the same tick of the clock."""
    page.write_text("<p>三</p>")
    noted()
    before = page.stat().st_mtime_ns
    page.write_text("<p>四</p>")
    os.utime(page, ns=(before, before))
    assert found(file, page) is None


def test_names_that_are_no_text(file, tmp_path):
    """A file whose name is any bytes is found again."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.html")
    with open(path, "w", encoding="ascii") as new:  # noqa: PTH123
        new.write("x")
    ledger = Ledger(file, "r")
    ledger.note([ReadFile(path, state_of(path), OUTCOME)])
    assert ledger.find(path) == OUTCOME
    ledger.close()


def test_a_forgotten_ledger(file, page, noted):
    """Nothing is found any more, and forgetting again does nothing."""
    forget(file)
    forget(file)
    assert found(file, page) is None


@pytest.mark.parametrize("content", [b"no database", b"\0" * 8_192, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_damaged_ledger(file, page, noted, content):
    """It says so, finds nothing, and the next one begins anew."""
    file.write_bytes(content)
    ledger = Ledger(file, "r")
    assert ledger.find(str(page)) is None
    assert ledger.trouble
    ledger.note([ReadFile(str(page), FileState(), OUTCOME)])
    ledger.close()
    noted()
    assert found(file, page) == OUTCOME


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE files (path TEXT)",
        "CREATE VIEW files AS SELECT 1 path, 2 rules, 3 size, 4 modified, 5 digest, 6 outcome",
    ],
)
def test_a_ledger_of_other_tables(file, page, noted, statement):
    """It says so, and the next one begins anew, as after damage."""
    forget(file)
    with closing(sqlite3.connect(file)) as database:
        database.execute(statement)
    ledger = Ledger(file, "r")
    ledger.note([ReadFile(str(page), state_of(str(page)), OUTCOME)])
    ledger.close()
    assert ledger.trouble
    noted()
    assert found(file, page) == OUTCOME


@pytest.mark.parametrize("value", [5, "text", b"\xff", b'{"articles":"x"}', b'{"x":' * 99_999, None])
def test_a_row_of_another_hand(file, page, noted, value):
    """A row that says nothing that can be meant is one that is not there."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE files SET outcome = ?", (value,))
    assert found(file, page) is None
    noted()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE files SET size = ?, modified = ?, digest = ?", (value, value, value))
    assert found(file, page) is None


def test_a_ledger_that_another_holds(file, page, noted):
    """It is of no use for this time, and stays."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        ledger = Ledger(file, "r")
        assert ledger.find(str(page)) is None
        assert "locked" in ledger.trouble
        ledger.close()
    assert found(file, page) == OUTCOME


def test_a_ledger_that_cannot_be_removed(file):
    """What cannot be forgotten is a typed problem: a rebuilt index must not be told of what it had."""
    file.mkdir()
    with pytest.raises(IndexProblem, match=r"sources\.ledger cannot be removed"):
        forget(file)


def test_a_place_that_cannot_be_written(tmp_path, page):
    """A ledger that cannot be made is trouble, and no end of anything."""
    ledger = Ledger(tmp_path / "nowhere" / "sources.ledger", "r")
    ledger.note([ReadFile(str(page), state_of(str(page)), OUTCOME)])
    assert "sources.ledger" in ledger.trouble
    ledger.close()
