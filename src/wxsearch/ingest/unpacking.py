"""Files as pieces of bytes, .gz and .zst unpacked on the way, within bounds."""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import zstandard

from wxsearch.errors import TooLarge, Unreadable

_GZIP = re.compile(rb"\x1f\x8b")
# The second is a frame to be skipped, with which some programs begin.
_ZSTD = re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18")
_MAGIC_BYTES = 4
PACKED_SUFFIXES = (".gz", ".zst")
_READ_BYTES = 262_144
# One block of zstd may say "128 kB of the same byte" in four bytes, so a small piece
# of input is all that bounds the memory for its output: 1 kB makes at most 32 MB.
_ZSTD_BYTES = 1_024


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most `size`; none at the end."""


def unpacked_chunks(
    file: Readable, limit: int, name: str = "", on_bytes: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    """The content of a file, unpacked if it is compressed, whatever its name.

    `on_bytes` hears the bytes taken from the file itself. Raises Unreadable where the
    compressed data are damaged or cut off, and TooLarge above `limit` unpacked bytes;
    what was whole before that has been yielded.
    """
    raw = _file_chunks(file, on_bytes)
    first = next(raw, b"")
    while 0 < len(first) < _MAGIC_BYTES and (more := next(raw, b"")):
        first += more
    if _GZIP.match(first):
        yield from _bounded(_gunzipped(_rejoined(first, raw)), limit)
    elif _ZSTD.match(first):
        yield from _bounded(_unzstd(_rejoined(first, raw)), limit)
    elif name.lower().endswith(PACKED_SUFFIXES):
        raise Unreadable("is named as a compressed file and is none")
    else:
        yield from _rejoined(first, raw)


def _file_chunks(file: Readable, on_bytes: Callable[[int], None] | None) -> Iterator[bytes]:
    # read1 hands on what a pipe has; read would wait for a full piece.
    read = getattr(file, "read1", file.read)
    while chunk := read(_READ_BYTES):
        if on_bytes is not None:
            on_bytes(len(chunk))
        yield chunk


def _rejoined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _bounded(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"unpacks to more than {limit} bytes (limits.decompressed_bytes)")
        yield chunk


def _gunzipped(raw: Iterator[bytes]) -> Iterator[bytes]:
    """All members of a gzip file, one after the other."""
    member = zlib.decompressobj(wbits=31)
    for piece in raw:
        data, full = piece, False
        while data or full:
            if member.eof:
                # Zeros may pad the end; tape archives do that.
                data = data.lstrip(b"\0")
                if not data:
                    break
                member = zlib.decompressobj(wbits=31)
            try:
                unpacked = member.decompress(data, _READ_BYTES)
            except zlib.error:
                raise Unreadable("the gzip data are damaged; what stands before was read") from None
            yield unpacked
            full = len(unpacked) == _READ_BYTES and not member.eof
            data = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        raise Unreadable("the gzip data end too early; what stands before was read")


def _unzstd(raw: Iterator[bytes]) -> Iterator[bytes]:
    """All frames of a zstd file, one after the other."""
    frame = zstandard.ZstdDecompressor().decompressobj()
    begun = False
    for piece in raw:
        for start in range(0, len(piece), _ZSTD_BYTES):
            data = piece[start : start + _ZSTD_BYTES]
            while data:
                try:
                    if unpacked := frame.decompress(data):
                        yield unpacked
                except zstandard.ZstdError:
                    raise Unreadable("the zstd data are damaged; what stands before was read") from None
                begun, data = True, b""
                if frame.eof:
                    data = frame.unused_data
                    frame = zstandard.ZstdDecompressor().decompressobj()
                    begun = False
    if begun:
        raise Unreadable("the zstd data end too early; what stands before was read")
