"""Bytes of a page to text: UTF-8, UTF-16, GB18030, Big5, pieces of two of them, or a typed refusal.

What a page says of its encoding is often wrong; what its characters say is not.
"""

import codecs
import re
from collections.abc import Iterator

from wxsearch.errors import UndecodableText
from wxsearch.ingest.han_frequency import frequent_share
from wxsearch.ingest.mojibake import unscrambled

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A first tag in UTF-16 without a mark.
_UNMARKED = (
    (re.compile(rb"(?:[ \t\r\n]\0)*+<\0[!?a-zA-Z]\0"), "utf-16-le"),
    (re.compile(rb"(?:\0[ \t\r\n])*+\0<\0[!?a-zA-Z]"), "utf-16-be"),
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
_FOREIGN = frozenset(("shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "shift_jis_2004", "euc_jis_2004"))
# A text with a smaller share of frequent characters is hardly Chinese; so much a declaration is worth.
_CHINESE, _DECLARED = 0.15, 0.1
_LEAST_HAN = 20
_RUN = re.compile(rb"[\x80-\xff][\x40-\xff]*+")
# Bytes by their kinds: a search for a few of a kind is many times faster than a pattern.
_UTF8_KINDS = bytes(76 if 0xE4 <= byte <= 0xE9 else 99 * (0x80 <= byte <= 0xBF) for byte in range(256))
_UTF8_HAN = b"Lcc" * 4
_HIGH_KINDS = bytes(72 if byte >= 0x80 else 32 for byte in range(256))


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a page or file, `declared` being what it says of itself.

    Valid UTF-8 is UTF-8 whatever is declared; text in another encoding is practically
    never valid UTF-8. Pieces in a second encoding, as included files have them, are read
    in theirs, a text that was encoded twice is put right, and a few damaged characters
    become U+FFFD. Raises UndecodableText.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    for beginning, codec in _UNMARKED:
        if beginning.match(data) and (text := _decoded(data, codec)) is not None:
            return text
    if is_binary(data):
        raise UndecodableText("is not text; it looks like an image, an archive or a program")
    try:
        return _seven_bits(data) or unscrambled(data.decode())
    except UnicodeDecodeError:
        pass
    own = (declared or "").strip().lower()
    codec = _DECLARABLE.get(own, "")
    if own in _DECLARABLE and not codec and (text := _decoded(data, own)) is not None:
        return text
    if _decoded(data, "utf-8") is not None:
        return _in_pieces(data, "utf-8", "gb18030")
    return _legacy(data, codec)


def _seven_bits(data: bytes) -> str | None:
    """A text in HZ, with Chinese between ~{ and ~}; None where what that gives is hardly Chinese."""
    text = _decoded(data, "hz") if b"~{" in data and data.isascii() else None
    return text if text is not None and frequent_share(text)[0] >= _CHINESE else None


def _legacy(data: bytes, declared: str) -> str:
    """A text in one of the encodings before UTF-8, chosen by the characters that it gives."""
    found = []
    for codec in ("gb18030", "big5hkscs"):
        if (text := _decoded(data, codec)) is not None:
            share, size = frequent_share(text)
            found.append((share + (codec == declared) * _DECLARED, size, codec, text))
    best = max(found, default=None)
    if _is_western(data):
        return data.decode("cp1252", "replace")
    if best is None:
        return _guessed(data)
    share, size, codec, text = best
    if share < _CHINESE and size >= _LEAST_HAN and (foreign := _foreign(data)) is not None:
        return foreign
    return _in_pieces(data, codec, "utf-8") if _UTF8_HAN in data.translate(_UTF8_KINDS) else text


def _is_western(data: bytes) -> bool:
    """Whether the bytes beyond ASCII stand alone among letters, as no Chinese does."""
    kinds = data.translate(_HIGH_KINDS)
    return kinds.split().count(b"H") * 10 > kinds.count(b"H") * 7


def _in_pieces(data: bytes, codec: str, other: str) -> str:
    """A text with runs in another encoding; each is read as the one in which it is more Chinese."""

    def decoded(run: bytes) -> str:
        try:
            text = run.decode(codec)
        except UnicodeDecodeError:
            text = ""
        if text and other == "gb18030":
            return text
        try:
            again = run.decode(other)
        except UnicodeDecodeError:
            again = ""
        if again and frequent_share(again)[0] > max(frequent_share(text)[0], _CHINESE):
            return again
        return text or run.decode(codec, "replace")

    pieces = []
    start = 0
    for run in _RUN.finditer(data):
        pieces += [data[start : run.start()].decode("ascii"), decoded(run[0])]
        start = run.end()
    return "".join([*pieces, data[start:].decode("ascii")])


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


def _foreign(data: bytes) -> str | None:
    """The text, if it is Japanese or Korean."""
    codec = _guess(data)
    return _decoded(data, codec) if codec in _FOREIGN else None


def _guessed(data: bytes) -> str:
    codec = _guess(data)
    if codec and (text := _decoded(data, codec)) is not None:
        return text
    raise UndecodableText("is text in no known encoding; save it as UTF-8")


def _guess(data: bytes) -> str:
    # Rarely needed and slow to import.
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_GUESSED_BYTES]).best()
    return best.encoding if best is not None else ""
