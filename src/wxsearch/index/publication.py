"""Publishing: files are made, and become the newest generation at once.

The manifest is the truth: what no kept manifest names was left by a killed writer, and
the next writer removes it.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Literal, Self

from msgspec.structs import replace

from wxsearch.analysis.fold import FINGERPRINT
from wxsearch.errors import Busy, IndexCorrupt, IndexIncompatible, IndexMissing, IndexProblem
from wxsearch.index import names
from wxsearch.index.access import DataFile, WriteAccess
from wxsearch.index.commit import commit, write_table
from wxsearch.index.generation import (
    PROCESS,
    OpenGeneration,
    Verified,
    open_newest,
    read_manifest,
    reading,
)
from wxsearch.index.manifest import FORMAT, Contents, Damaged, FileEntry, Manifest, OtherFormat, needed
from wxsearch.index.removal import kept_beside, leftovers, own_names, remove
from wxsearch.index.storage import Storage

Purpose = Literal["change", "create", "restore", "rebuild"]

_TOLERATED: dict[Purpose, tuple[type[IndexProblem], ...]] = {
    "change": (),
    "create": (IndexMissing,),
    "restore": (),
    "rebuild": (IndexMissing, IndexCorrupt, IndexIncompatible),
}


class Publisher:
    """Makes generations of an index, one process at a time, from construction to `close`.

    `opened` is the generation it began with, or None. After any failure of the storage a
    publisher is of no more use: the lock is free, every further call raises IndexProblem,
    and the generation before stays; the next writer removes what was left.
    """

    def __init__(self, storage: Storage, purpose: Purpose = "change", verified: Verified = PROCESS) -> None:
        """Takes the lock; to `change`, also removes what killed writers left.

        To `change` needs a whole newest generation; `create` takes an empty place too,
        `restore` a damaged newest generation with a whole one before it, `rebuild`
        anything. Raises WriterLocked, IndexMissing, IndexCorrupt, IndexIncompatible or
        IndexProblem.
        """
        self._storage = storage
        self._new: list[DataFile] = []
        self._access = WriteAccess(storage, verified)
        try:
            with reading(storage):
                there = storage.names()
            used = {number for name in there if (number := names.generation_of(name)) is not None}
            self._next = max(used, default=-1) + 1
            self.opened = _open(storage, purpose, verified)
            self._base = self.opened.manifest if self.opened else None
            self._beside = kept_beside(storage, self._base) if self._base else frozenset()
            # Whether the names that the base relies on are known to outlive a power cut.
            self._settled = self._base is None
            if purpose == "change":
                self.collect()
        except BaseException:
            self._access.release()
            raise

    @property
    def generation(self) -> int:
        """The number that the next `publish` gives."""
        return self._next + 1 if self._twice else self._next

    def create(self, part: str) -> DataFile:
        """Begins a data file; `part` (small letters, digits, `_`) ends its name."""
        if not names.PART.fullmatch(part):
            raise ValueError(f"{part!r} cannot end the name of a data file")
        with self._access.step():
            file = self._access.create(names.data_name(self.generation, part))
        self._new.append(file)
        return file

    def read(self, name: str) -> memoryview:
        """The bytes of a file that is finished, of this publisher or of the generation that it began with."""
        finished = {file.name: file.content for file in self._new if file.content is not None}
        return finished[name] if name in finished or self.opened is None else self.opened.files[name]

    def publish(self, contents: Contents, tables: Mapping[str, bytes] | None = None) -> Manifest:
        """Makes files of this publisher, and of the generation before, the newest generation.

        `tables` are files for other programs that lead to data files (Whoosh's table of
        contents), by their names; they are written after all data. When this returns,
        the generation outlives a power cut. Raises IndexProblem, or ValueError where
        `contents` names what is not there, which changes nothing.
        """
        self._access.require()
        tables = tables or {}
        at_hand = self._files_at_hand()
        _check(contents, tables, at_hand.keys())
        with self._access.step():
            for name, content in tables.items():
                at_hand[name] = write_table(self._access, name, content)
            files = tuple(at_hand[name] for name in (*contents.files, *tables))
            manifests = self._manifests(contents, files)
            commit(self._access, manifests, names_synced=self._settled and not self._new and not tables)
            *_, before, self._base = (self._base, *manifests)
            self._beside = own_names(before) if before else frozenset()
            self._next = self._base.generation + 1
            self._settled = True
            self._new.clear()
            return self._base

    def collect(self) -> tuple[str, ...]:
        """Removes what the two newest generations do not need; gives the names removed.

        What cannot be removed now is left for the next time. Raises IndexProblem.
        """
        self._access.require()
        if self._base is None or self._beside is None:
            return ()
        kept = own_names(self._base) | self._beside | {file.name for file in self._new}
        with self._access.step():
            try:
                old = leftovers(self._storage.names(), kept)
            except OSError:
                return ()
            if old and not self._settled:
                # The base may come from a writer killed before its last sync: a power
                # cut must not undo its renaming and keep these removals.
                self._storage.sync_directory()
                self._settled = True
            with suppress(OSError, Busy):
                return remove(self._storage, old) if old else ()
        return ()

    def close(self) -> None:
        """Drops what was not published, removes old files and frees the lock."""
        try:
            if self._access.held:
                self._new.clear()
                self.collect()
        finally:
            self._access.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _twice(self) -> bool:
        # From the very first on there are two manifests: where there is only one, the
        # other was lost, and that is seen.
        return self._base is None or self._base.previous is None

    def _files_at_hand(self) -> dict[str, FileEntry]:
        if unfinished := [file.name for file in self._new if file.entry is None]:
            raise ValueError(f"not finished: {', '.join(unfinished)}")
        new = [file.entry for file in self._new if file.entry is not None]
        return {entry.name: entry for entry in (*(self._base.files if self._base else ()), *new)}

    def _manifests(self, contents: Contents, files: tuple[FileEntry, ...]) -> tuple[Manifest, ...]:
        manifest = Manifest(
            format=FORMAT,
            generation=self._next,
            previous=self._base.generation if self._base else None,
            fold=FINGERPRINT,
            articles=contents.articles,
            deleted=contents.deleted,
            segments=contents.segments,
            families=contents.families,
            files=files,
        )
        if not self._twice:
            return (manifest,)
        return manifest, replace(manifest, generation=self._next + 1, previous=self._next)


def refuse_other_files(storage: Storage) -> None:
    """Raises IndexProblem where a place holds files of others, and nothing that is surely of an index.

    The name alone of a manifest or of a table of contents says little: Whoosh, and other programs, give
    the same to files of their own, which the next commit would remove.
    """
    with reading(storage):
        there = storage.names()
        if names.FORMER in there or any(map(names.is_data, there)):
            return
        if not any(_is_of_others(storage, name) for name in there):
            return
        generations = [names.manifest_generation(name) for name in there]
        if any(_is_manifest(storage, each) for each in generations if each is not None):
            return
    raise IndexProblem(
        f"{storage.location} holds other files and no index of wxsearch; name another place with --index"
    )


def _is_of_others(storage: Storage, name: str) -> bool:
    if not names.is_table(name):
        return names.generation_of(name) is None
    try:
        return names.TABLE_MARK not in bytes(storage.map(name))
    except FileNotFoundError:
        # A writer that is at work has removed it since.
        return False


def _is_manifest(storage: Storage, generation: int) -> bool:
    try:
        read_manifest(storage, generation)
    except OtherFormat:
        return True
    except Damaged:
        return False
    return True


def _open(storage: Storage, purpose: Purpose, verified: Verified) -> OpenGeneration | None:
    try:
        opened = open_newest(storage, verified=verified)
    except _TOLERATED[purpose]:
        return None
    if opened.degraded and purpose not in ("restore", "rebuild"):
        raise IndexCorrupt(
            f"{storage.location}: {opened.degraded}; nothing is written before wxsearch check has run,"
            " or the sources are indexed again with --rebuild"
        )
    return opened


def _check(contents: Contents, tables: Mapping[str, bytes], at_hand: Collection[str]) -> None:
    if unknown := set(contents.files).difference(at_hand):
        raise ValueError(f"files that are not there: {', '.join(sorted(unknown))}")
    if len({segment.name for segment in contents.segments}) < len(contents.segments):
        raise ValueError("two segments have the same name")
    if missing := needed(contents) - set(contents.files):
        raise ValueError(f"deletions or families that are not among the files: {', '.join(sorted(missing))}")
    if wrong := {name for name in tables if not names.is_table(name) or name in at_hand}:
        raise ValueError(f"not new tables of contents: {', '.join(sorted(wrong))}")
