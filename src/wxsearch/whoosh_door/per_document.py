"""What Whoosh reads document by document: stored fields, lengths and columns."""

from typing import Any

import msgspec
from whoosh.codec.base import PerDocumentReader
from whoosh.columns import ColumnReader

from wxsearch.whoosh_door.documents import Documents
from wxsearch.whoosh_door.schema import make_schema
from wxsearch.whoosh_door.values import encoded


class PerDocument(PerDocumentReader):
    """See PerDocumentReader. Statistics of lengths include deleted documents, as in Whoosh."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._schema = make_schema()
        self._columns: dict[str, list[Any]] = {}

    def doc_count(self) -> int:
        """How many documents are not deleted."""
        return self._documents.total

    def doc_count_all(self) -> int:
        """How many there are, deleted ones included."""
        return self._documents.count

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._documents.deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether this one is."""
        return docnum in self._documents.deleted

    def deleted_docs(self) -> frozenset[int]:
        """Those that are."""
        return self._documents.deleted

    def supports_columns(self) -> bool:
        """Yes."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether there are values to sort and group by."""
        return fieldname in self._schema and self._schema[fieldname].column_type is not None

    def list_columns(self) -> list[str]:
        """The fields that have them."""
        return [name for name in self._schema.names() if self.has_column(name)]

    def column_reader(self, fieldname: str, column: Any) -> "ValueReader":
        """The values of a field: of a category the path as a whole."""
        default = column.default_value()
        if fieldname not in self._columns:
            values = encoded(self._documents, fieldname, self._schema[fieldname].to_column_value)
            self._columns[fieldname] = [each[-1] if each else default for each in values]
        return ValueReader(self._columns[fieldname], default, reversible=column.reversible)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The folded characters of a title or body."""
        lengths = self._documents.lengths.get(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        """Those of all documents together."""
        lengths = self._documents.lengths.get(fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        """Those of the shortest one."""
        lengths = self._documents.lengths.get(fieldname)
        return 0 if lengths is None else int(lengths.min(initial=lengths.max(initial=0)))

    def max_field_length(self, fieldname: str) -> int:
        """Those of the longest one."""
        lengths = self._documents.lengths.get(fieldname)
        return 0 if lengths is None else int(lengths.max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The article as in its JSON, without what it does not have."""
        fields = msgspec.to_builtins(self._documents.article(docnum))
        return {name: value for name, value in fields.items() if value is not None}


class ValueReader(ColumnReader):
    """A column that is at hand as a list; documents without a value are last in either order."""

    def __init__(self, values: list[Any], default: Any, *, reversible: bool) -> None:
        self._values = values
        self._default = default
        self._reversible = reversible
        self._reverse = False

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def sort_key(self, docnum: int) -> Any:
        """What to sort by."""
        value = self._values[docnum]
        if not self._reverse:
            return value
        # Whoosh's own keys in reverse are not above 0.
        return 1 if value == self._default else -value

    def load(self) -> list[Any]:
        """All values."""
        return self._values

    def set_reverse(self) -> None:
        """Turns the order of numbers round; Whoosh does without for texts."""
        if not self._reversible:
            raise NotImplementedError
        self._reverse = True
