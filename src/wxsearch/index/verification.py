"""Checking: every byte of the index against its checksum; and the way back to what is whole."""

from typing import Literal

from msgspec import Struct

from wxsearch.index import names
from wxsearch.index.generation import (
    Verified,
    absence,
    compare,
    incompatible,
    lost_manifest,
    map_file,
    read_manifest,
    reading,
)
from wxsearch.index.manifest import Contents, Damaged, FileEntry, Manifest, OtherFormat
from wxsearch.index.publication import Publisher
from wxsearch.index.storage import Storage


class Finding(Struct, frozen=True):
    """A file that is not what it should be."""

    file: str
    problem: Literal["damaged", "missing"]
    detail: str


class Report(Struct, frozen=True, kw_only=True):
    """What a check found in the two newest generations.

    `generation` is the newest whose manifest can be read; `bytes` were compared;
    `leftovers` are files of ours that no generation names, of a writer that is at work
    or was killed; `unknown` are files that no index makes.
    """

    generation: int | None
    bytes: int
    findings: tuple[Finding, ...]
    leftovers: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is damaged or missing."""
        return not self.findings


def check(storage: Storage) -> Report:
    """Reads every byte of the kept generations, whatever was verified before.

    Raises IndexMissing, IndexIncompatible, or IndexProblem where the system refuses.
    """
    examination = _Examination(storage)
    with reading(storage), storage.lock_snapshot(exclusive=False):
        examination.gather()
    return examination.report()


def restore(storage: Storage) -> Manifest:
    """Makes the newest whole generation the newest again, if that or the one beside it is damaged.

    Reads every byte of it first. It gets a number of its own, so that no number ever
    means two things; the damaged generation is removed. Raises what Publisher raises.
    """
    with Publisher(storage, "restore", verified=Verified()) as publisher:
        assert publisher.opened is not None
        whole = publisher.opened.manifest
        if publisher.opened.degraded is None and check(storage).sound:
            return whole
        return publisher.publish(
            Contents(
                segments=whole.segments,
                families=whole.families,
                files=tuple(entry.name for entry in whole.files),
                articles=whole.articles,
                deleted=whole.deleted,
            )
        )


class _Examination:
    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._there: set[str] = set()
        self._named: set[str] = set()
        self._contents: dict[FileEntry, memoryview] = {}
        self._findings: list[Finding] = []
        self._newest: Manifest | None = None

    def gather(self) -> None:
        """Maps what there is to compare; to be called under the snapshot lock."""
        self._there = self._storage.names()
        numbers = {n for name in self._there if (n := names.manifest_generation(name)) is not None}
        if not numbers:
            raise absence(self._storage, self._there)
        for number in sorted(numbers, reverse=True):
            self._newest = self._gather_generation(number)
            if self._newest is not None:
                break
        else:
            return
        previous = self._newest.previous
        if lost := lost_manifest(self._newest, self._there):
            self._findings.append(Finding(lost, "missing", "it is missing"))
        elif previous is not None and names.manifest_name(previous) in self._there:
            self._gather_generation(previous)

    def report(self) -> Report:
        """Compares everything."""
        for entry, content in self._contents.items():
            try:
                compare(entry, content)
            except Damaged as damage:
                self._note(damage)
        others = sorted(self._there - self._named)
        return Report(
            generation=self._newest.generation if self._newest else None,
            bytes=sum(map(len, self._contents.values())),
            findings=tuple(self._findings),
            leftovers=tuple(name for name in others if names.generation_of(name) is not None),
            unknown=tuple(_printable(name) for name in others if names.generation_of(name) is None),
        )

    def _gather_generation(self, number: int) -> Manifest | None:
        self._named.add(names.manifest_name(number))
        try:
            manifest = read_manifest(self._storage, number)
        except OtherFormat as other:
            raise incompatible(self._storage, other) from None
        except Damaged as damage:
            self._note(damage)
            return None
        for entry in manifest.files:
            if entry.name in self._named:
                continue
            self._named.add(entry.name)
            try:
                self._contents[entry] = map_file(self._storage, entry)
            except Damaged as damage:
                self._note(damage)
        return manifest

    def _note(self, damage: Damaged) -> None:
        problem: Literal["damaged", "missing"] = "missing" if damage.missing else "damaged"
        self._findings.append(Finding(damage.file, problem, damage.reason))


def _printable(name: str) -> str:
    # A name that is no UTF-8 comes as lone surrogates, which no JSON can hold.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
