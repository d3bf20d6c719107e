"""What a reader of a format gets: a name, bytes in pieces, and a place for notes."""

import codecs
from collections.abc import Callable, Container, Iterator
from copy import copy
from itertools import chain

from wxsearch.errors import IngestProblem, InvalidArticle, TooLarge
from wxsearch.ingest.encoding import utf8_chunks
from wxsearch.ingest.notes import FIELD_LEFT_OUT, TEXT_WITHOUT_FIELD, Note, OnNote, discard
from wxsearch.ingest.reading import DEFAULT, Reading
from wxsearch.ingest.record import Record, article_of
from wxsearch.ingest.spare_text import spare_text
from wxsearch.ingest.table.columns import ColumnMap
from wxsearch.limits import Limits
from wxsearch.models import Article, Rejection


class Rejected(Rejection, frozen=True):
    """A rejection with the bytes that it is about; None where those are not at hand."""

    original: bytes | None = None

    def plain(self) -> Rejection:
        """The rejection as summaries name it, without the bytes."""
        return Rejection(self.path, self.place, self.code, self.reason)


Item = Article | Rejected


class Source:
    """One input, unpacked: `chunks` yields its bytes once and may raise IngestProblem."""

    def __init__(
        self,
        path: str,
        chunks: Iterator[bytes],
        limits: Limits,
        on_note: OnNote = discard,
        reading: Reading = DEFAULT,
    ) -> None:
        self.path = path
        self.reading = reading
        self.chunks = chunks
        self.limits = limits
        self._on_note = on_note
        # Gives all bytes once more, or None where they cannot be had.
        self.reopen: Callable[[], bytes | None] = lambda: None
        self._taken: bytes | None = None
        # For tables; by the usual names of columns where there is no map.
        self.columns: ColumnMap | None = None
        # How many bytes of the file itself `chunks` was made of so far; 0 where nobody counts.
        self.packed_bytes = 0

    def inner(self, chunks: Iterator[bytes], name: str = "") -> "Source":
        """The same over bytes that stand in it; under a name, a file of an archive: a.zip/path/page.html."""
        inner = copy(self)
        inner.chunks = chunks
        inner.path = f"{self.path}/{name}" if name else self.path
        inner.packed_bytes = 0
        if name:
            # What is opened again is the archive.
            inner.reopen = lambda: None
        return inner

    def peek(self, size: int) -> bytes:
        """The first `size` bytes or more, or all there are; they stay in `chunks`."""
        head = b""
        try:
            while len(head) < size and (chunk := next(self.chunks, None)) is not None:
                head += chunk
        except IngestProblem as problem:
            # What stands before it is still to be read.
            self.chunks = chain((head,), _failing(problem))
        else:
            self.chunks = chain((head,), self.chunks)
        return head

    def head(self, size: int) -> bytes:
        """As `peek`; UTF-16 with its mark is made UTF-8, for all that follows too."""
        head = self.peek(size)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.chunks = utf8_chunks(self.chunks, "utf-16")
            head = self.peek(size)
        return head

    def whole(self) -> bytes:
        """All bytes of an input that is one article; raises TooLarge."""
        pieces, size = [], 0
        for chunk in self.chunks:
            size += len(chunk)
            if size > self.limits.article_bytes:
                raise TooLarge(f"is larger than {self.limits.article_bytes} bytes (limits.article_bytes)")
            pieces.append(chunk)
        self._taken = b"".join(pieces)
        return self._taken

    def original(self) -> bytes | None:
        """All bytes of the input, as far as they are at hand once it was read."""
        return self.reopen() if self._taken is None else self._taken

    def article(self, record: Record, unit: str = "", number: int = 0, sure: Container[str] = ()) -> Article:
        """The article of a record, which is that unit of the input: "line" 7; an input has only one without.

        Side fields that cannot be read are left out, but for those that are `sure` to be what they are
        called, and notes name them. Raises InvalidArticle or TooLarge.
        """
        left_out: list[InvalidArticle] = []
        article = article_of(record, self.limits, left_out, sure)
        if left_out or not article.body:
            place = f"{unit} {number}" if unit else None
            for problem in left_out:
                field = problem.problems[0].field
                self._on_note(Note(self.path, place, problem.detail, FIELD_LEFT_OUT, field))
            if not article.body and (key := spare_text(article)):
                self._on_note(Note(self.path, place, f"the key {key!r} has a text", TEXT_WITHOUT_FIELD))
        return article

    def note(self, text: str, place: str | None = None) -> None:
        """Says something about this input that is no reason to reject it."""
        self._on_note(Note(self.path, place, text))

    def rejection(
        self, problem: IngestProblem, place: str | None = None, original: bytes | None = None
    ) -> Rejected:
        """The problem as a line of the summary, with the bytes at `place`, or without one with all bytes."""
        if place is None:
            original = self.original()
        return Rejected(self.path, place, problem.code, problem.detail, original)


def _failing(problem: IngestProblem) -> Iterator[bytes]:
    raise problem
    yield
