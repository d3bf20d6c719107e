"""Opening: the newest generation that is whole, with all its files mapped at once."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple
from zlib import crc32

from wxsearch.analysis.fold import FINGERPRINT
from wxsearch.errors import IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem
from wxsearch.index.manifest import (
    FORMAT,
    SEAL_BYTES,
    Damaged,
    FileEntry,
    Manifest,
    OtherFormat,
    decode,
)
from wxsearch.index.names import FORMER, generation_of, is_data, manifest_generation, manifest_name
from wxsearch.index.storage import Storage

# What says something about one file; anything else (too many open files, no right to
# read) says nothing about the index, and must not pass for damage.
_DAMAGE = {errno.ENOENT, errno.EIO, errno.ELOOP, errno.ENOTDIR, errno.EISDIR, errno.ENXIO}


# The oldest of more are forgotten, and read again where they are still in use.
_REMEMBERED_FILES = 10_000


class OpenGeneration(NamedTuple):
    """A generation whose files cannot vanish any more: they are mapped.

    `files` has the bytes of each file by its name; they are given back when nothing
    refers to them. `degraded` says why this is not the newest generation, or is None.
    """

    manifest: Manifest
    files: Mapping[str, memoryview]
    degraded: str | None


class Newest(NamedTuple):
    """What tells the newest manifest from any other without reading it: number and seal."""

    generation: int
    seal: bytes


class Verified:
    """Remembers the files whose every byte was once compared with its checksum."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, FileEntry], None] = {}
        self._lock = Lock()

    def verify(self, storage: Storage, entry: FileEntry, content: memoryview) -> None:
        """Reads the file unless it was read before; raises Damaged."""
        if (storage.location, entry) in self._known:
            return
        compare(entry, content)
        with self._lock:
            self._known[storage.location, entry] = None
            if len(self._known) > _REMEMBERED_FILES:
                # A process that follows an index for months meets files without end.
                del self._known[next(iter(self._known))]


PROCESS = Verified()
"""What this process has verified: names are never used again, so once is enough."""


def open_newest(
    storage: Storage,
    *,
    known: OpenGeneration | None = None,
    verified: Verified = PROCESS,
    any_fold: bool = False,
) -> OpenGeneration:
    """Opens the newest generation that is whole, else the one before, saying so.

    Compares the seal of the manifest, the length of every file, and the checksum of
    those that `verified` does not know. Files that `known` has are not mapped again. With
    `any_fold` also what other rules folded, to be read and not searched.
    Raises IndexMissing, IndexCorrupt where nothing is whole, IndexIncompatible, or
    IndexProblem where the system refuses.
    """
    broken: dict[int, str] = {}
    while True:
        with reading(storage), storage.lock_snapshot(exclusive=False):
            names = storage.names()
            found = _map_newest(storage, names, broken, known)
        # Reading all the bytes can take long: not under the lock.
        try:
            for entry in found.manifest.files:
                verified.verify(storage, entry, found.files[entry.name])
        except Damaged as damage:
            broken[found.manifest.generation] = str(damage)
            continue
        if not any_fold:
            _check_fold(storage, found.manifest)
        reasons = _damage_above(found.manifest, names, broken)
        if not reasons:
            return found
        if not found.manifest.segments:
            # To find nothing, where the first articles are damaged, would pass for an answer.
            raise _nothing_whole(storage, reasons)
        served = (
            f"generation {found.manifest.generation} is served, since of a newer one {'; '.join(reasons)}"
        )
        return found._replace(degraded=served)


def newest_manifest(storage: Storage) -> Newest | None:
    """The newest manifest by its name, whole or not; None where there is none. Raises OSError.

    Numbers alone would not do: an index that was removed and made anew begins with the same.
    """
    numbers = [number for name in storage.names() if (number := manifest_generation(name)) is not None]
    if not numbers:
        return None
    newest = max(numbers)
    return Newest(newest, bytes(storage.map(manifest_name(newest))[-SEAL_BYTES:]))


def map_generation(storage: Storage, generation: int, known: OpenGeneration | None = None) -> OpenGeneration:
    """Maps a manifest and its files; raises Damaged, OtherFormat or OSError.

    The caller holds the snapshot lock.
    """
    manifest = read_manifest(storage, generation)
    at_hand = {entry: known.files[entry.name] for entry in known.manifest.files} if known else {}
    files = {
        entry.name: at_hand[entry] if entry in at_hand else map_file(storage, entry)
        for entry in manifest.files
    }
    return OpenGeneration(manifest, files, None)


def read_manifest(storage: Storage, generation: int) -> Manifest:
    """Reads one manifest; raises Damaged, OtherFormat or OSError."""
    return decode(bytes(_map(storage, manifest_name(generation))), generation)


def map_file(storage: Storage, entry: FileEntry) -> memoryview:
    """Maps a file of a generation and compares its length; raises Damaged or OSError."""
    content = _map(storage, entry.name)
    if len(content) != entry.bytes:
        raise Damaged(entry.name, f"{len(content)} bytes instead of {entry.bytes}")
    return content


def compare(entry: FileEntry, content: memoryview) -> None:
    """Reads every byte; raises Damaged."""
    if len(content) != entry.bytes or crc32(content) != entry.crc32:
        raise Damaged(entry.name, "its checksum is wrong")


def lost_manifest(manifest: Manifest, names: set[str]) -> str | None:
    """A manifest that was there and is not: the one before `manifest`, or one after it.

    The manifest before is only removed when there is one after: if it is gone and there
    are newer data files, then it is the newer manifest that was lost.
    """
    if manifest.previous is None or manifest_name(manifest.previous) in names:
        return None
    newer = _newer(manifest, names)
    lost = manifest_name(max(newer) if newer else manifest.previous)
    return None if lost in names else lost


def absence(storage: Storage, names: set[str]) -> IndexProblem:
    """What it means that there is no manifest among the names."""
    if any(map(is_data, names)):
        return IndexCorrupt(
            f"{storage.location} has lost its manifests; index its sources again with --rebuild"
        )
    if FORMER in names:
        return IndexIncompatible(
            f"{storage.location} was made by another version; index its sources again with --rebuild"
        )
    return _missing(storage)


def incompatible(storage: Storage, other: OtherFormat) -> IndexIncompatible:
    """What to say of a manifest of another format."""
    return IndexIncompatible(
        f"{storage.location} has format {other.number}, this version reads {FORMAT}; use the version that"
        " made it, or index its sources again with --rebuild"
    )


@contextmanager
def reading(storage: Storage, act: str = "read") -> Iterator[None]:
    """Turns an OSError into IndexMissing where there is no directory, else IndexProblem.

    `act` is what cannot be done to the place, such as `written`.
    """
    try:
        yield
    except FileNotFoundError:
        raise _missing(storage) from None
    except OSError as error:
        raise IndexProblem(f"{storage.location} cannot be {act} ({error.strerror})") from error


def _map_newest(
    storage: Storage, names: set[str], broken: dict[int, str], known: OpenGeneration | None
) -> OpenGeneration:
    numbers = {number for name in names if (number := manifest_generation(name)) is not None}
    for number in sorted(numbers - broken.keys(), reverse=True):
        try:
            return map_generation(storage, number, known)
        except Damaged as damage:
            broken[number] = str(damage)
        except OtherFormat as other:
            raise incompatible(storage, other) from None
    if broken:
        raise _nothing_whole(storage, [broken[number] for number in sorted(broken, reverse=True)])
    raise absence(storage, names)


def _map(storage: Storage, name: str) -> memoryview:
    try:
        return storage.map(name)
    except OSError as error:
        if error.errno not in _DAMAGE:
            raise
        if error.errno == errno.ENOENT:
            raise Damaged(name, "it is missing", missing=True) from None
        raise Damaged(name, f"it cannot be read ({error.strerror})") from None


def _missing(storage: Storage) -> IndexMissing:
    place = storage.location
    return IndexMissing(f"there is no index at {place}; make one with: wxsearch index PATH --index {place}")


def _check_fold(storage: Storage, manifest: Manifest) -> None:
    if manifest.fold != FINGERPRINT:
        raise IndexIncompatible(
            f"{storage.location} was folded by other rules ({manifest.fold}, now {FINGERPRINT}); index its"
            f" articles anew with: wxsearch index --rebuild --index {storage.location}"
        )


def _nothing_whole(storage: Storage, reasons: list[str]) -> IndexCorrupt:
    return IndexCorrupt(
        f"{storage.location}: no generation is whole ({'; '.join(reasons)}); index its sources again"
        " with --rebuild"
    )


def _damage_above(manifest: Manifest, names: set[str], broken: dict[int, str]) -> list[str]:
    reasons = [reason for number, reason in sorted(broken.items()) if number > manifest.generation]
    if (lost := lost_manifest(manifest, names)) and _newer(manifest, names):
        reasons.append(f"{lost}: it is missing")
    return reasons


def _newer(manifest: Manifest, names: set[str]) -> set[int]:
    numbers = {generation_of(name) for name in names if manifest_generation(name) is None}
    return {number for number in numbers if number is not None and number > manifest.generation}
