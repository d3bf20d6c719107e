"""The format `zip`, read by the headers that stand before each member.

The directory at the end is not asked: so standard input and archives that were cut off
are read, members cannot overlap, and sizes that lie about a member change nothing.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from wxsearch.errors import IngestProblem, Unreadable, UnsupportedFormat
from wxsearch.ingest.archive.budget import Budget
from wxsearch.ingest.archive.names import decoded_name, shown_name
from wxsearch.ingest.archive.stream import Stream
from wxsearch.ingest.source import Item, Source

_MEMBER = b"PK\x03\x04"
_DESCRIPTOR = b"PK\x07\x08"
# What follows the last member: the directory, or what may stand before it.
_DIRECTORY = (b"PK\x01\x02", b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x08")
_HEADER = struct.Struct("<5H3L2H")
_ENCRYPTED, _SIZES_FOLLOW, _IS_UTF8 = 0x1, 0x8, 0x800
_STORED, _DEFLATED = 0, 8
_ZIP64, _UNICODE_PATH = 0x0001, 0x7075
_SEE_ZIP64 = 0xFFFFFFFF
_OFFICE = ("[Content_Types].xml", "mimetype")
_PIECE_BYTES = 65_536


class _Header(NamedTuple):
    """What stands before a member; `size` is None where only its own end will tell."""

    name: str
    flags: int
    method: int
    checksum: int
    size: int | None


def read(source: Source) -> Iterator[Item | Source]:
    """The members as sources, to be read before the next is asked for; raises IngestProblem."""
    budget = Budget(source)
    stream = Stream(source.chunks, budget.packed)
    while (signature := stream.exactly(4)) not in _DIRECTORY:
        if signature != _MEMBER:
            raise Unreadable("the archive is damaged; what stands before was read")
        budget.member()
        header = _header(stream)
        if header.name in _OFFICE:
            raise UnsupportedFormat("is a document of an office program or a book, not an archive of pages")
        member = _Member(stream, budget, header)
        if not header.name.endswith("/"):
            inner = source.inner(member.chunks(), shown_name(header.name))
            problem = _refusal(header)
            yield inner.rejection(problem) if problem else inner
        member.finish()
        if stream.broken:
            return


def _header(stream: Stream) -> _Header:
    _, flags, method, _, _, checksum, packed, unpacked, name_bytes, extra_bytes = _HEADER.unpack(
        stream.exactly(_HEADER.size)
    )
    raw = stream.exactly(name_bytes)
    extra = _extra(stream.exactly(extra_bytes))
    size: int | None = packed
    if packed == _SEE_ZIP64:
        # Of the two long sizes only those stand there that do not fit their place.
        start = 8 if unpacked == _SEE_ZIP64 else 0
        size = int.from_bytes(extra.get(_ZIP64, b"")[start : start + 8], "little")
    if flags & _SIZES_FOLLOW and not size:
        size = None
    if flags & _IS_UTF8:
        name = raw.decode("utf-8", "replace")
    else:
        # The path stands after a version and a checksum.
        name = extra.get(_UNICODE_PATH, b"")[5:].decode("utf-8", "replace") or decoded_name(raw)
    return _Header(name, flags, method, checksum, size)


def _extra(data: bytes) -> dict[int, bytes]:
    found = {}
    while len(data) >= 4:
        kind, size = struct.unpack_from("<2H", data)
        found[kind] = data[4 : 4 + size]
        data = data[4 + size :]
    return found


def _refusal(header: _Header) -> IngestProblem | None:
    rest = "" if header.size is not None else "; nothing after it was read"
    if header.flags & _ENCRYPTED:
        return UnsupportedFormat(f"is encrypted{rest}")
    if header.method not in (_STORED, _DEFLATED):
        return UnsupportedFormat(f"is packed in a way that is not read here (method {header.method}){rest}")
    if header.method == _STORED and header.size is None:
        return Unreadable(f"does not tell where it ends{rest}")
    return None


class _Member:
    """The content of one member, and the way past what was not read of it."""

    def __init__(self, stream: Stream, budget: Budget, header: _Header) -> None:
        self._stream = stream
        self._budget = budget
        self._header = header
        self._left = header.size
        self._inflated = self._inflate() if header.method == _DEFLATED else self._stored()

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces; raises Unreadable at its end where the checksum differs."""
        checksum = 0
        for piece in self._counted():
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if not self._header.flags & _SIZES_FOLLOW and checksum != self._header.checksum:
            raise Unreadable("is damaged; its checksum differs")

    def finish(self) -> None:
        """Goes to what follows the member, if anything can be had of it; raises IngestProblem."""
        if self._left is None and _refusal(self._header):
            self._stream.broken = True
        if self._stream.broken:
            return
        if self._left is None:
            for _ in self._counted():
                pass
        elif self._left:
            for _ in self._stream.pieces(self._left):
                pass
        if self._header.flags & _SIZES_FOLLOW:
            self._pass_descriptor()

    def _counted(self) -> Iterator[bytes]:
        for piece in self._inflated:
            try:
                self._budget.unpacked(len(piece))
            except IngestProblem:
                self._stream.broken = True
                raise
            yield piece

    def _stored(self) -> Iterator[bytes]:
        while piece := self._packed():
            yield piece

    def _packed(self) -> bytes:
        """The next packed bytes of this member."""
        most = _PIECE_BYTES if self._left is None else min(self._left, _PIECE_BYTES)
        piece = self._stream.some(most) if most else b""
        if most and not piece:
            raise self._stream.cut_off()
        if self._left is not None:
            self._left -= len(piece)
        return piece

    def _inflate(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(wbits=-15)
        data = b""
        while not inflater.eof:
            data = inflater.unconsumed_tail or self._packed()
            try:
                piece = inflater.decompress(data, _PIECE_BYTES)
            except zlib.error:
                raise self._damaged() from None
            if not data and not piece:
                raise self._damaged()
            if piece:
                yield piece
        if self._left is None:
            self._left = 0
            self._stream.give_back(inflater.unused_data)

    def _damaged(self) -> Unreadable:
        # Where the next member begins, only a size could tell.
        self._stream.broken = self._left is None
        return Unreadable("is damaged" + ("; nothing after it was read" if self._left is None else ""))

    def _pass_descriptor(self) -> None:
        """Sizes and checksum after the content: with a signature or without, of 4 or 8 bytes each."""
        data = self._stream.up_to(28)
        sizes = (16, 24) if data.startswith(_DESCRIPTOR) else (12, 20)
        for size in sizes:
            if data[size : size + 4] in (_MEMBER, *_DIRECTORY):
                self._stream.give_back(data[size:])
                return
        if len(data) < 28:
            raise self._stream.cut_off()
        raise Unreadable("the archive is damaged; what stands before was read")
