"""How much an archive may hold, counted while it is read; what its headers claim counts for nothing."""

from wxsearch.errors import TooLarge
from wxsearch.ingest.source import Source


class Budget:
    """The bounds of one archive; each method raises TooLarge one beyond its limit."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._limits = source.limits
        self._members = 0
        self._unpacked = 0
        self._packed = 0

    def packed(self, size: int) -> None:
        """So many bytes of the archive were read."""
        self._packed += size

    def stored(self, size: int) -> None:
        """So many bytes were read of an archive that packs nothing."""
        self.packed(size)
        self.unpacked(size)

    def member(self) -> None:
        """One more member, of any kind."""
        self._members += 1
        if self._members > self._limits.archive_members:
            raise TooLarge(
                f"holds more than {self._limits.archive_members} members (limits.archive_members);"
                " the rest was not read"
            )

    def unpacked(self, size: int) -> None:
        """So many bytes came out of it, to be read or to be passed over."""
        self._unpacked += size
        if self._unpacked > self._limits.archive_bytes:
            raise TooLarge(
                f"the archive unpacks to more than {self._limits.archive_bytes} bytes"
                " (limits.archive_bytes); nothing after this was read"
            )
        if self._unpacked > self._limits.archive_ratio * (self._source.packed_bytes or self._packed):
            raise TooLarge(
                f"the archive unpacks to more than {self._limits.archive_ratio} times its size"
                " (limits.archive_ratio); nothing after this was read"
            )
