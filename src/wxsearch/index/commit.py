"""The commit: manifests, by which files become the newest generation.

The order is the promise. Before: data files synced, then tables of contents synced and renamed. Then:
manifest under a temporary name, synced; directory synced; renamed; directory synced.
Only then may it be acknowledged, and only then may old files be removed.
"""

from msgspec.structs import replace

from wxsearch.index.access import WriteAccess
from wxsearch.index.manifest import FileEntry, Manifest, encode
from wxsearch.index.names import manifest_name, unfinished_manifest_name, unfinished_table_name


def write_whole(access: WriteAccess, name: str, content: bytes) -> FileEntry:
    """Makes a small file, synced; raises IndexProblem."""
    with access.step():
        file = access.create(name)
    file.write(content)
    return file.finish()


def write_table(access: WriteAccess, name: str, content: bytes) -> FileEntry:
    """Makes a table of contents; raises IndexProblem.

    Who opens the index by it never finds half of one.
    """
    unfinished = unfinished_table_name(name)
    entry = write_whole(access, unfinished, content)
    with access.step():
        access.storage.rename(unfinished, name)
    return replace(entry, name=name)


def commit(access: WriteAccess, manifests: tuple[Manifest, ...], *, names_synced: bool) -> None:
    """Publishes generations one after the other, whose files are all synced.

    `names_synced` says that no name the manifests rely on is new since the last sync of
    the directory: names of their files, and those of the manifests before. Raises
    IndexProblem.
    """
    unfinished = {}
    for manifest in manifests:
        unfinished[manifest.generation] = unfinished_manifest_name(manifest.generation)
        write_whole(access, unfinished[manifest.generation], encode(manifest))
    if not names_synced:
        # A manifest must not outlive a power cut that its files do not.
        with access.step():
            access.storage.sync_directory()
    for generation, name in unfinished.items():
        with access.publishing(generation):
            access.storage.rename(name, manifest_name(generation))
            access.storage.sync_directory()
