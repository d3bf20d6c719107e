"""The folder of rejects: what did not become an article, with its reason and its original bytes."""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from wxsearch.errors import NotFound, RejectsProblem
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.paths import absolute
from wxsearch.ingest.reject_file import (
    HeldReject,
    Reject,
    encoded,
    id_of,
    is_unfinished,
    name_of,
    read_head,
    read_original,
    unfinished_name_of,
)
from wxsearch.ingest.source import Rejected
from wxsearch.limits import Limits


class Rejects:
    """The rejects in a folder, which is made with the first. Every method raises RejectsProblem.

    One process adds at a time: who may write to the index.
    """

    def __init__(self, directory: Path, limits: Limits) -> None:
        self.directory = directory
        self.omitted = 0
        """How many found no room since this was made."""
        self._limits = limits
        self._held: dict[str, HeldReject] | None = None
        self._size = 0
        self._made = False
        self._unsettled: set[str] = set()

    def all(self) -> list[Reject]:
        """What is held, the oldest first."""
        held = (each.reject for each in self._opened().values())
        return sorted(held, key=lambda reject: (reject.time, reject.path, reject.id))

    def find(self, reject_id: str) -> Reject:
        """The reject of an id; raises NotFound."""
        held = self._opened().get(reject_id)
        if held is None:
            raise NotFound(f"there is no reject with the id {reject_id!r}")
        return held.reject

    def original(self, reject_id: str) -> bytes | None:
        """The bytes of a reject, None where they were not kept; raises NotFound."""
        if not self.find(reject_id).kept:
            return None
        path = self.directory / name_of(reject_id)
        with self._told():
            original = read_original(path)
        if original is None:
            raise RejectsProblem(f"{path} is damaged; wxsearch rejects drop {reject_id} removes it")
        return original

    def below(self) -> dict[str, list[str]]:
        """The ids of what is held of each path, and below each: an archive, a folder."""
        found: dict[str, list[str]] = defaultdict(list)
        for reject_id, each in self._opened().items():
            path = each.reject.path
            found[path].append(reject_id)
            while len(parent := os.path.dirname(path)) < len(path):  # noqa: PTH120 (a Path a step costs more)
                path = parent
                found[path].append(reject_id)
        return found

    def keep(self, rejected: Rejected, manner: Manner) -> str:
        """Takes a rejection in; gives its id. The same bytes of the same path are one reject."""
        path = absolute(rejected.path)
        original = rejected.original
        if original is not None and len(original) > self._limits.rejected_bytes:
            original = None
        reject = Reject(
            id=id_of(path, rejected.place, rejected.code, original),
            path=path,
            place=rejected.place,
            code=rejected.code,
            reason=rejected.reason,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            bytes=None if rejected.original is None else len(rejected.original),
            kept=original is not None,
            tries=1,
            manner=manner,
        )
        before = self._opened().get(reject.id)
        if before is None:
            self._take(reject, original)
        elif (before.reject.code, before.reject.reason) != (reject.code, reject.reason):
            changed = replace(before.reject, code=reject.code, reason=reject.reason)
            self._write(changed, original if changed.kept else None)
        return reject.id

    def count_try(self, reject: Reject, rejected: Rejected) -> None:
        """Notes that a reject was read again, and why it was rejected this time."""
        again = replace(reject, code=rejected.code, reason=rejected.reason, tries=reject.tries + 1)
        self._write(again, self.original(reject.id))

    def drop(self, ids: Iterable[str]) -> None:
        """Takes rejects away; ids that are not held are passed over."""
        held = self._opened()
        for reject_id in ids:
            if reject_id in held:
                with self._told():
                    (self.directory / name_of(reject_id)).unlink(missing_ok=True)
                self._size -= held.pop(reject_id).size
                self._unsettled.discard(name_of(reject_id))

    def settle(self) -> None:
        """Returns when all that was taken in so far outlives a power cut."""
        with self._told():
            for name in self._unsettled:
                _sync(self.directory / name, os.O_RDONLY)
            if self._unsettled:
                _sync(self.directory, os.O_RDONLY | os.O_DIRECTORY)
        self._unsettled.clear()

    def _take(self, reject: Reject, original: bytes | None) -> None:
        """Takes a new reject in, without its bytes where those find no room."""
        if len(self._opened()) < self._limits.rejects_kept:
            for fitting, data in ((reject, original), (replace(reject, kept=False), None)):
                if self._size + len(encoded(fitting, data)) <= self._limits.rejects_bytes:
                    self._write(fitting, data)
                    return
        self.omitted += 1

    def _write(self, reject: Reject, original: bytes | None) -> None:
        content = encoded(reject, original)
        unfinished = self.directory / unfinished_name_of(reject.id)
        with self._told():
            self._make()
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                unfinished.rename(self.directory / name_of(reject.id))
            except OSError:
                # On a full disk a part of a file is in the way of everybody.
                with suppress(OSError):
                    unfinished.unlink()
                raise
        held = self._opened()
        before = held.get(reject.id)
        self._size += len(content) - (before.size if before else 0)
        held[reject.id] = HeldReject(reject, len(content))
        self._unsettled.add(name_of(reject.id))

    def _make(self) -> None:
        if self._made:
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Of a process that was killed.
        for unfinished in filter(is_unfinished, self.directory.iterdir()):
            unfinished.unlink(missing_ok=True)
        self._made = True

    def _opened(self) -> dict[str, HeldReject]:
        if self._held is None:
            with self._told():
                files = sorted(self.directory.iterdir()) if self.directory.exists() else []
                found = [held for file in files if (held := read_head(file)) is not None]
            self._held = {each.reject.id: each for each in found}
            self._size = sum(each.size for each in found)
        return self._held

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RejectsProblem(f"{self.directory}: {error.strerror or error}") from error


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
