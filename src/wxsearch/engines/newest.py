"""The newest generation that can be opened, followed while others write."""

import logging
import time
from threading import Lock

from wxsearch.errors import Busy, IndexCorrupt, IndexIncompatible, IndexProblem
from wxsearch.index.generation import Newest, newest_manifest
from wxsearch.index.snapshot import Snapshot, open_snapshot
from wxsearch.index.storage import Storage
from wxsearch.search.scoring import Weights
from wxsearch.search.searcher import Searcher

_log = logging.getLogger("wxsearch")


class NewestSearcher:
    """Gives searchers over the newest generation; may be asked by several threads.

    What is open stays open and good, whatever happens to newer generations on the disk.
    """

    def __init__(self, storage: Storage, weights: Weights, refresh_seconds: float) -> None:
        """Opens nothing yet; a newer generation is looked for every `refresh_seconds`."""
        self._storage = storage
        self._weights = weights
        self._refresh_seconds = refresh_seconds
        self._held: Searcher | None = None
        # The newest manifest when it was opened, or found to be beyond opening.
        self._seen: Newest | None = None
        self._degraded: str | None = None
        # Whether the place itself was there to be looked at.
        self._lost = False
        self._looked = 0.0
        self._lock = Lock()

    def current(self) -> Searcher:
        """A searcher; raises what open_snapshot raises as long as nothing could be opened."""
        now = time.monotonic()
        held = self._held
        if held is not None and now - self._looked < self._refresh_seconds:
            return held
        # Opening takes as long as hundreds of answers: where an answer may be so old, one thread does it.
        if not self._lock.acquire(blocking=held is None or not self._refresh_seconds):
            assert held is not None
            return held
        try:
            self._looked = now
            self._held = self._refreshed(self._held)
            return self._held
        finally:
            self._lock.release()

    def degraded(self) -> str | None:
        """Why `current` is not over the newest generation, or None."""
        held = self.current()
        if self._lost:
            return f"generation {held.snapshot.generation} is served, since the index is not there any more"
        return self._degraded

    def drop(self) -> None:
        """Lets go what is open."""
        with self._lock:
            self._held = None

    def _refreshed(self, held: Searcher | None) -> Searcher:
        newest = self._newest()
        lost = held is not None and newest is None
        if lost and not self._lost:
            _log.error(
                "%s: the index is not there any more; what was opened is served", self._storage.location
            )
        self._lost = lost
        if held is not None and newest in (None, self._seen):
            return held
        try:
            snapshot = open_snapshot(self._storage, held.snapshot if held else None)
        except (IndexProblem, Busy) as problem:
            if held is None:
                raise
            if isinstance(problem, IndexCorrupt | IndexIncompatible):
                # Not tried again by each request. A system that is out of descriptors, say, is.
                self._seen = newest
            # The path in the detail is for the log, not for whoever asks a probe.
            served = f"generation {held.snapshot.generation} is served, since the newest cannot be opened"
            self._note(served, problem.detail)
            return held
        self._seen = newest
        self._note(snapshot.degraded, f"{self._storage.location}: {snapshot.degraded}")
        if held is not None and _outlives(held.snapshot, snapshot):
            return held
        return Searcher(snapshot, self._weights, held)

    def _note(self, degraded: str | None, told: str) -> None:
        if degraded is not None and degraded != self._degraded:
            _log.error("%s (wxsearch check says more)", told)
        self._degraded = degraded

    def _newest(self) -> Newest | None:
        try:
            return newest_manifest(self._storage)
        except OSError:
            return None


def _outlives(held: Snapshot, opened: Snapshot) -> bool:
    """Whether what is held is the same, or newer than what damage has left."""
    return held.manifest == opened.manifest or (
        opened.degraded is not None and held.generation >= opened.generation
    )
