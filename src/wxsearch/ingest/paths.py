"""Paths as the user names them, to the files that will be read."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from wxsearch.errors import NothingToRead
from wxsearch.ingest.formats import FORMATS, Format, format_of, suffix_of
from wxsearch.ingest.notes import Note, OnNote, discard

STANDARD_INPUT = "-"


class Input(NamedTuple):
    """A file to read, and whether the user named it or the folder around it.

    `data` is read in its place, where it is there.
    """

    path: str
    named: bool
    data: bytes | None = None


def find_inputs(paths: Sequence[str], chosen: Format | None = None, on_note: OnNote = discard) -> list[Input]:
    """The files behind paths, in order, those of a folder sorted by name.

    A path that is no folder is taken as it is: opening it will tell. Raises
    NothingToRead, before anything is read, for a folder without article files.
    """
    inputs: list[Input] = []
    for path in paths:
        if path == STANDARD_INPUT or not _is_folder(path):
            inputs.append(Input(path, named=True))
            continue
        found = _in_folder(path, chosen, on_note)
        if not found:
            rows = [chosen] if chosen else FORMATS
            known = ", ".join(suffix for row in rows for suffix in row.suffixes)
            raise NothingToRead(
                f"{displayed(path)}: no article files in this folder; their names end in {known}"
            )
        inputs += found
    return inputs


def _is_folder(path: str) -> bool:
    """Whether it is one for certain; a path that cannot be looked at is refused when it is opened."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def displayed(path: str) -> str:
    """A path as text that every output can hold, also where its name is not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def absolute(path: str) -> str:
    """A path as it means the same from everywhere; standard input has none."""
    return path if path == STANDARD_INPUT else os.path.abspath(path)  # noqa: PTH100 (links stay as they are)


def _in_folder(folder: str, chosen: Format | None, on_note: OnNote) -> list[Input]:
    found: list[Input] = []
    passed: Counter[str] = Counter()
    for path in _files(folder, on_note):
        if _wanted(path, chosen):
            found.append(Input(path, named=False))
        else:
            passed[suffix_of(path) or "no ending"] += 1
    if passed:
        kinds = ", ".join(f"{count} × {ending}" for ending, count in sorted(passed.items()))
        on_note(Note(displayed(folder), None, f"files that hold no articles were passed over: {kinds}"))
    return found


def _wanted(path: str, chosen: Format | None) -> bool:
    """By name only: files of other kinds in a folder are no mistake of the user's."""
    if chosen is None:
        return format_of(path) is not None
    return suffix_of(path) in (*chosen.suffixes, "")


def _files(folder: str, on_note: OnNote) -> Iterator[str]:
    """Ordinary files below a folder, without hidden ones and without links that lead out."""
    root = os.path.realpath(folder)

    def unreadable(error: OSError) -> None:
        on_note(Note(displayed(error.filename or folder), None, f"cannot be read ({error.strerror})"))

    for place, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = os.path.join(place, name)  # noqa: PTH118 (a Path a file costs more than reading some)
            if name.startswith(".") or not os.path.isfile(path):  # noqa: PTH113
                continue
            if os.path.islink(path) and os.path.commonpath((root, os.path.realpath(path))) != root:  # noqa: PTH114
                continue
            yield path
