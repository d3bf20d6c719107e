"""JSON that is no lines: a list of articles, alone or wrapped, or articles printed over several lines."""

import codecs
import re
from collections.abc import Iterator
from typing import Any

from wxsearch.errors import IngestProblem, InvalidArticle, TooLarge
from wxsearch.ingest.json_values import Incomplete, read_value
from wxsearch.ingest.json_wrapper import next_list

# The first line of an object, as far as no string is cut, and what begins the next.
_FIRST_LINE = re.compile(r'(\{(?:[^"\n]|"(?:[^"\\\n]|\\.)*+")*+)\n\s*([^\s{])')
# Behind these an object goes on: a line that ends so, and no other object below, is one printed over lines.
_OPEN_ENDS = ("{", "[", ":", ",")
# So much of an object tells whether it wraps a list.
_TELLING_CHARACTERS = 65_536
_BETWEEN = re.compile(r"[\s,]*")


def is_document(head: bytes) -> bool:
    """Whether a file that begins so is to be read value by value, not line by line."""
    text = head[:_TELLING_CHARACTERS].decode(_codec_of(head), "replace").lstrip("\ufeff \t\r\n")
    if not text.startswith("{"):
        return text.startswith("[")
    if (line := _FIRST_LINE.match(text)) and line[1].rstrip().endswith(_OPEN_ENDS):
        return True
    found = next_list(text, 0)
    return found is not None and found.depth > 0


def read_values(chunks: Iterator[bytes], limit: int) -> Iterator[tuple[Any | IngestProblem, str]]:
    """The values of an array, or of values that follow one another, each with its text.

    Of an object that wraps a list of articles these are the values.

    Holds one value at a time, of at most `limit` characters. Where a value is broken
    nobody can tell where the next begins: the problem is the last that is yielded.
    """
    reader = _Reader(chunks)
    in_list, depth = reader.skip_bracket(), 0
    while True:
        if reader.at_end():
            if in_list:
                yield Incomplete("the array has no end; what stands before was read"), ""
            return
        try:
            if in_list and reader.skip_end():
                if not depth:
                    return
                depth = reader.leave_list(depth, limit)
                in_list = depth > 0
                continue
            if not in_list and (depth := reader.enter_list()):
                in_list = True
                continue
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

    def skip_end(self) -> bool:
        """Goes behind the end of a list, if that stands here."""
        is_end = self.text.startswith("]", self.place)
        self.place += is_end
        return is_end

    def enter_list(self) -> int:
        """Goes into the list that the object here wraps; gives how many objects that stands in, or 0."""
        if not self.text.startswith("{", self.place):
            return 0
        if len(self.text) - self.place < _TELLING_CHARACTERS:
            self._grow(_TELLING_CHARACTERS)
        found = next_list(self.text[: self.place + _TELLING_CHARACTERS], self.place)
        if found is None or not found.depth:
            return 0
        self.place = found.end
        return found.depth

    def leave_list(self, depth: int, limit: int) -> int:
        """Goes from the end of a list to the next in the same objects, or behind them; as `enter_list`."""
        while (found := next_list(self.text, self.place, depth)) is None:
            held = len(self.text) - self.place
            if held > limit:
                raise TooLarge(f"has more than {limit} characters behind its list")
            if not self._grow(max(held, _TELLING_CHARACTERS)):
                raise Incomplete("the object around the list has no end")
        self.place = found.end
        return found.depth

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
                self._decoder = codecs.getincrementaldecoder(_codec_of(chunk))()
            try:
                self.text += self._decoder.decode(chunk)
            except UnicodeDecodeError:
                raise InvalidArticle("is text in no known encoding; save it as UTF-8") from None
            if len(self.text) - before >= size:
                break
        return len(self.text) > before


def _codec_of(head: bytes) -> str:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
