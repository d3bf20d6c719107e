"""The way in: paths to articles, one after the other, whatever goes wrong with one."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wxsearch.errors import IngestProblem, Unreadable
from wxsearch.ingest.formats import HEAD_BYTES, Format, format_beginning, format_named, format_of
from wxsearch.ingest.paths import STANDARD_INPUT, Input, displayed, find_inputs
from wxsearch.ingest.reading import DEFAULT, Reading
from wxsearch.ingest.source import Item, OnNote, Source, discard
from wxsearch.ingest.unpacking import unpacked_chunks
from wxsearch.limits import Limits

OnBytes = Callable[[int], None]


def read_articles(  # noqa: PLR0913 (what listens, and what is listened to)
    paths: Sequence[str],
    limits: Limits,
    format: str = "auto",  # noqa: A002 (as the option is called)
    stdin: BinaryIO | None = None,
    on_bytes: OnBytes | None = None,
    on_note: OnNote = discard,
    *,
    reading: Reading = DEFAULT,
) -> Iterator[Item]:
    """The articles of files, folders and `-`, lazily; one that is bad is a Rejection.

    `on_bytes` hears how many bytes were taken from files, `on_note` what was passed over
    or replaced; `reading` is how pages are read. Raises, before anything is read,
    UnsupportedFormat for an unknown `format` and NothingToRead for a folder without article files.
    """
    chosen = format_named(format)
    inputs = find_inputs(paths, chosen, on_note)
    opened = ((found, Source(displayed(found.path), iter(()), limits, on_note, reading)) for found in inputs)
    return _read_all(opened, chosen, stdin, on_bytes)


def total_bytes(paths: Sequence[str], format: str = "auto") -> int | None:  # noqa: A002
    """How much `on_bytes` will hear of; None where that cannot be known beforehand."""
    try:
        files = [Path(found.path) for found in find_inputs(paths, format_named(format))]
        if STANDARD_INPUT in paths or not all(file.is_file() for file in files):
            return None
        return sum(file.stat().st_size for file in files)
    except (IngestProblem, OSError, ValueError):
        return None


def _read_all(
    inputs: Iterable[tuple[Input, Source]],
    chosen: Format | None,
    stdin: BinaryIO | None,
    on_bytes: OnBytes | None,
) -> Iterator[Item]:
    for found, source in inputs:
        read = 0
        try:
            with _opened(found, stdin) as file:
                source.chunks = unpacked_chunks(file, source.limits.decompressed_bytes, found.path, on_bytes)
                row = chosen or _told_by_name(found) or format_beginning(source.peek(HEAD_BYTES))
                for item in row.read(source):
                    read += 1
                    yield item
            if not read:
                source.note("holds no article")
        except IngestProblem as problem:
            yield source.rejection(problem)
        except FileNotFoundError:
            yield source.rejection(Unreadable("does not exist"))
        except OSError as error:
            yield source.rejection(Unreadable(f"cannot be read ({error.strerror or error})"))


@contextmanager
def _opened(found: Input, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    if found.path == STANDARD_INPUT and found.named:
        yield stdin or sys.stdin.buffer
        return
    if "\0" in found.path:
        raise Unreadable("is not a path; it holds a NUL")
    with Path(found.path).open("rb") as file:
        yield file


def _told_by_name(found: Input) -> Format | None:
    return None if found.path == STANDARD_INPUT else format_of(found.path)
