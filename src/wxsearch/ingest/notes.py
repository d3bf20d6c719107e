"""What there is to say about inputs that were read all the same."""

from collections.abc import Callable
from typing import NamedTuple


class Note(NamedTuple):
    """Something to know about an input that was read all the same."""

    path: str
    place: str | None
    text: str


OnNote = Callable[[Note], None]


def discard(_note: Note) -> None:
    """Where nobody listens, notes end here."""
