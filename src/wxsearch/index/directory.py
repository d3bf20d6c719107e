"""The index as a directory: whether one is there, of which format, and its generation."""

import json
import re
from pathlib import Path

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem
from wxsearch.index.schema import FORMAT, make_schema

_TABLE = re.compile(r"_MAIN_(\d+)\.toc")
_FORMAT_FILE = "wxsearch.json"


def newest_generation(directory: Path) -> int | None:
    """The generation that readers should see, or None where there is no index."""
    try:
        names = [entry.name for entry in directory.iterdir()]
    except OSError:
        return None
    generations = [int(match[1]) for name in names if (match := _TABLE.fullmatch(name))]
    return max(generations, default=None)


def open_index(directory: Path) -> FileIndex:
    """Opens an index; raises IndexMissing, IndexIncompatible or IndexCorrupt."""
    if directory.is_file():
        raise IndexProblem(f"{directory} is a file; an index is a directory: name another with --index")
    if newest_generation(directory) is None:
        if any(directory.glob("MAIN_*")):
            raise IndexCorrupt(
                f"{directory} has lost its table of contents; index its sources again with --rebuild"
            )
        raise IndexMissing(
            f"there is no index at {directory}; make one with: wxsearch index PATH --index {directory}"
        )
    _check_format(directory)
    try:
        return FileIndex(FileStorage(str(directory)))
    except FileNotFoundError:
        raise
    except Exception as error:
        raise IndexCorrupt(f"{directory} cannot be opened ({error}); rebuild it with --rebuild") from error


def open_or_create_index(directory: Path, *, anew: bool) -> FileIndex:
    """Opens an index, or makes one where none is; with `anew` also where one cannot be read."""
    try:
        return open_index(directory)
    except IndexMissing:
        return _create_index(directory)
    except (IndexIncompatible, IndexCorrupt):
        if not anew:
            raise
        return _create_index(directory)


def _create_index(directory: Path) -> FileIndex:
    """Makes an empty index in a directory that is absent, empty, or holds an index."""
    if directory.is_file():
        raise IndexProblem(f"{directory} is a file; an index is a directory: name another with --index")
    if directory.is_dir() and newest_generation(directory) is None and not _only_ours(directory):
        raise IndexProblem(f"{directory} holds other files and no index; name another place with --index")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / _FORMAT_FILE).write_text(json.dumps(FORMAT), encoding="utf-8")
        return FileStorage(str(directory)).create_index(make_schema())
    except OSError as error:
        raise IndexProblem(f"{directory} cannot be written ({error.strerror})") from error


def index_bytes(directory: Path) -> int:
    """The size of all files of the index."""
    return sum(entry.stat().st_size for entry in directory.iterdir() if entry.is_file())


def _only_ours(directory: Path) -> bool:
    return all(entry.name == _FORMAT_FILE or entry.name.startswith("MAIN") for entry in directory.iterdir())


def _check_format(directory: Path) -> None:
    try:
        found = json.loads((directory / _FORMAT_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if found != FORMAT:
        raise IndexIncompatible(
            f"{directory} was not made by this version of wxsearch; index its sources again with --rebuild"
        )
