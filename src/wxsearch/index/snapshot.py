"""One generation of the index, open for reading: columns as arrays, postings on demand.

Document numbers run through all segments. A snapshot never changes; its Whoosh reader
is for one thread at a time (the engine holds a lock).
"""

from array import array
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound

from wxsearch.categories import Path as CategoryPath
from wxsearch.index.directory import index_bytes, open_index
from wxsearch.index.schema import TEXT_FIELDS, decode, read_label_path
from wxsearch.models import Article

Numbers = NDArray[np.int64]

_OPEN_ATTEMPTS = 20
_OPEN_PAUSE_SECONDS = 0.05


class Postings(NamedTuple):
    """Documents that hold a token, ascending, and how often each does.

    `frequency` counts documents with those that are deleted but not yet merged away.
    """

    documents: Numbers
    occurrences: Numbers
    frequency: int


class Coded(NamedTuple):
    """A column of few different values: `codes[document]` is a place in `values`."""

    codes: Numbers
    values: list[Any]


class Snapshot:
    """Columns are arrays over all document numbers; `live` is False where deleted."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._reader, self.generation = _open_reader(directory)
        try:
            self._load(self._reader)
        except BaseException:
            self._reader.close()
            raise

    def _load(self, reader: IndexReader) -> None:
        self.count: int = reader.doc_count_all()
        self._leaves = reader.leaf_readers() if self.count else []
        self.live = np.zeros(self.count, dtype=bool)
        self.live[list(reader.all_doc_ids())] = True
        self.ids: list[str] = self._column("id")
        self.id_rank = _ranks(self.ids)
        self.starts = np.array(self._column("starts"), dtype=np.int64)
        self.ends = np.array(self._column("ends"), dtype=np.int64)
        self.paths = self._coded_paths()
        self.sources = _coded(self._column("source"))
        self.lengths = {
            field: np.array(self._column(f"{field}_length"), dtype=np.int64) for field in TEXT_FIELDS
        }

    @property
    def total(self) -> int:
        """How many articles there are to find."""
        return int(np.count_nonzero(self.live))

    @property
    def segments(self) -> int:
        """How many segments the generation has."""
        return len(self._leaves)

    @property
    def bytes(self) -> int:
        """The size of the index on disk."""
        return index_bytes(self.directory)

    def postings(self, field: str, token: str) -> Postings:
        """Where a token stands in a field, deleted documents left out."""
        documents, weights = array("q"), array("d")
        matcher = self._matcher(field, token)
        while matcher is not None and matcher.is_active():
            documents.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        frequency = self._reader.doc_frequency(field, token.encode()) if documents else 0
        return Postings(np.array(documents, np.int64), np.array(weights).astype(np.int64), frequency)

    def offsets(self, field: str, token: str) -> dict[int, set[int]]:
        """For each document that holds a token, the token's places in the folded field."""
        places = {}
        matcher = self._matcher(field, token)
        while matcher is not None and matcher.is_active():
            places[matcher.id()] = set(matcher.value_as("positions"))
            matcher.next()
        return places

    def article(self, document: int) -> Article:
        """The stored article of a document."""
        return decode(self._reader.stored_fields(document)["article"])

    def find(self, article_id: str) -> int | None:
        """The document of an id, or None."""
        matcher = self._matcher("id", article_id)
        return matcher.id() if matcher is not None and matcher.is_active() else None

    def verify(self) -> None:
        """Reads every posting; raises whatever Whoosh raises on damage."""
        for field, text in self._reader.all_terms():
            matcher = self._reader.postings(field, text)
            while matcher.is_active():
                matcher.value()
                matcher.next()

    def close(self) -> None:
        """Closes the files."""
        self._reader.close()

    def _matcher(self, field: str, token: str) -> Any:
        try:
            return self._reader.postings(field, token.encode())
        except TermNotFound:
            return None

    def _column(self, name: str) -> list[Any]:
        values: list[Any] = []
        for leaf, _ in self._leaves:
            values.extend(leaf.column_reader(name))
        return values

    def _coded_paths(self) -> Coded:
        coded = _coded(self._column("path"))
        return Coded(coded.codes, [read_label_path(value) for value in coded.values])


def category_mask(snapshot: Snapshot, wanted: tuple[CategoryPath, ...]) -> NDArray[np.bool_]:
    """Documents whose category path begins with one of the wanted paths."""
    within = [any(path[: len(prefix)] == prefix for prefix in wanted) for path in snapshot.paths.values]
    return np.array(within, dtype=bool)[snapshot.paths.codes]


def source_mask(snapshot: Snapshot, wanted: tuple[str, ...]) -> NDArray[np.bool_]:
    """Documents whose source is one of the wanted."""
    within = [value != "" and value in wanted for value in snapshot.sources.values]
    return np.array(within, dtype=bool)[snapshot.sources.codes]


def _open_reader(directory: Path) -> tuple[IndexReader, int]:
    # A commit removes the files of the generation before it, so a reader that was about
    # to open them has to begin again with the new table of contents.
    for attempt in range(_OPEN_ATTEMPTS):
        try:
            index = open_index(directory)
            newest = index.latest_generation()
            reader = index.reader()
            generation = reader.generation()
            if generation is not None:
                return reader, int(generation)
            # A reader without segments does not know its generation.
            if index.latest_generation() == newest:
                return reader, int(newest)
        except FileNotFoundError:
            if attempt == _OPEN_ATTEMPTS - 1:
                raise
            sleep(_OPEN_PAUSE_SECONDS)
    raise AssertionError


def _coded(values: list[Any]) -> Coded:
    table: dict[Any, int] = {}
    codes = [table.setdefault(value, len(table)) for value in values]
    return Coded(np.array(codes, dtype=np.int64), list(table))


def _ranks(ids: list[str]) -> Numbers:
    ranks = np.empty(len(ids), dtype=np.int64)
    ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
    return ranks
