"""The terms of all fields, as Whoosh reads them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.reading import TermInfo

from wxsearch.whoosh_door.fields import Field, Postings, TextField, ValueField
from wxsearch.whoosh_door.finding import Finder
from wxsearch.whoosh_door.matcher import PostingMatcher
from wxsearch.whoosh_door.schema import make_schema
from wxsearch.whoosh_door.values import VALUES, encoded

Name = tuple[str, bytes]
"""A term: its field, and its text as bytes."""


class Terms(TermsReader):
    """See TermsReader; terms come in the order of fields, then of bytes."""

    def __init__(self, finder: Finder) -> None:
        self._documents = finder.documents
        schema = make_schema()
        self._fields: dict[str, Field] = {
            "title": TextField(finder, "title", "string"),
            "title_runs": TextField(finder, "title", "run"),
            "body": TextField(finder, "body", "string"),
            "body_runs": TextField(finder, "body", "run"),
            **{
                name: ValueField(partial(encoded, finder.documents, name, schema[name].to_bytes))
                for name in VALUES
            },
        }

    def indexed_field_names(self) -> list[str]:
        """All fields that have terms."""
        return sorted(self._fields)

    def __contains__(self, term: Name) -> bool:
        return self._find(*term) is not None

    def terms(self) -> Iterator[Name]:
        """All terms that can be listed."""
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Name]:
        """Terms from one on, and those of all later fields."""
        for name in self.indexed_field_names():
            if name >= fieldname:
                start = prefix if name == fieldname else b""
                yield from ((name, term) for term in self._fields[name].terms_from(start))

    def items(self) -> Iterator[tuple[Name, TermInfo]]:
        """All terms with what there is to say about each."""
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Name, TermInfo]]:
        """See terms_from."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Statistics of a term, deleted documents included; KeyError where there is none."""
        found = self._find(fieldname, text)
        if found is None:
            raise KeyError((fieldname, text))
        lengths = self._documents.lengths.get(fieldname)
        lengths = found.counts if lengths is None else lengths[found.documents]
        return TermInfo(
            weight=float(found.counts.sum()),
            df=len(found.documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(found.counts.max()),
            minid=int(found.documents[0]),
            maxid=int(found.documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in all documents together."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """In how many documents a term stands, deleted ones included."""
        found = self._find(fieldname, text)
        return 0 if found is None else len(found.documents)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PostingMatcher:
        """The postings of a term; KeyError where there is none."""
        found = self._find(fieldname, text)
        if found is None:
            raise KeyError((fieldname, text))
        return PostingMatcher((fieldname, text), found, format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> "TermCursor":
        """A place among the terms of a field, at the first one."""
        return TermCursor(self, self._fields[fieldname], fieldname, fieldobj)

    def _find(self, fieldname: str, text: bytes) -> Postings | None:
        field = self._fields.get(fieldname)
        return None if field is None else field.find(text)


class TermCursor(FieldCursor):
    """See FieldCursor; its texts are strings, or None after the last one."""

    def __init__(self, terms: Terms, field: Field, name: str, fieldobj: Any) -> None:
        self._terms = terms
        self._field = field
        self._name = name
        self._fieldobj = fieldobj
        self.first()

    def first(self) -> Any:
        """Goes to the first term."""
        return self.find(b"")

    def find(self, string: str | bytes) -> Any:
        """Goes to this term or the next one after it."""
        start = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._rest = self._field.terms_from(start)
        return self.next()

    def next(self) -> Any:
        """Goes to the next term."""
        self._term = next(self._rest, None)
        return self.text()

    def text(self) -> Any:
        """The term."""
        return None if self._term is None else self._fieldobj.from_bytes(self._term)

    def term_info(self) -> TermInfo | None:
        """Its statistics."""
        return None if self._term is None else self._terms.term_info(self._name, self._term)

    def is_valid(self) -> bool:
        """False after the last term."""
        return self._term is not None
