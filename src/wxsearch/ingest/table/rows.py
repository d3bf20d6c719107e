"""The rows of a table, one at a time: quoted cells over several lines, whatever the delimiter."""

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from wxsearch.errors import IngestProblem, InvalidArticle, TooLarge
from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.lines import LineDecoder, split_lines
from wxsearch.ingest.source import Source
from wxsearch.ingest.table.columns import Dialect

_DELIMITERS = ",\t;|，"
# Excel's own way to name the delimiter, in a line before the header.
_NAMED_DELIMITER = re.compile(r"\ufeff?sep=(.)\s*")
_QUOTED = re.compile(r'"[^"]*"')


Cells = list[str]


class Row(NamedTuple):
    """A row, the line that it begins in, from 1, and its bytes in UTF-8; or what is wrong with it."""

    line: int
    cells: Cells | IngestProblem
    original: bytes


def read_rows(source: Source, dialect: Dialect) -> Iterator[Row]:
    """The rows; a line that names the delimiter counts to the first.

    Raises IngestProblem where the source itself fails.
    """
    lines = _Lines(source)
    # Holds for all of the process; no row is longer anyway, as _Lines sees to it.
    csv.field_size_limit(source.limits.article_bytes)
    delimiter = dialect.delimiter or _delimiter(lines)
    is_quoted = dialect.quote != ""
    rows = csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=dialect.quote or '"',
        quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE,
        strict=True,
    )
    while True:
        lines.begin_row()
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(lines.first, InvalidArticle(f"is no row of a table: {error}"), lines.taken())
        except IngestProblem as problem:
            if lines.has_failed:
                raise
            yield Row(lines.first, problem, lines.taken())
        else:
            original = lines.taken()
            if any(cells):
                yield Row(lines.first, cells, original)


def _delimiter(lines: "_Lines") -> str:
    """The one that stands most often in the first line, outside quotes."""
    line = lines.peek()
    if match := _NAMED_DELIMITER.fullmatch(line):
        lines.drop(line)
        return match[1]
    plain = _QUOTED.sub("", line)
    return max(_DELIMITERS, key=plain.count)


class _Lines:
    """Lines as text for the reader of rows; a row that has too many bytes is not gathered."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._limit = source.limits.article_bytes
        self._lines = split_lines(source.chunks, self._limit)
        self._decoder = LineDecoder()
        self._peeked: tuple[int, bytes | None] | None = None
        self._size = 0
        self._raw: list[bytes] = []
        self.first = 0
        self.has_failed = False

    def begin_row(self) -> None:
        """The next line begins a row."""
        self._size = self.first = 0

    def peek(self) -> str:
        """The first line, which stays to be read; nothing where it cannot be decoded."""
        self._peeked = self._next()
        line = self._peeked and self._peeked[1]
        return (line or b"").decode("utf-8", "replace")

    def drop(self, line: str) -> None:
        """Takes away the line that was looked at."""
        self._peeked = None
        self._raw.append(line.encode())

    def taken(self) -> bytes:
        """The lines since this was asked last."""
        raw = b"".join(line + b"\n" for line in self._raw)
        self._raw.clear()
        return raw

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        found, self._peeked = self._peeked or self._next(), None
        if found is None:
            raise StopIteration
        number, line = found
        self.first = self.first or number
        self._size += 0 if line is None else len(line)
        if line is None or self._size > self._limit:
            raise TooLarge(f"is larger than {self._limit} bytes (limits.article_bytes)")
        self._raw.append(line)
        text, replaced = replace_unstorable(self._decoder.decode(line))
        if replaced:
            self._source.note(replaced_note(replaced), f"line {number}")
        return str(text).removesuffix("\r") + "\n"

    def _next(self) -> tuple[int, bytes | None] | None:
        try:
            return next(self._lines, None)
        except IngestProblem:
            self.has_failed = True
            raise
