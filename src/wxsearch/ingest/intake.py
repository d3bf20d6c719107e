"""The way in: paths to articles, one after the other, whatever goes wrong with one."""

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from wxsearch.errors import IngestProblem, ReadingFailed, Unreadable
from wxsearch.ingest.file_state import FileState, Witness
from wxsearch.ingest.formats import HEAD_BYTES, Format, format_beginning, format_named, format_of
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.members import read_source
from wxsearch.ingest.notes import OnNote, discard
from wxsearch.ingest.paths import STANDARD_INPUT, Input, displayed, find_inputs
from wxsearch.ingest.reading import Reading, configured
from wxsearch.ingest.source import Item, Source
from wxsearch.ingest.unpacking import unpacked_chunks
from wxsearch.limits import Limits

OnBytes = Callable[[int], None]
Event = Item | FileState
"""What comes of reading inputs: the items of each, and at its end the state that it was read in."""


def read_articles(
    paths: Sequence[str],
    limits: Limits,
    format: str = "auto",  # noqa: A002 (as the option is called)
    stdin: BinaryIO | None = None,
    on_bytes: OnBytes | None = None,
    on_note: OnNote = discard,
) -> Iterator[Item]:
    """The articles of files, folders and `-`, lazily; one that is bad is a Rejection.

    `on_bytes` hears how many bytes were taken from files, `on_note` what was passed over or
    replaced. Raises, before anything is read, UnsupportedFormat for an unknown `format` and
    NothingToRead for a folder without article files.
    """
    inputs = find_inputs(paths, format_named(format), on_note)
    events = Intake(limits, Manner(format), stdin, on_bytes, on_note).read(inputs)
    return (event for event in events if not isinstance(event, FileState))


class Intake:
    """Reads inputs one by one in this process; raises UnsupportedFormat for a format that is unknown."""

    def __init__(
        self,
        limits: Limits,
        manner: Manner = Manner(),  # noqa: B008 (it never changes)
        stdin: BinaryIO | None = None,
        on_bytes: OnBytes | None = None,
        on_note: OnNote = discard,
        reading: Reading | None = None,
    ) -> None:
        """Reads pages by `reading`, else by the rules of the manner."""
        self._limits = limits
        self._reading = reading or configured(manner.site_rules, manner.host)
        self._chosen = format_named(manner.format)
        self._columns = manner.columns
        self._stdin = stdin
        self._on_bytes = on_bytes
        self._on_note = on_note

    def read(self, inputs: Iterable[Input]) -> Iterator[Event]:
        """Articles and rejections of each input, and after them the state that it was read in."""
        for found in inputs:
            yield from self._read(found)

    def _read(self, found: Input) -> Iterator[Event]:
        limits = self._limits
        source = Source(displayed(found.path), iter(()), limits, self._on_note, self._reading)
        source.reopen = lambda: beginning(found, limits)
        source.columns = self._columns
        state = FileState()
        try:
            with _opened(found, self._stdin) as file:
                witness = Witness(file)
                name = "" if found.data is not None else found.path
                counting = _counting(source, self._on_bytes)
                source.chunks = unpacked_chunks(witness, limits.decompressed_bytes, name, counting)
                yield from self._items(found, source)
                state = witness.state()
        except IngestProblem as problem:
            yield source.rejection(problem)
        except FileNotFoundError:
            yield source.rejection(Unreadable("does not exist"))
        except OSError as error:
            yield source.rejection(Unreadable(f"cannot be read ({error.strerror or error})"))
        yield state

    def _items(self, found: Input, source: Source) -> Iterator[Item]:
        read = 0
        try:
            row = self._chosen or _told_by_name(found) or format_beginning(source.peek(HEAD_BYTES))
            for item in read_source(source, row):
                read += 1
                yield item
            if not read:
                source.note("holds no article")
        except IngestProblem as problem:
            yield source.rejection(problem)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - a fault of one reader is no reason to read nothing else
            yield source.rejection(ReadingFailed(f"broke its reader ({type(error).__name__}: {error})"[:300]))


def beginning(found: Input, limits: Limits) -> bytes | None:
    """All bytes of an input; None where they are more than may be kept, or cannot be had once more."""
    try:
        if found.data is None and not Path(found.path).is_file():
            return None
        with _opened(found, None) as file:
            data = file.read(limits.rejected_bytes + 1)
    except (IngestProblem, OSError, ValueError):
        return None
    return data if len(data) <= limits.rejected_bytes else None


def total_bytes(inputs: Sequence[Input]) -> int | None:
    """How much `on_bytes` will hear of; None where that cannot be known beforehand."""
    try:
        files = [Path(found.path) for found in inputs]
        if not all(file.is_file() for file in files):
            return None
        return sum(file.stat().st_size for file in files)
    except (OSError, ValueError):
        return None


def _counting(source: Source, on_bytes: OnBytes | None) -> OnBytes:
    def count(size: int) -> None:
        source.packed_bytes += size
        if on_bytes is not None:
            on_bytes(size)

    return count


@contextmanager
def _opened(found: Input, stdin: BinaryIO | None) -> Iterator[BinaryIO]:
    if found.data is not None:
        yield io.BytesIO(found.data)
        return
    if found.path == STANDARD_INPUT and found.named:
        yield stdin or sys.stdin.buffer
        return
    if "\0" in found.path:
        raise Unreadable("is not a path; it holds a NUL")
    with Path(found.path).open("rb") as file:
        yield file


def _told_by_name(found: Input) -> Format | None:
    return None if found.path == STANDARD_INPUT else format_of(found.path)
