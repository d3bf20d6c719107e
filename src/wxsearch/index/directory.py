"""The index as a directory: whether one is there, of which format, and its newest generation."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem, WxsearchError
from wxsearch.index.schema import FORMAT

FORMAT_FILE = "wxsearch.json"
REMEDY = "index its sources again with --rebuild"
_TABLE = re.compile(r"_MAIN_(\d+)\.toc")


class Table(NamedTuple):
    """A generation's table of contents; `stamp` differs where an index was made anew."""

    generation: int
    stamp: tuple[int, int]


def newest_table(directory: Path) -> Table | None:
    """The table of contents that readers should see, or None where there is no index."""
    try:
        names = [entry.name for entry in directory.iterdir()]
        generations = {int(match[1]): name for name in names if (match := _TABLE.fullmatch(name))}
        if not generations:
            return None
        newest = max(generations)
        status = (directory / generations[newest]).stat()
    except OSError:
        return None
    return Table(newest, (status.st_ino, status.st_mtime_ns))


def open_index(directory: Path) -> FileIndex:
    """Opens an index; raises IndexMissing, IndexIncompatible, IndexCorrupt or IndexProblem."""
    refuse_file(directory)
    if newest_table(directory) is None:
        if any(directory.glob("MAIN_*.seg")):
            raise IndexCorrupt(f"{directory} has lost its table of contents; {REMEDY}")
        raise IndexMissing(f"no index is at {directory}; make one: wxsearch index PATH --index {directory}")
    _check_format(directory)
    with damage_named(directory):
        return FileIndex(FileStorage(str(directory)))


def refuse_file(directory: Path) -> None:
    """Raises IndexProblem where the place of an index is a file."""
    try:
        is_file = directory.is_file()
    except OSError as error:
        raise IndexProblem(f"{directory} cannot be reached ({error.strerror})") from error
    if is_file:
        raise IndexProblem(f"{directory} is a file; an index is a directory: name another with --index")


@contextmanager
def damage_named(directory: Path) -> Iterator[None]:
    """Makes IndexCorrupt of whatever Whoosh raises over damaged files.

    FileNotFoundError passes: a writer removed a file while it was about to be opened.
    """
    try:
        yield
    except (WxsearchError, FileNotFoundError):
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise IndexCorrupt(f"{directory} is damaged ({what}); {REMEDY}") from error


def index_bytes(directory: Path) -> int:
    """The size of all files of the index; files that a writer is removing do not count."""
    size = 0
    for entry in directory.glob("*"):
        try:
            size += entry.stat().st_size if entry.is_file() else 0
        except FileNotFoundError:
            continue
    return size


def _check_format(directory: Path) -> None:
    try:
        found = json.loads((directory / FORMAT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if found != FORMAT:
        raise IndexIncompatible(f"{directory} was not made by this version of wxsearch; {REMEDY}")
