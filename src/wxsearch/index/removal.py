"""Removing what no kept generation needs."""

from collections.abc import Iterable
from contextlib import suppress

from wxsearch.index.generation import read_manifest
from wxsearch.index.manifest import Damaged, Manifest, OtherFormat
from wxsearch.index.names import generation_of, manifest_name, removal_rank
from wxsearch.index.storage import Storage


def own_names(manifest: Manifest) -> frozenset[str]:
    """The files of a generation, its manifest included."""
    return manifest.names | {manifest_name(manifest.generation)}


def kept_beside(storage: Storage, manifest: Manifest) -> frozenset[str] | None:
    """What the generation before `manifest` keeps in the index, or None where that cannot be read."""
    if manifest.previous is None:
        return frozenset()
    try:
        return own_names(read_manifest(storage, manifest.previous))
    except (OSError, Damaged, OtherFormat):
        return None


def leftovers(there: Iterable[str], kept: frozenset[str]) -> list[str]:
    """Files of ours that are not kept, those first that lead to others."""
    ours = [name for name in there if generation_of(name) is not None and name not in kept]
    return sorted(ours, key=lambda name: (removal_rank(name), name))


def remove(storage: Storage, names: Iterable[str]) -> tuple[str, ...]:
    """Removes files while no reader is between finding and mapping them; gives their names.

    What cannot be removed stays. Raises Busy where a reader does not come to an end, or
    OSError where the lock cannot be had.
    """
    removed = []
    with storage.lock_snapshot(exclusive=True):
        for name in names:
            with suppress(OSError):
                storage.remove(name)
                removed.append(name)
    return tuple(removed)
