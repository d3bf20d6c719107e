"""Temporary files, for what is not of the index yet: their troubles are no bare OSErrors."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from tempfile import gettempdir
from typing import TypeVar

from wxsearch.errors import IndexProblem

T = TypeVar("T")


@contextmanager
def scratch() -> Iterator[None]:
    """Turns an OSError of work on temporary files into IndexProblem."""
    try:
        yield
    except OSError as error:
        raise IndexProblem(
            f"temporary files cannot be used ({error.strerror}); nothing changed; {_place()}"
        ) from error


def _place() -> str:
    try:
        return f"they lie in {gettempdir()}, or where TMPDIR says"
    except FileNotFoundError:
        # Of all the usual places none can be written to: a system that is read-only, or full.
        return "name a folder for them with TMPDIR"


def made_in_scratch(items: Iterable[T]) -> Iterator[T]:
    """The items, where making them works on temporary files."""
    with scratch():
        yield from items
