"""What a reader of a format gets: a name, bytes in pieces, and a place for notes."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from wxsearch.errors import IngestProblem, TooLarge
from wxsearch.ingest.reading import DEFAULT, Reading
from wxsearch.limits import Limits
from wxsearch.models import Article, Rejection


class Note(NamedTuple):
    """Something to know about an input that was read all the same."""

    path: str
    place: str | None
    text: str


Item = Article | Rejection
OnNote = Callable[[Note], None]


def discard(_note: Note) -> None:
    """Where nobody listens, notes end here."""


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

    def peek(self, size: int) -> bytes:
        """The first `size` bytes or more, or all there are; they stay in `chunks`."""
        head = b""
        while len(head) < size and (chunk := next(self.chunks, None)) is not None:
            head += chunk
        self.chunks = chain((head,), self.chunks)
        return head

    def whole(self) -> bytes:
        """All bytes of an input that is one article; raises TooLarge."""
        pieces, size = [], 0
        for chunk in self.chunks:
            size += len(chunk)
            if size > self.limits.article_bytes:
                raise TooLarge(f"is larger than {self.limits.article_bytes} bytes (limits.article_bytes)")
            pieces.append(chunk)
        return b"".join(pieces)

    def note(self, text: str, place: str | None = None) -> None:
        """Says something about this input that is no reason to reject it."""
        self._on_note(Note(self.path, place, text))

    def rejection(self, problem: IngestProblem, place: str | None = None) -> Rejection:
        """The problem as a line of the summary."""
        return Rejection(self.path, place, problem.code, problem.detail)
