"""The table of contents by which Whoosh finds an index."""

from collections.abc import Mapping

from wxsearch.index.names import table_name


def tables(generation: int) -> Mapping[str, bytes]:
    """The files that a writer publishes for Whoosh with a generation, by their names.

    There is one, and but for the number it is always the same: what the generation holds,
    Whoosh learns from the manifest.
    """
    # Only who writes pays for loading Whoosh.
    from whoosh.filedb.filestore import RamStorage
    from whoosh.index import _DEF_INDEX_NAME, TOC

    from wxsearch.whoosh_door.schema import make_schema
    from wxsearch.whoosh_door.segment import WholeIndex

    storage = RamStorage()
    TOC(make_schema(), [WholeIndex(generation)], generation).write(storage, _DEF_INDEX_NAME)
    name = table_name(generation)
    return {name: storage.files[name]}
