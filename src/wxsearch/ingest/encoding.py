"""Bytes of a page to text: UTF-8, UTF-16 with its mark, GB18030, or a typed refusal."""

import codecs
import re
from collections.abc import Iterator

from wxsearch.errors import UndecodableText

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Encodings a page may declare. gb2312 and gbk stand for gb18030, which holds both. Others are
# not believed: pages that declare iso-8859-1 are UTF-8 or GB18030 as a rule.
_DECLARABLE = {
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936", "gb18030"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cp950", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "euc-jp", "euc-kr"), ""),
}
_MAGIC = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|PK\x03\x04|%PDF-|\x7fELF|\x1f\x8b|\x28\xb5\x2f\xfd"
    rb"|Rar!|7z\xbc\xaf|\xd0\xcf\x11\xe0|BZh\d1AY|\xfd7zXZ|ID3|OggS|....ftyp",
    re.DOTALL,
)
_CONTROLS = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
# Guessing looks at so much; it takes a second a megabyte.
_GUESSED_BYTES = 65_536
_STREAMED = ("utf-8", "gb18030", "big5hkscs")


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a page or file, `declared` being what it says of itself.

    Valid UTF-8 is UTF-8 whatever is declared; text in another encoding is practically
    never valid UTF-8, and declarations are often wrong. A few damaged characters become
    U+FFFD. Raises UndecodableText.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    if is_binary(data):
        raise UndecodableText("is not text; it looks like an image, an archive or a program")
    own = _DECLARABLE.get((declared or "").strip().lower())
    own = (declared or "").strip().lower() if own == "" else own
    for codec in dict.fromkeys(filter(None, ("utf-8", own, "gb18030"))):
        if (text := _decoded(data, codec)) is not None:
            return text
    return _guessed(data)


def is_binary(data: bytes) -> bool:
    """Whether bytes without a byte order mark are no text in any encoding read here."""
    if _MAGIC.match(data):
        return True
    head = data[:_GUESSED_BYTES]
    return (len(head) - len(head.translate(None, _CONTROLS))) * 200 > len(head)


def utf8_chunks(chunks: Iterator[bytes], codec: str) -> Iterator[bytes]:
    """A stream in another encoding as UTF-8; what cannot be read becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    for chunk in chunks:
        yield decoder.decode(chunk).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def stream_codec(head: bytes, declared: str | None = None) -> str:
    """The encoding in which `decode` reads a stream that begins so; UTF-8 where that is none of these.

    For what is decoded in pieces: a short one in GB18030 may be valid UTF-8 by chance.
    """
    # Behind these no character is cut in two, in none of the encodings.
    whole = head[: max(map(head.rfind, (b"\n", b">", b","))) + 1] or head
    try:
        text = decode(whole, declared)
    except UndecodableText:
        return "utf-8"
    return next((codec for codec in _STREAMED if whole.decode(codec, "replace") == text), "utf-8")


def _decoded(data: bytes, codec: str) -> str | None:
    """The text, if at most one in twenty characters beyond ASCII is damaged."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
    damaged = text.count("\ufffd")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if damaged * 20 <= beyond else None


def _guessed(data: bytes) -> str:
    # Rarely needed and slow to import.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESSED_BYTES]).best()
    if best is not None and (text := _decoded(data, best.encoding)) is not None:
        return text
    raise UndecodableText("is text in no known encoding; save it as UTF-8")
