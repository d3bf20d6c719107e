"""The terms of each kind of field, and the documents that have them."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from heapq import merge
from itertools import groupby
from typing import Literal, NamedTuple, Protocol

import numpy as np

from wxsearch.analysis.fold import fold
from wxsearch.index.segment.decoding import Counts
from wxsearch.index.segment.lexicon import Lexicon
from wxsearch.search.leaf_plan import Term
from wxsearch.whoosh_door.documents import Numbers
from wxsearch.whoosh_door.finding import Finder


class Postings(NamedTuple):
    """Ascending documents, and how often the term stands in each."""

    documents: Numbers
    counts: Counts


class Field(Protocol):
    """The terms of a field, as bytes."""

    def find(self, term: bytes) -> Postings | None:
        """The postings of a term, or None where no document has it."""

    def terms_from(self, start: bytes) -> Iterator[bytes]:
        """Terms in order, none before `start`; each has postings."""


class TextField:
    """Folded strings as they stand in one of the texts, or its runs.

    Every folded string that stands there is a term. Only those that have a list can be
    listed; `start` itself is, in any case, so that the terms that begin with a string stand
    where the string does.
    """

    def __init__(
        self, finder: Finder, text: Literal["title", "body"], kind: Literal["string", "run"]
    ) -> None:
        self._finder = finder
        self._text = text
        self._kind = kind

    def find(self, term: bytes) -> Postings | None:
        """See Field."""
        try:
            text = term.decode()
        except UnicodeDecodeError:
            return None
        if not text or fold(text) != text:
            return None
        documents, in_title, in_body = self._finder.find(Term(self._kind, text))
        counts = in_title if self._text == "title" else in_body
        there = np.flatnonzero(counts)
        return Postings(documents[there], counts[there]) if len(there) else None

    def terms_from(self, start: bytes) -> Iterator[bytes]:
        """See Field."""
        begin = start.decode(errors="ignore")
        lists = [
            lexicon.grams(begin) if self._kind == "string" else lexicon.runs(begin)
            for lexicon in self._lexicons
        ]
        terms = (term.encode() for term, _ in groupby(merge([begin], *lists)))
        return (term for term in terms if term >= start and self.find(term) is not None)

    @cached_property
    def _lexicons(self) -> list[Lexicon]:
        return [Lexicon(each.segment.posting_arrays) for each in self._finder.documents.segments]


class ValueField:
    """Whole values, of which a document may have several."""

    def __init__(self, values: Callable[[], Iterable[Iterable[bytes]]]) -> None:
        """`values` gives those of each document in turn; it is called when they are first needed."""
        self._values = values

    def find(self, term: bytes) -> Postings | None:
        """See Field."""
        documents = self._by_value.get(term)
        return None if documents is None else Postings(np.array(documents), np.ones(len(documents), np.int64))

    def terms_from(self, start: bytes) -> Iterator[bytes]:
        """See Field."""
        return iter(self._ordered[bisect_left(self._ordered, start) :])

    @cached_property
    def _by_value(self) -> dict[bytes, list[int]]:
        found: dict[bytes, list[int]] = {}
        for document, values in enumerate(self._values()):
            for value in values:
                found.setdefault(value, []).append(document)
        return found

    @cached_property
    def _ordered(self) -> list[bytes]:
        return sorted(self._by_value)
