"""The state of a file as it was read: by it one tells later whether it is still that file."""

import hashlib
import os
import stat
import time
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

_PIECE_BYTES = 1 << 20
# File systems keep times in steps of up to two seconds: a file changed so lately may change
# once more within the same step.
_STEP_NANOSECONDS = 2_000_000_000


class FileState(Struct, frozen=True):
    """Size, time of the last change, and a hash of all bytes.

    `modified` is in nanoseconds, and 0 where the file was so new that its time tells
    nothing. `digest` is empty for what is no regular file, or changed while it was read.
    """

    size: int = 0
    modified: int = 0
    digest: str = ""


class Witness:
    """A file that remembers what was read of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.blake2b(digest_size=16)
        self._before = _status(file)

    def read(self, size: int) -> bytes:
        """The next bytes that are there, at most `size`."""
        piece: bytes = getattr(self._file, "read1", self._file.read)(size)
        self._hash.update(piece)
        return piece

    def state(self) -> FileState:
        """The state of the whole file; reads what was not read yet."""
        if self._before is None:
            return FileState()
        while self.read(_PIECE_BYTES):
            pass
        if _status(self._file) != self._before:
            return FileState()
        return FileState(*self._before, self._hash.hexdigest())


def state_of(path: str) -> FileState:
    """The state of a file as it is now; raises OSError."""
    with Path(path).open("rb") as file:
        return Witness(file).state()


def size_and_time(status: os.stat_result) -> tuple[int, int]:
    """What can be told of a file without reading it; see FileState."""
    settled = time.time_ns() - status.st_mtime_ns > _STEP_NANOSECONDS
    return status.st_size, status.st_mtime_ns if settled else 0


def _status(file: BinaryIO) -> tuple[int, int] | None:
    try:
        status = os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return size_and_time(status) if stat.S_ISREG(status.st_mode) else None
