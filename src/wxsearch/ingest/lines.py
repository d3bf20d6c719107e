"""A stream cut into lines, none of which is held when it is too long, and their encoding."""

import codecs
import re
from collections.abc import Iterator

from wxsearch.errors import UndecodableText

_BLANK_LINES = re.compile(rb"(?:[ \t\r]{0,64}+\n)++")


def split_lines(chunks: Iterator[bytes], limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines and their numbers from 1, without ends; None stands for more than `limit` bytes.

    Most blank lines are left out, but counted: a file may hold hundreds of millions of
    them. A line that is too long is passed over piece by piece, so memory stays at the
    limit and one chunk.
    """
    pending: list[bytes] = []
    size = 0
    number = 1
    for chunk in chunks:
        start = 0
        while (end := chunk.find(b"\n", start)) >= 0:
            if not size and (blank := _BLANK_LINES.match(chunk, start)):
                number += chunk.count(b"\n", start, blank.end())
                start = blank.end()
                continue
            size += end - start
            pending.append(chunk[start:end])
            yield number, b"".join(pending) if size <= limit else None
            number += 1
            pending.clear()
            size, start = 0, end + 1
        size += len(chunk) - start
        if size <= limit:
            pending.append(chunk[start:])
        else:
            pending.clear()
    if size > limit:
        yield number, None
    elif size:
        yield number, b"".join(pending)


class LineDecoder:
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
