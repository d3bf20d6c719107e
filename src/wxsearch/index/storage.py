"""The only code that touches index files: the seam, and the file system behind it.

A file is made once, written front to back, synced and closed, and never changed or cut
afterwards. What goes wrong is an OSError; the layers above say what it means for the index.
"""

import errno
import os
import re
import stat
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol, Self

from wxsearch.errors import Busy, WriterLocked
from wxsearch.index.locks import Lock
from wxsearch.index.mapping import map_descriptor
from wxsearch.index.names import GATE, PLAIN, UNLISTED, WRITER_LOCK

Bytes = bytes | bytearray | memoryview

# A pipe in place of a file would otherwise wait for somebody to write.
_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
_DIRECTORY = os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY
_PLAIN = re.compile(PLAIN)

# Readers hold their lock for as long as it takes to map the files, the collector for
# as long as it takes to remove some; both give up on a process that is stopped meanwhile.
_READER_PATIENCE_SECONDS = 10.0
_COLLECTOR_PATIENCE_SECONDS = 0.25


class HeldLock(AbstractContextManager["HeldLock"], Protocol):
    """A lock, freed at the end of `with` too; see locks.Lock."""

    @property
    def held(self) -> bool:
        """Whether this process still has it."""

    def release(self) -> None:
        """Frees it; again does nothing."""


class NewFile(Protocol):
    """A file that is being written."""

    def write(self, data: Bytes) -> None:
        """Appends all of the bytes."""

    def sync(self) -> None:
        """Returns when all that was written is on the disk; its name may not be."""

    def close(self) -> None:
        """Ends writing; does not sync. Again does nothing."""


class Storage(Protocol):
    """A flat directory of files. Every method but the locks raises OSError."""

    @property
    def location(self) -> str:
        """What messages call the place; the same place has the same location."""

    def names(self) -> set[str]:
        """What is there now, lock files left out; FileNotFoundError without a directory."""

    def create(self, name: str) -> NewFile:
        """Makes an empty file; FileExistsError where there is one of this name."""

    def rename(self, old: str, new: str) -> None:
        """Gives a file its final name, at once or not at all."""

    def remove(self, name: str) -> None:
        """Takes a name away; who has mapped the file keeps it."""

    def sync_directory(self) -> None:
        """Returns when all names made, given and taken away so far are on the disk."""

    def map(self, name: str) -> memoryview:
        """The bytes of a file, read-only, for as long as any view of them lives."""

    def lock_writer(self) -> HeldLock:
        """Makes the caller the writer; WriterLocked at once where there is one, or OSError."""

    def lock_snapshot(self, *, exclusive: bool) -> HeldLock:
        """Shared while files are found and mapped, exclusive while they are removed.

        Raises Busy where it cannot be had in time, or OSError.
        """


class FileStorage:
    """The storage on a local file system; a directory is its own snapshot lock."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory.absolute()

    @classmethod
    def make(cls, directory: Path) -> Self:
        """Makes the directory durably where it is absent, for this user only."""
        missing = []
        place = directory.absolute()
        while not place.exists():
            missing.append(place)
            place = place.parent
        for new in reversed(missing):
            new.mkdir(mode=0o700, exist_ok=True)
            _sync_directory(new.parent)
        return cls(directory)

    @property
    def location(self) -> str:
        """The path of the directory."""
        return str(self._directory)

    def names(self) -> set[str]:
        """What is there now, subdirectories included."""
        return {entry.name for entry in self._directory.iterdir()} - UNLISTED

    def create(self, name: str) -> "NewLocalFile":
        """Makes an empty file, readable by this user only."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        return NewLocalFile(os.open(self._path(name), flags, 0o600))

    def rename(self, old: str, new: str) -> None:
        """Gives a file its final name."""
        self._path(old).rename(self._path(new))

    def remove(self, name: str) -> None:
        """Takes a name away."""
        self._path(name).unlink()

    def sync_directory(self) -> None:
        """Syncs all names."""
        _sync_directory(self._directory)

    def map(self, name: str) -> memoryview:
        """Maps a file; what is no regular file (a link, a pipe) is an OSError."""
        descriptor = os.open(self._path(name), _READ)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.ELOOP, "not a regular file", name)
            return map_descriptor(descriptor, status.st_size)
        finally:
            os.close(descriptor)

    def lock_writer(self) -> Lock:
        """Makes the caller the writer until the lock is released or the process ends."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        os.close(os.open(self._directory / GATE, flags, 0o600))
        descriptor = os.open(self._directory / WRITER_LOCK, flags, 0o600)
        try:
            return Lock(descriptor, exclusive=True, patience=0.0)
        except BlockingIOError:
            raise WriterLocked(
                f"{self.location} is being written by another process; try again when it is done"
            ) from None

    def is_being_written(self) -> bool:
        """Whether a process is the writer now; one that begins this very moment may be refused."""
        try:
            descriptor = os.open(self._directory / WRITER_LOCK, _READ)
            Lock(descriptor, exclusive=False, patience=0.0).release()
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        return False

    def lock_snapshot(self, *, exclusive: bool) -> Lock:
        """Locks the directory itself, so that a reader needs no right to write."""
        patience = _COLLECTOR_PATIENCE_SECONDS if exclusive else _READER_PATIENCE_SECONDS
        try:
            with self._gate(exclusive=exclusive, patience=patience):
                return Lock(os.open(self._directory, _DIRECTORY), exclusive=exclusive, patience=patience)
        except BlockingIOError:
            raise Busy(f"{self.location} is held by a process that does not go on") from None

    def _gate(self, *, exclusive: bool, patience: float) -> AbstractContextManager[object]:
        # Readers that come one after the other would keep a collector out for ever; they
        # pass the gate first, and it stays shut while a collector waits.
        try:
            descriptor = os.open(self._directory / GATE, _READ)
        except FileNotFoundError:
            # Restored without it: the next writer makes it.
            return nullcontext()
        return Lock(descriptor, exclusive=exclusive, patience=patience)

    def _path(self, name: str) -> Path:
        # Names come from manifests too: none may lead out of the directory.
        if not _PLAIN.fullmatch(name):
            raise ValueError(f"{name!r} is no name of an index file")
        return self._directory / name


class NewLocalFile:
    """A file of FileStorage that is being written."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def write(self, data: Bytes) -> None:
        """Appends all of the bytes, in as many steps as the system wants."""
        rest = memoryview(data).cast("B")
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def sync(self) -> None:
        """Syncs the content."""
        os.fsync(self._descriptor)

    def close(self) -> None:
        """Closes the descriptor."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, _DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
