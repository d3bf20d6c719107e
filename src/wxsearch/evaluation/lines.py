"""The lines of a collection's files, and what is said where one is wrong."""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path

from wxsearch.errors import IngestProblem, InvalidCollection
from wxsearch.ingest.lines import split_lines
from wxsearch.ingest.unpacking import unpacked_chunks
from wxsearch.limits import Limits


def wrong_line(path: Path, number: int, what: str) -> InvalidCollection:
    """The error of a line, by file and number from 1."""
    return InvalidCollection(f"{path}, line {number}: {what}")


def read_lines(
    path: Path, limits: Limits, on_bytes: Callable[[int], None] | None = None
) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers, of a UTF-8 file that may be packed.

    Raises InvalidCollection.
    """
    number = 0
    try:
        with path.open("rb") as file:
            chunks = unpacked_chunks(file, limits.decompressed_bytes, path.name, on_bytes)
            for number, line in split_lines(chunks, limits.article_bytes):
                if line is None:
                    what = f"is longer than {limits.article_bytes} bytes (limits.article_bytes)"
                    raise wrong_line(path, number, what)
                text = _decoded(path, number, line)
                if text and not text.isspace():
                    yield number, text
    except OSError as error:
        raise InvalidCollection(f"{path}: cannot be read ({error.strerror})") from None
    except IngestProblem as problem:
        raise InvalidCollection(f"{path}, after line {number}: {problem.detail}") from None


def _decoded(path: Path, number: int, line: bytes) -> str:
    if number == 1:
        line = line.removeprefix(codecs.BOM_UTF8)
    try:
        return line.decode().removesuffix("\r")
    except UnicodeDecodeError as error:
        raise wrong_line(path, number, f"is not UTF-8 (byte {error.start + 1})") from None
