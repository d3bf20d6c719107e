"""The format `jsonl`: one article a line, as JSON; also one array, or one object."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from wxsearch.errors import IngestProblem, TooLarge, UndecodableText
from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.encoding import utf8_chunks
from wxsearch.ingest.json_document import is_document, read_values
from wxsearch.ingest.json_values import as_object, read_object
from wxsearch.ingest.lines import split_lines
from wxsearch.ingest.record import article_of
from wxsearch.ingest.source import Item, Source

# Only an escape can bring NUL or a surrogate into JSON that was decoded.
_SUSPECT = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
_HEAD_BYTES = 4_096


def read(source: Source) -> Iterator[Item]:
    """The articles of a file; what cannot be read is named with its line or item."""
    head = source.peek(_HEAD_BYTES)
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            source.chunks = utf8_chunks(source.chunks, codec)
            head = source.peek(_HEAD_BYTES)
    return _from_document(source) if is_document(head) else _from_lines(source)


def _from_lines(source: Source) -> Iterator[Item]:
    limits = source.limits
    lines = _Lines()
    number = 0
    try:
        for number, line in split_lines(source.chunks, limits.article_bytes):
            try:
                if line is None:
                    raise TooLarge(f"is longer than {limits.article_bytes} bytes (limits.article_bytes)")
                text = lines.decode(line)
                if text.isspace() or not text:
                    continue
                record = read_object(text)
                if _SUSPECT.search(text):
                    record = _replaced(record, source, f"line {number}")
                item: Item = article_of(record, limits)
            except IngestProblem as problem:
                item = source.rejection(problem, f"line {number}", line)
            yield item
    except IngestProblem as problem:
        yield source.rejection(problem, f"line {number + 1}", source.original())


def _from_document(source: Source) -> Iterator[Item]:
    number = 0
    try:
        for number, (value, text) in enumerate(read_values(source.chunks, source.limits.article_bytes), 1):
            if isinstance(value, IngestProblem):
                yield source.rejection(value, f"item {number}", source.original())
                return
            try:
                record = _replaced(as_object(value), source, f"item {number}")
                item: Item = article_of(record, source.limits)
            except IngestProblem as problem:
                item = source.rejection(problem, f"item {number}", text.encode("utf-8", "surrogatepass"))
            yield item
    except IngestProblem as problem:
        yield source.rejection(problem, f"item {number + 1}", source.original())


def _replaced(record: dict[str, Any], source: Source, place: str) -> dict[str, Any]:
    clean, count = replace_unstorable(record)
    if count:
        source.note(replaced_note(count), place)
    return clean  # type: ignore[no-any-return]


class _Lines:
    """Decodes lines: UTF-8, else GB18030, but not both in one file.

    After a line of UTF-8 one that is none is damaged: read as GB18030 it would be
    another text, and nobody would notice.
    """

    def __init__(self) -> None:
        self._first = True
        self._is_utf8 = False

    def decode(self, line: bytes) -> str:
        """One line as text; raises UndecodableText."""
        if self._first:
            line, self._first = line.removeprefix(codecs.BOM_UTF8), False
        try:
            text = line.decode()
        except UnicodeDecodeError as error:
            if self._is_utf8:
                raise UndecodableText(
                    f"is not UTF-8, as the lines before are (byte {error.start + 1})"
                ) from None
        else:
            self._is_utf8 = self._is_utf8 or not line.isascii()
            return text
        try:
            return line.decode("gb18030")
        except UnicodeDecodeError:
            raise UndecodableText("is neither UTF-8 nor GB18030; save the file as UTF-8") from None
