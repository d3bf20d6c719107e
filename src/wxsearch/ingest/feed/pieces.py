"""The bytes of a feed cut into what stands before the entries, and each entry by itself.

So one entry that is broken spoils no other, one is held at a time, and whatever a
document type declares is never seen by a parser.
"""

import re
from collections.abc import Iterator

from wxsearch.errors import TooLarge, Unreadable, UnsupportedFormat

_MARK = re.compile(
    rb"<!\[CDATA\[|<!--|<!DOCTYPE"
    rb"|<(?P<end>/?)(?:[A-Za-z][\w.-]{0,30}:)?(?:(?P<entry>item|entry)|(?P<root>rss|feed|RDF))(?=[\s/>])",
)
_ENDS = {b"<!--": re.compile(rb"-->"), b"<![CDATA[": re.compile(rb"\]\]>")}
_TAG_END = re.compile(rb">")
_TYPE_END = re.compile(rb"[>\[]")
# A mark may be cut between two chunks; none is longer, with what has to follow it.
_LONGEST_MARK = 48


def feed_pieces(chunks: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """What stands before the first entry, then the entries; None for one of more than `limit` bytes.

    Raises UnsupportedFormat at a document type with declarations of its own, TooLarge for
    a beginning of more than `limit` bytes, Unreadable where the feed ends too early; what
    was whole has been yielded.
    """
    text = _Text(chunks, limit)
    in_entry = is_closed = is_begun = False
    while (mark := text.find(_MARK)) is not None:
        kind = bytes(mark.group())
        if kind in _ENDS:
            text.find(_ENDS[kind])
        elif kind == b"<!DOCTYPE":
            _pass_document_type(text)
        elif mark["root"]:
            is_closed = is_closed or bool(mark["end"])
        elif not mark["end"] and not in_entry:
            before = text.cut(mark.start())
            if not is_begun:
                yield _beginning(before, limit)
                is_begun = True
            in_entry = not _is_empty_element(text)
        elif mark["end"] and in_entry:
            text.find(_TAG_END)
            yield text.cut(text.place)
            in_entry = False
    if not is_begun:
        yield _beginning(text.cut(len(text.data)), limit)
    elif in_entry or not is_closed:
        where = "in the middle of an entry" if in_entry else "before its end"
        raise Unreadable(f"the feed ends {where}; what stands before was read")


def _beginning(data: bytes | None, limit: int) -> bytes:
    if data is None:
        raise TooLarge(f"has more than {limit} bytes before its first entry (limits.article_bytes)")
    return data


def _is_empty_element(text: "_Text") -> bool:
    end = text.find(_TAG_END)
    return end is not None and text.data[end.start() - 1 : end.start()] == b"/"


def _pass_document_type(text: "_Text") -> None:
    """A name of a document type is harmless where nothing is fetched; what it declares is not."""
    end = text.find(_TYPE_END)
    if end is None or end.group() == b"[":
        raise UnsupportedFormat(
            "declares entities or a document type of its own, which feeds have no need of"
        )


class _Text:
    """Bytes that grow as they are searched; `place` is where the next search begins."""

    def __init__(self, chunks: Iterator[bytes], limit: int) -> None:
        self._chunks = chunks
        self._limit = limit
        self._is_over = False
        self.data = bytearray()
        self.place = 0

    def find(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The next match, behind which the place is then; None, and the end, where there is none."""
        while (match := pattern.search(self.data, self.place)) is None:
            self.place = max(self.place, len(self.data) - _LONGEST_MARK)
            if not self._grow():
                self.place = len(self.data)
                return None
        self.place = match.end()
        return match

    def cut(self, end: int) -> bytes | None:
        """What stands before `end`, which is taken away; None where it was too large to be kept."""
        piece = None if self._is_over or end > self._limit else bytes(self.data[:end])
        del self.data[:end]
        self.place = max(self.place - end, 0)
        self._is_over = False
        return piece

    def _grow(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        if self._is_over or self.place > self._limit:
            # It will not be kept; only what may be the beginning of a mark is.
            self._is_over = True
            del self.data[: self.place]
            self.place = 0
        self.data += chunk
        return True
