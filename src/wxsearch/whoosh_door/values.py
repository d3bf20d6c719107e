"""The values of each document that are terms as a whole: ids, sources, categories and times."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from wxsearch.categories import prefixes, written_path
from wxsearch.dates import printed
from wxsearch.index.segment.columns import UNDATED, Columns
from wxsearch.whoosh_door.documents import Documents


def _ids(columns: Columns) -> Iterable[list[str]]:
    return ([each.decode()] for each in columns.ids())


def _sources(columns: Columns) -> Iterable[list[str]]:
    values = [[source] if source else [] for source in columns.sources]
    return map(values.__getitem__, columns.source_codes.tolist())


def _categories(columns: Columns) -> Iterable[list[str]]:
    """Each path with all above it, the outermost first."""
    values = [list(map(written_path, prefixes(path))) for path in columns.paths]
    return map(values.__getitem__, columns.path_codes.tolist())


def _published(columns: Columns) -> Iterable[list[int]]:
    return ([] if start == UNDATED else [start] for start in columns.starts.tolist())


def _dates(columns: Columns) -> Iterable[list[datetime]]:
    """Whoosh's times have no zone: these are those of +08:00."""
    return (
        [datetime.fromisoformat(printed(start)).replace(tzinfo=None) for start in starts]
        for starts in _published(columns)
    )


VALUES: Mapping[str, Callable[[Columns], Iterable[list[Any]]]] = {
    "id": _ids,
    "source": _sources,
    "category": _categories,
    "published": _published,
    "date": _dates,
}
"""By field: the values of each document of a segment in turn."""


def encoded(documents: Documents, name: str, encode: Callable[[Any], Any]) -> list[list[Any]]:
    """The values of a field of all documents, as the field encodes them."""
    # Many documents have the same few values.
    known: dict[Any, Any] = {}
    return [
        [known[value] if value in known else known.setdefault(value, encode(value)) for value in values]
        for values in documents.all_of(VALUES[name])
    ]
