"""One generation of the index, open for reading: columns as arrays, postings on demand.

Document numbers run through all segments. A snapshot never changes; its Whoosh reader
is for one thread at a time (the engine holds a lock).
"""

from array import array
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound

from wxsearch.categories import Path as CategoryPath
from wxsearch.errors import IndexCorrupt
from wxsearch.index.directory import REMEDY, Table, damage_named, index_bytes, newest_table, open_index
from wxsearch.index.schema import TEXT_FIELDS, decode, digest, read_label_path
from wxsearch.models import Article

Numbers = NDArray[np.int64]

# More than any offset, so that a place shifted below 0 is in no document that has the word.
PLACES = 2**33


class Postings(NamedTuple):
    """Documents that hold a token, ascending, and how often each does.

    `frequency` counts documents with those that are deleted but not yet merged away.
    """

    documents: Numbers
    occurrences: Numbers
    frequency: int


def document_of(places: Numbers) -> Numbers:
    """The documents of `Snapshot.places`."""
    return places // PLACES


class Coded(NamedTuple):
    """A column of few different values: `codes[document]` is a place in `values`."""

    codes: Numbers
    values: list[Any]


class Snapshot:
    """Columns are arrays over all document numbers, read when first asked for; `live` is
    False where an article was deleted.

    Every method raises IndexCorrupt where a file turns out to be damaged.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._reader, self.table = _open_reader(directory)
        try:
            with damage_named(directory):
                self.count: int = self._reader.doc_count_all()
                self._leaves = self._reader.leaf_readers() if self.count else []
                self.live = np.zeros(self.count, dtype=bool)
                self.live[list(self._reader.all_doc_ids())] = True
        except BaseException:
            self._reader.close()
            raise

    @property
    def generation(self) -> int:
        """The number of the generation."""
        return self.table.generation

    @cached_property
    def ids(self) -> list[str]:
        """The id of each document."""
        return self._column("id")

    @cached_property
    def id_rank(self) -> Numbers:
        """The place of each document among all in the order of ids."""
        ranks = np.empty(self.count, dtype=np.int64)
        ranks[sorted(range(self.count), key=self.ids.__getitem__)] = np.arange(self.count)
        return ranks

    @cached_property
    def starts(self) -> Numbers:
        """The instant of each document in seconds, UNDATED without one."""
        return np.array(self._column("starts"), dtype=np.int64)

    @cached_property
    def ends(self) -> Numbers:
        """The first instant after what the precision of each document's time covers."""
        return np.array(self._column("ends"), dtype=np.int64)

    @cached_property
    def paths(self) -> Coded:
        """The category path of each document."""
        coded = _coded(self._column("path"))
        return Coded(coded.codes, [read_label_path(value) for value in coded.values])

    @cached_property
    def sources(self) -> Coded:
        """The source of each document, the empty string without one."""
        return _coded(self._column("source"))

    @cached_property
    def lengths(self) -> dict[str, Numbers]:
        """The number of tokens of each document in each text field."""
        return {field: np.array(self._column(f"{field}_length"), dtype=np.int64) for field in TEXT_FIELDS}

    @cached_property
    def average_lengths(self) -> dict[str, float]:
        """The mean of `lengths` over all documents, deleted ones included."""
        return {field: float(lengths.sum()) / self.count for field, lengths in self.lengths.items()}

    @property
    def total(self) -> int:
        """How many articles there are to find."""
        return int(np.count_nonzero(self.live))

    @property
    def segments(self) -> int:
        """How many segments the generation has."""
        return len(self._leaves)

    @property
    def size(self) -> int:
        """The size of the index on disk."""
        return index_bytes(self.directory)

    def postings(self, field: str, token: str) -> Postings:
        """Where a token stands in a field, deleted documents left out."""
        documents, weights = array("q"), array("d")
        with damage_named(self.directory):
            matcher = self._matcher(field, token)
            while matcher is not None and matcher.is_active():
                documents.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
            frequency = self._reader.doc_frequency(field, token.encode()) if documents else 0
        return Postings(np.array(documents, np.int64), np.array(weights).astype(np.int64), frequency)

    def frequency(self, field: str, token: str) -> int:
        """How many documents hold a token, deleted ones included."""
        with damage_named(self.directory):
            return int(self._reader.doc_frequency(field, token.encode()))

    def places(self, field: str, token: str) -> Numbers:
        """Where a token stands: document and offset in the folded field in one number.

        Each is document * PLACES + offset, so that places of two tokens in one document
        differ by their distance.
        """
        documents, values = array("q"), []
        with damage_named(self.directory):
            matcher = self._matcher(field, token)
            while matcher is not None and matcher.is_active():
                documents.append(matcher.id())
                values.append(matcher.value())
                matcher.next()
        offsets = np.frombuffer(b"".join(values), dtype=np.uint32).astype(np.int64)
        counts = np.array([len(value) // 4 for value in values], dtype=np.int64)
        return np.repeat(np.array(documents, np.int64), counts) * PLACES + offsets

    def article(self, document: int) -> Article:
        """The stored article of a document."""
        with damage_named(self.directory):
            return decode(self._stored(document))

    def find(self, article_id: str) -> int | None:
        """The document of an id, or None."""
        with damage_named(self.directory):
            matcher = self._matcher("id", article_id)
            return matcher.id() if matcher is not None and matcher.is_active() else None

    def verify(self, on_article: Callable[[int], None]) -> Iterator[str]:
        """Reads every article and posting; yields what does not agree with the columns.

        `on_article` hears how many articles were read.
        """
        digests = self._column("digest")
        documents = np.flatnonzero(self.live).tolist()
        with damage_named(self.directory):
            for done, document in enumerate(documents, start=1):
                stored = self._stored(document)
                if digest(stored) != digests[document] or decode(stored).id != self.ids[document]:
                    yield f"{self.directory}: the article {self.ids[document]!r} is not as it was written"
                on_article(done)
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
        except (TermNotFound, UnicodeEncodeError):
            # A lone surrogate stands in no article.
            return None

    def _stored(self, document: int) -> bytes:
        stored = self._reader.stored_fields(document)["article"]
        assert isinstance(stored, bytes)
        return stored

    def _column(self, name: str) -> list[Any]:
        values: list[Any] = []
        with damage_named(self.directory):
            for leaf, _ in self._leaves:
                values.extend(leaf.column_reader(name))
        return values


def category_mask(snapshot: Snapshot, wanted: tuple[CategoryPath, ...]) -> NDArray[np.bool_]:
    """Documents whose category path begins with one of the wanted paths."""
    within = [any(path[: len(prefix)] == prefix for prefix in wanted) for path in snapshot.paths.values]
    return np.array(within, dtype=bool)[snapshot.paths.codes]


def source_mask(snapshot: Snapshot, wanted: tuple[str, ...]) -> NDArray[np.bool_]:
    """Documents whose source is one of the wanted."""
    within = [value != "" and value in wanted for value in snapshot.sources.values]
    return np.array(within, dtype=bool)[snapshot.sources.codes]


def _open_reader(directory: Path) -> tuple[IndexReader, Table]:
    # A commit removes the files of the generation before it, so a reader that was about
    # to open them begins again, as long as there is a newer table of contents to begin with.
    failed: Table | None = None
    while True:
        table, index = newest_table(directory), open_index(directory)
        if table == failed:
            raise IndexCorrupt(f"{directory} names files that are not there; {REMEDY}")
        try:
            with damage_named(directory):
                reader = index.reader()
        except FileNotFoundError:
            failed = table
            continue
        # The reader of an index without segments knows no generation.
        if table is not None and reader.generation() in (table.generation, None):
            return reader, table
        reader.close()


def _coded(values: list[Any]) -> Coded:
    table: dict[Any, int] = {}
    codes = [table.setdefault(value, len(table)) for value in values]
    return Coded(np.array(codes, dtype=np.int64), list(table))
