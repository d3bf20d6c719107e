"""The format `mhtml`: a page that a browser saved as one file, with its images, as a mail is written."""

import binascii
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

import msgspec

from wxsearch.addresses import is_web_address
from wxsearch.errors import NotAnArticle, Unreadable
from wxsearch.ingest import html
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.identity import derived_id
from wxsearch.ingest.source import Item, Source
from wxsearch.models import Article

BEGINNING = re.compile(
    rb"(?=[A-Za-z][A-Za-z-]{1,40}:)(?:(?!\r?\n\r?\n).){0,3000}?\nContent-Type:\s{0,9}multipart/related",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_MOST_HEADER_BYTES = 16_384
_MOST_PARTS = 10_000


def read(source: Source) -> Iterator[Item]:
    """The one article of the page; raises IngestProblem."""
    headers, part, page = _page(source.whole())
    text = decode(page, part.get_content_charset())
    inner = source.inner(iter((text.encode("utf-8", "replace"),)))
    address = str(part["Content-Location"] or headers["Snapshot-Content-Location"] or "").strip()
    for item in html.read(inner):
        if isinstance(item, Article) and item.url is None and is_web_address(address):
            own = derived_id(address, item.title, item.published, item.body)
            yield msgspec.structs.replace(item, url=address, id=own)
        else:
            yield item


def _page(data: bytes) -> tuple[Message, Message, bytes]:
    """The headers of the file, those of the first part that is a page, and its bytes."""
    headers, start = _headers(data, 0)
    boundary = headers.get_boundary()
    if boundary is None:
        return headers, headers, _content(headers, data[start:])
    mark = b"\n--" + boundary.encode("latin-1", "replace")
    place = data.find(mark, start - 1)
    for _ in range(_MOST_PARTS):
        if place < 0:
            break
        following = data.find(mark, place + len(mark))
        part, start = _headers(data, data.find(b"\n", place + 1) + 1)
        if part.get_content_type() == "text/html":
            return headers, part, _content(part, data[start : following if following >= 0 else len(data)])
        place = following
    raise NotAnArticle("is a saved page without a part that is HTML")


def _headers(data: bytes, start: int) -> tuple[Message, int]:
    """The headers that stand at a place, and where what they are about begins."""
    end = _HEADER_END.search(data, start, start + _MOST_HEADER_BYTES)
    if end is None:
        raise Unreadable("is no saved page, or is damaged")
    return message_from_bytes(data[start : end.start()]), end.end()


def _content(part: Message, data: bytes) -> bytes:
    encoding = str(part["Content-Transfer-Encoding"] or "").strip().lower()
    try:
        if encoding == "base64":
            return binascii.a2b_base64(data)
        return binascii.a2b_qp(data) if encoding == "quoted-printable" else data
    except binascii.Error:
        raise Unreadable("is damaged; its page cannot be decoded") from None
