"""The files in which a process counts for /metrics, whole before anything is counted in them.

prometheus-client makes them of holes, and maps them: where the disk is full, writing to such a page ends
the process (SIGBUS), and then each process that takes its place.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock

_log = logging.getLogger("wxsearch")

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder to prometheus-client, from its import on."""

# By the names that prometheus-client gives; it takes a file that is there as it is.
_KINDS = ("counter", "histogram")
_SUFFIX = ".db"
# More than all series together take, of each route, method and status: a file that grows gets a hole.
_BYTES = 1 << 18


class CounterFiles:
    """The files of whichever process asks, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made_by: int | None = None
        self._told_by: int | None = None
        self._lock = Lock()

    def make(self) -> None:
        """Makes those of this process; raises OSError."""
        with self._lock:
            if self._made_by != os.getpid():
                for kind in _KINDS:
                    _make(self._folder / f"{kind}_{os.getpid()}{_SUFFIX}")
                self._made_by = os.getpid()

    def are_there(self) -> bool:
        """Whether this process has its files, which are made; the log is told once why they cannot be."""
        if self._made_by == os.getpid():
            return True
        try:
            self.make()
        except OSError as error:
            if self._told_by != os.getpid():
                self._told_by = os.getpid()
                _log.error("%s: %s; requests are answered and not counted", self._folder, error.strerror)
            return False
        return True


def _make(path: Path) -> None:
    # One that had this number before has counted in it, and is still summed.
    if path.exists():
        return
    # Under its name it is read by whoever is asked for the metrics.
    unfinished = path.with_suffix(".new")
    try:
        unfinished.write_bytes(bytes(_BYTES))
        unfinished.rename(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
