"""The right to write: one process has it, and the first failure ends it."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self
from zlib import crc32

from wxsearch.errors import IndexProblem
from wxsearch.index.generation import Verified, reading
from wxsearch.index.manifest import Damaged, FileEntry
from wxsearch.index.storage import Bytes, NewFile, Storage

# A segment is a hundred arrays, most of them small where few articles are committed.
_GATHERED_BYTES = 1 << 18


class WriteAccess:
    """Holds the writer's lock until `release`, or until a step fails.

    A failed sync cannot be tried again: the system may have thrown away what it could
    not write and would say yes the second time. So no failure is survived.
    """

    def __init__(self, storage: Storage, verified: Verified) -> None:
        """Raises WriterLocked, IndexMissing where there is no directory, or IndexProblem."""
        self.storage = storage
        self._verified = verified
        self._open: set[NewFile] = set()
        self._ending = f"this writer of {storage.location} is closed"
        self._uncertain: int | None = None
        with reading(storage, "written"):
            self._lock = storage.lock_writer()

    @property
    def held(self) -> bool:
        """Whether writing is still possible."""
        return self._lock.held

    def require(self) -> None:
        """Raises IndexProblem, saying why, where writing is no longer possible."""
        if not self.held:
            raise IndexProblem(self._ending)

    @contextmanager
    def publishing(self, generation: int) -> Iterator[None]:
        """A step after whose failure nobody can tell whether a generation was published."""
        self._uncertain = generation
        with self.step():
            yield
        self._uncertain = None

    @contextmanager
    def step(self) -> Iterator[None]:
        """Wraps all that touches the storage; raises IndexProblem for what fails in it."""
        self.require()
        try:
            yield
        except (OSError, Damaged) as error:
            self._ending = self._explain(error)
            self.release()
            raise IndexProblem(self._ending) from error
        except BaseException as error:
            if self.held:
                self._ending = f"writing to {self.storage.location} was interrupted by {type(error).__name__}"
            self.release()
            raise

    def create(self, name: str) -> "DataFile":
        """Makes a file; to be called within a step."""
        file = self.storage.create(name)
        self._open.add(file)
        return DataFile(self, name, file)

    def close_file(self, file: NewFile) -> None:
        """Closes a file; to be called within a step."""
        self._open.discard(file)
        file.close()

    def read_back(self, entry: FileEntry) -> memoryview:
        """Compares a file with what was written, and gives its bytes; to be called within a step."""
        content = self.storage.map(entry.name)
        self._verified.verify(self.storage, entry, content)
        return content

    def release(self) -> None:
        """Frees the lock and closes whatever is open."""
        self._lock.release()
        while self._open:
            with suppress(OSError):
                self._open.pop().close()

    def _explain(self, error: OSError | Damaged) -> str:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        outcome = (
            "nothing changed"
            if self._uncertain is None
            else f"generation {self._uncertain} may or may not have been published"
        )
        return f"{self.storage.location} cannot be written ({reason}); {outcome}"


class DataFile:
    """A new file of the index: written front to back, then finished.

    At the end of `with` it is finished, unless that ends by an exception. Every method
    raises IndexProblem where the disk fails, and the writer is of no more use then.
    """

    def __init__(self, access: WriteAccess, name: str, file: NewFile) -> None:
        self.name = name
        self.entry: FileEntry | None = None
        self.content: memoryview | None = None
        """The bytes of the file, mapped, once it is finished."""
        self._access = access
        self._file = file
        self._gathered = bytearray()
        self._bytes = self._crc32 = 0

    def write(self, data: Bytes) -> None:
        """Appends bytes; small pieces are gathered, and may fail with a later one or at the end."""
        self._access.require()
        piece = memoryview(data).cast("B")
        if len(self._gathered) + len(piece) < _GATHERED_BYTES:
            self._gathered += piece
            return
        self._flush()
        self._append(piece)

    def finish(self) -> FileEntry:
        """Syncs and closes the file, and reads it back."""
        self._flush()
        entry = FileEntry(self.name, self._bytes, self._crc32)
        with self._access.step():
            self._file.sync()
            self._access.close_file(self._file)
            self.content = self._access.read_back(entry)
        self.entry = entry
        return entry

    def _flush(self) -> None:
        gathered, self._gathered = self._gathered, bytearray()
        if gathered:
            self._append(memoryview(gathered))

    def _append(self, data: memoryview) -> None:
        with self._access.step():
            self._file.write(data)
        self._bytes += len(data)
        self._crc32 = crc32(data, self._crc32)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if error is None:
            self.finish()
        elif self._access.held:
            with self._access.step():
                self._access.close_file(self._file)
