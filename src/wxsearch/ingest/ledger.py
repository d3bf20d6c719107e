"""The ledger of an index: which files were read, in what state, and what came of them.

It is there to save work. Where it is lost or cannot be used, everything is read again.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from wxsearch.errors import IndexProblem
from wxsearch.ingest.file_state import FileState, size_and_time, state_of
from wxsearch.models import Rejection

_TABLE = """CREATE TABLE IF NOT EXISTS files (
    path BLOB PRIMARY KEY, size INTEGER, modified INTEGER, digest TEXT, rules TEXT, outcome BLOB
) WITHOUT ROWID"""
_FIND = "SELECT size, modified, digest, outcome FROM files WHERE path = ? AND rules = ?"
_NOTE = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)"
# With these in the low byte of a code the ledger may be whole: something is in the way.
_PASSING = frozenset(
    (
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM),
    )
)


class Outcome(Struct, frozen=True):
    """What came of a file."""

    articles: int = 0
    rejections: tuple[Rejection, ...] = ()


class ReadFile(NamedTuple):
    """A file that was read, in which state, and what came of it."""

    path: str
    state: FileState
    outcome: Outcome


class Ledger:
    """The ledger in a file, for reading by certain rules.

    `trouble` says why it is of no use any more, if it is not: then nothing is found and noted.
    """

    def __init__(self, file: Path, rules: str) -> None:
        self.trouble: str | None = None
        self._file = file
        self._rules = rules
        self._database: sqlite3.Connection | None = None
        self._touched: list[ReadFile] = []

    def find(self, path: str) -> Outcome | None:
        """What came of a file, if it was read by the same rules and is what it was then.

        Size and time of change tell, and where the time does not, the content.
        """
        if self.trouble or not self._file.exists():
            return None
        try:
            row = self._opened().execute(_FIND, (_key(path), self._rules)).fetchone()
            if row is None:
                return None
            state, outcome = FileState(*row[:3]), msgspec.json.decode(row[3], type=Outcome)
            now = _still(path, state)
        except (OSError, TypeError, RecursionError, msgspec.DecodeError):
            # The file cannot be looked at, or the row was written by another hand: TypeError is no blob.
            return None
        except sqlite3.Error as error:
            self._give_up(error)
            return None
        if now is None:
            return None
        if now != state:
            self._touched.append(ReadFile(path, now, outcome))
        return outcome

    def note(self, readings: Iterable[ReadFile]) -> None:
        """Notes what was read, all of it or nothing; it outlives a power cut when this returns."""
        rows = [
            (_key(path), *msgspec.structs.astuple(state), self._rules, msgspec.json.encode(outcome))
            for path, state, outcome in readings
        ]
        if self.trouble or not rows:
            return
        try:
            with self._opened() as database:
                database.executemany(_NOTE, rows)
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Notes the new times of files that were found the same, and closes the file."""
        self.note(self._touched)
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def _opened(self) -> sqlite3.Connection:
        if self._database is None:
            self._database = sqlite3.connect(self._file, timeout=1)
            self._database.execute(_TABLE)
        return self._database

    def _give_up(self, error: sqlite3.Error) -> None:
        self.trouble = f"{self._file}: {error}; files that were read before are read again"
        if error.sqlite_errorcode & 0xFF not in _PASSING:
            # Damaged, or of other tables: the next run begins a new one.
            with suppress(IndexProblem):
                forget(self._file)


def forget(file: Path) -> None:
    """Removes a ledger: what it says of the index is not true any more. Raises IndexProblem."""
    try:
        # A journal without its file does no harm to one that comes later.
        file.unlink(missing_ok=True)
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
    except OSError as error:
        raise IndexProblem(f"{file} cannot be removed ({error.strerror})") from None


def _key(path: str) -> bytes:
    return os.fsencode(os.path.abspath(path))  # noqa: PTH100 (links stay as they are)


def _still(path: str, state: FileState) -> FileState | None:
    """The state of a file if it is what it was, perhaps with another time; raises OSError."""
    size, modified = size_and_time(os.stat(path))  # noqa: PTH116 (half a million times)
    if size != state.size:
        return None
    if modified and modified == state.modified:
        return state
    now = state_of(path)
    return now if (now.size, now.digest) == (state.size, state.digest) else None
