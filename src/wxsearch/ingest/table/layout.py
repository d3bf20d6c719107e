"""Which column of a table is which field of an article: by a map of the user's, or by its name."""

import re
from collections.abc import Sequence

from wxsearch.errors import InvalidArticle
from wxsearch.ingest.table.columns import Column, ColumnMap, several
from wxsearch.ingest.usual_names import usual_places


class Layout:
    """A map laid over the header of one table: for each field the places of its columns, from 0."""

    def __init__(self, columns: ColumnMap, header: Sequence[str]) -> None:
        self.header = tuple(header)
        self.constants = columns.constants
        self.dialect = columns.dialect
        self.places = self._mapped(columns) if columns.columns else _usual(header)
        if "title" not in self.places and "body" not in self.places:
            raise InvalidArticle(
                f"has no column with a title or a text; its columns are {_listed(header)};"
                " a map of columns (--columns) says which is which"
            )
        taken = {place for places in self.places.values() for place in places}
        # Columns of no field are kept under their own names.
        self.others = [(place, name) for place, name in enumerate(self.header) if place not in taken and name]

    def column_in(self, detail: str) -> str:
        """For a sentence that begins with a field: which column that is."""
        field = re.match(r"[a-z]+", detail)
        names = [self.header[place] for place in self.places.get(field[0], ())] if field else []
        return f" (column {', '.join(names)})" if names else ""

    def _mapped(self, columns: ColumnMap) -> dict[str, list[int]]:
        found = {}
        for field, named in columns.columns.items():
            found[field] = [self._place(column, field, columns.path) for column in several(named)]
        return found

    def _place(self, column: Column, field: str, path: str) -> int:
        if isinstance(column, str):
            if self.header.count(column.strip()) == 1:
                return self.header.index(column.strip())
            problem = "stands twice" if column.strip() in self.header else "is missing"
            raise InvalidArticle(
                f"column {column!r} {problem} ({path}: columns.{field});"
                f" the columns are {_listed(self.header)}"
            )
        if column > len(self.header):
            raise InvalidArticle(f"has {len(self.header)} columns, not {column} ({path}: columns.{field})")
        return column - 1


def _usual(header: Sequence[str]) -> dict[str, list[int]]:
    return {field: places[:1] for field, places in usual_places(header).items()}


def _listed(header: Sequence[str]) -> str:
    return ", ".join(name[:40] or "(no name)" for name in header[:20]) + (", …" if len(header) > 20 else "")
