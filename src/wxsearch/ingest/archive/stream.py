"""The bytes of an archive, from front to back, never back again."""

from collections.abc import Callable, Iterator

from wxsearch.errors import IngestProblem, Unreadable

_PIECE_BYTES = 65_536


class Stream:
    """Takes bytes in sequence; `broken` says that nothing more can be had of it.

    `on_bytes` hears how many were taken, and may raise IngestProblem.
    """

    def __init__(self, chunks: Iterator[bytes], on_bytes: Callable[[int], None]) -> None:
        self._chunks = chunks
        self._on_bytes = on_bytes
        self._held = b""
        self._place = 0
        self.broken = False

    def some(self, most: int = _PIECE_BYTES) -> bytes:
        """At least one byte and at most so many; none at the end."""
        if self._place == len(self._held):
            self._held, self._place = self._next_chunk(), 0
        piece = self._held[self._place : self._place + most]
        self._place += len(piece)
        return piece

    def up_to(self, size: int) -> bytes:
        """So many bytes, or all that are left."""
        pieces = []
        while size and (piece := self.some(size)):
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def exactly(self, size: int) -> bytes:
        """So many bytes; raises Unreadable where the archive ends before."""
        data = self.up_to(size)
        if len(data) < size:
            raise self.cut_off()
        return data

    def pieces(self, size: int) -> Iterator[bytes]:
        """So many bytes in pieces; raises Unreadable where the archive ends before."""
        while size:
            piece = self.some(min(size, _PIECE_BYTES))
            if not piece:
                raise self.cut_off()
            size -= len(piece)
            yield piece

    def give_back(self, data: bytes) -> None:
        """Takes back the last bytes that were handed out."""
        self._held, self._place = data + self._held[self._place :], 0

    def cut_off(self) -> Unreadable:
        """The error of an archive that ends where it should not."""
        self.broken = True
        return Unreadable("the archive ends too early; what stands before was read")

    def _next_chunk(self) -> bytes:
        try:
            chunk = next(filter(None, self._chunks), b"")
            if chunk:
                self._on_bytes(len(chunk))
        except IngestProblem:
            self.broken = True
            raise
        return chunk
