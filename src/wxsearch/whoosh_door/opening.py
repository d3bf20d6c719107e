"""From Whoosh's storage to a generation of ours."""

from pathlib import Path
from typing import Any

from wxsearch.errors import Busy, IndexCorrupt, IndexProblem
from wxsearch.index.snapshot import Snapshot, open_snapshot
from wxsearch.index.storage import FileStorage


class Unpublished(Busy, OSError):
    """A table of contents whose generation is about to be published.

    An OSError, after which Whoosh reads the table again for half a second.
    """


def open_generation(storage: Any, generation: int) -> Snapshot:
    """The newest generation in the directory of a Whoosh storage, as wxsearch serves it.

    `generation` is the one whose table of contents Whoosh has read. It is at most newer than
    what is published: then a writer is about to publish it (Unpublished), or was killed
    before it did, and nobody ever will. Raises IndexCorrupt rather than fall back, since
    Whoosh has no way to say so, and what open_snapshot does.
    """
    folder = getattr(storage, "folder", "")
    if not folder:
        raise IndexProblem("an index of wxsearch is opened from its directory")
    files = FileStorage(Path(folder))
    snapshot = _open(files)
    if snapshot.generation < generation:
        if files.is_being_written():
            raise Unpublished(
                f"generation {generation} of {files.location} is being published; try again in a moment"
            )
        # Between the two looks it may have been.
        snapshot = _open(files)
    return snapshot


def _open(files: FileStorage) -> Snapshot:
    snapshot = open_snapshot(files)
    if snapshot.degraded:
        raise IndexCorrupt(f"{files.location}: {snapshot.degraded}; see wxsearch check")
    return snapshot
