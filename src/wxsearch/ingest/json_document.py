"""JSON that is no lines: one array of articles, or articles printed over several lines."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from wxsearch.errors import IngestProblem, InvalidArticle, TooLarge
from wxsearch.ingest.json_values import Incomplete, read_value

# Nobody writes a line that is only {, so such a beginning is a value printed over lines.
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[|\{[ \t\r]*\n)")
_BETWEEN = re.compile(r"[\s,]*")


def is_document(head: bytes) -> bool:
    """Whether a file that begins so is to be read value by value, not line by line."""
    return _BEGINNING.match(head) is not None


def read_values(chunks: Iterator[bytes], limit: int) -> Iterator[tuple[Any | IngestProblem, str]]:
    """The values of an array, or of values that follow one another, each with its text.

    Holds one value at a time, of at most `limit` characters. Where a value is broken
    nobody can tell where the next begins: the problem is the last that is yielded.
    """
    reader = _Reader(chunks)
    in_array = reader.skip_bracket()
    while True:
        if reader.at_end():
            if in_array:
                yield Incomplete("the array has no end; what stands before was read"), ""
            return
        if in_array and reader.text.startswith("]", reader.place):
            return
        try:
            value, text = reader.value(limit)
        except IngestProblem as problem:
            yield type(problem)(f"{problem.detail}; the rest of the file was not read"), ""
            return
        yield value, text


class _Reader:
    """A growing text with a place in it; what is behind the place is dropped."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._decoder: codecs.IncrementalDecoder | None = None
        self.text = ""
        self.place = 0

    def skip_bracket(self) -> bool:
        if self.at_end() or self.text[self.place] != "[":
            return False
        self.place += 1
        return True

    def at_end(self) -> bool:
        """Goes to the next value; whether there is none."""
        while True:
            self.place = _BETWEEN.match(self.text, self.place).end()  # type: ignore[union-attr]
            if self.place < len(self.text):
                return False
            if not self._grow(1):
                return True

    def value(self, limit: int) -> tuple[Any, str]:
        while True:
            begin = self.place
            try:
                value, self.place = read_value(self.text, begin)
            except Incomplete:
                # Doubling keeps the work linear: what is read again was read once before.
                held = len(self.text) - self.place
                if held > limit:
                    raise TooLarge(f"is broken or larger than {limit} characters") from None
                if not self._grow(max(held, 65_536)):
                    raise
            else:
                return value, self.text[begin : self.place]

    def _grow(self, size: int) -> bool:
        self.text, self.place = self.text[self.place :], 0
        before = len(self.text)
        for chunk in self._chunks:
            if self._decoder is None:
                chunk = chunk.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901
                self._decoder = _decoder_for(chunk)
            try:
                self.text += self._decoder.decode(chunk)
            except UnicodeDecodeError:
                raise InvalidArticle("is text in no known encoding; save it as UTF-8") from None
            if len(self.text) - before >= size:
                break
        return len(self.text) > before


def _decoder_for(head: bytes) -> codecs.IncrementalDecoder:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return codecs.getincrementaldecoder("gb18030")()
    return codecs.getincrementaldecoder("utf-8")()
