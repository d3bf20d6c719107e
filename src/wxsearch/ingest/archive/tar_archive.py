"""The format `tar`, read from front to back; links, devices and folders are passed over."""

import tarfile
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from wxsearch.errors import TooLarge, Unreadable
from wxsearch.ingest.archive.budget import Budget
from wxsearch.ingest.archive.names import decoded_name, shown_name
from wxsearch.ingest.archive.stream import Stream
from wxsearch.ingest.source import Item, Source

_BLOCK_BYTES = 512
# Of what says more about the next member: long names, and pairs of key and value.
_MOST_HEADER_BYTES = 65_536
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_WITHOUT_CONTENT = {
    tarfile.LNKTYPE: "links",
    tarfile.SYMTYPE: "links",
    tarfile.CHRTYPE: "devices",
    tarfile.BLKTYPE: "devices",
    tarfile.FIFOTYPE: "pipes",
    tarfile.DIRTYPE: "folders",
}


class _Header(NamedTuple):
    """What stands before a member: `size` bytes follow."""

    name: str
    kind: bytes
    size: int


def read(source: Source) -> Iterator[Item | Source]:
    """The members as sources, to be read before the next is asked for; raises IngestProblem."""
    budget = Budget(source)
    stream = Stream(source.chunks, budget.stored)
    passed: Counter[str] = Counter()
    while header := _next_header(stream, budget):
        if header.kind in _WITHOUT_CONTENT:
            passed[_WITHOUT_CONTENT[header.kind]] += 1
            continue
        member = _Member(stream, header.size)
        if header.kind in _FILES:
            yield source.inner(member.chunks(), shown_name(header.name))
        else:
            passed["members of other kinds"] += 1
        if stream.broken:
            return
        member.finish()
    del passed["folders"]
    if passed:
        kinds = ", ".join(f"{count} × {kind}" for kind, count in sorted(passed.items()))
        source.note(f"what is no file was passed over: {kinds}")


class _Member:
    """The content of one member, and the way past what was not read of it."""

    def __init__(self, stream: Stream, size: int) -> None:
        self._stream = stream
        self._size = size
        self._pieces = stream.pieces(size)

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces; raises Unreadable where it is cut off."""
        yield from self._pieces

    def finish(self) -> None:
        """Goes to the next header; raises IngestProblem."""
        for _ in self._pieces:
            pass
        self._stream.exactly(-self._size % _BLOCK_BYTES)


def _next_header(stream: Stream, budget: Budget) -> _Header | None:
    """The next member that is one; None at the mark of the end."""
    name, size = "", None
    while True:
        block = stream.up_to(_BLOCK_BYTES)
        if not block:
            raise Unreadable("the archive has no end mark and may be cut off; what stands before was read")
        if len(block) < _BLOCK_BYTES:
            raise stream.cut_off()
        if not block.strip(b"\0"):
            return None
        found = _parsed(block)
        if found.kind == tarfile.GNUTYPE_LONGNAME:
            name = decoded_name(_content(stream, found).rstrip(b"\0"))
        elif found.kind in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE):
            pairs = _pairs(_content(stream, found))
            name = decoded_name(pairs.get(b"path", b"")) or name
            size = _size(pairs[b"size"]) if b"size" in pairs else size
        elif found.kind in (tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK):
            _content(stream, found)
        elif found.kind == tarfile.GNUTYPE_SPARSE:
            raise Unreadable("holds a sparse file, which is not read; what stands before was read")
        else:
            budget.member()
            return _Header(name or found.name, found.kind, found.size if size is None else size)


def _parsed(block: bytes) -> _Header:
    try:
        info = tarfile.TarInfo.frombuf(block, "latin-1", "strict")
    except (tarfile.HeaderError, ValueError, OverflowError):
        info = None
    if info is None or info.size < 0:
        raise Unreadable("the archive is damaged; what stands before was read")
    return _Header(decoded_name(info.name.encode("latin-1")), info.type, info.size)


def _content(stream: Stream, header: _Header) -> bytes:
    if header.size > _MOST_HEADER_BYTES:
        raise TooLarge(f"a header of the archive is larger than {_MOST_HEADER_BYTES} bytes")
    data = stream.exactly(header.size)
    stream.exactly(-header.size % _BLOCK_BYTES)
    return data


def _pairs(data: bytes) -> dict[bytes, bytes]:
    """The pairs of a pax header, each written `length key=value` with a line break."""
    found = {}
    while data:
        length = data.partition(b" ")[0]
        size = int(length) if length.isdigit() and len(length) < 8 else 0
        key, equals, value = data[len(length) + 1 : size].partition(b"=")
        if not equals:
            break
        found[key] = value.removesuffix(b"\n")
        data = data[size:]
    return found


def _size(digits: bytes) -> int:
    if not digits.isdigit() or len(digits) > 18:
        raise Unreadable("the archive is damaged; what stands before was read")
    return int(digits)
