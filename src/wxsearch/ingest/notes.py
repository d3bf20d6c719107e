"""What there is to say about inputs that were read all the same."""

from collections.abc import Callable
from typing import NamedTuple

from wxsearch.models import NoteCount

FIELD_LEFT_OUT = "field_left_out"
TEXT_WITHOUT_FIELD = "text_without_field"


class Note(NamedTuple):
    """Something to know about an input that was read all the same.

    One with a `code`, which is stable, may hold for very many articles, and is for counting.
    `field` is the field that it is about, where it is about one.
    """

    path: str
    place: str | None
    text: str
    code: str = ""
    field: str = ""


OnNote = Callable[[Note], None]


def discard(_note: Note) -> None:
    """Where nobody listens, notes end here."""


class NoteCounts:
    """Counts the notes of a run that have a code, and hands the others on as they come."""

    def __init__(self, on_note: OnNote) -> None:
        self._on_note = on_note
        # Bounded, as codes and fields are.
        self._counts: dict[tuple[str, str], int] = {}
        self._first: dict[tuple[str, str], Note] = {}

    def hear(self, note: Note) -> None:
        """Takes a note."""
        if not note.code:
            self._on_note(note)
            return
        key = (note.code, note.field)
        self._counts[key] = self._counts.get(key, 0) + 1
        self._first.setdefault(key, note)

    def counts(self) -> tuple[NoteCount, ...]:
        """For each code and field how many articles it holds for, and the first of them."""
        return tuple(
            NoteCount(code, field or None, self._counts[code, field], first.path, first.place, first.text)
            for (code, field), first in self._first.items()
        )
