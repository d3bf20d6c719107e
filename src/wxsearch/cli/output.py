"""What the commands print: JSON on standard output, words for people, progress bars."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import msgspec

from wxsearch.engines.base import Progress as OnProgress
from wxsearch.ingest.notes import FIELD_LEFT_OUT, TEXT_WITHOUT_FIELD, Note
from wxsearch.models import NoteCount, Precision, Rejection


def print_json(value: Any) -> None:
    """One JSON document, indented, and nothing else on standard output."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.buffer.write(text + b"\n")
    sys.stdout.buffer.flush()


def print_json_line(value: Any) -> None:
    """One line of JSON Lines."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")


# Control characters of an article must not steer the terminal that shows it.
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), " ")


def plain(text: str, *, lines: bool = False) -> str:
    """The text as it may be shown on a terminal: on one line, or with `lines` on its own."""
    if lines:
        return "\n".join(line.translate(_CONTROLS) for line in text.split("\n"))
    return text.translate(_CONTROLS)


def shown_time(published: str | None, precision: Precision | None, *, exact: bool = False) -> str:
    """The time of an article to the minute, or `exact` as far as it is known; a day where that is all."""
    known = {"day": 10, "minute": 16}.get(precision or "second", 19 if exact else 16)
    return "" if published is None else published[:known].replace("T", " ")


def counted(number: int, noun: str) -> str:
    """1 article, 2 articles."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def say(message: str) -> None:
    """A message to the person, on standard error."""
    click.echo(message, err=True)


def tell_rejection(rejection: Rejection) -> None:
    """What was not taken, where it stands and why, on standard error."""
    place = f", {rejection.place}" if rejection.place else ""
    label = click.style(f"rejected [{rejection.code}]:", fg="yellow")
    say(f"{label} {plain(f'{rejection.path}{place}: {rejection.reason}')}")


def tell_note(note: Note) -> None:
    """What was taken, but not quite as it was, on standard error."""
    place = f", {note.place}" if note.place else ""
    say(f"note: {plain(f'{note.path}{place}: {note.text}')}")


_COUNTED = {
    FIELD_LEFT_OUT: "{field} of {articles} could not be read and was left out",
    TEXT_WITHOUT_FIELD: "{articles} without a body, but with a text under a key that is no field",
}


def tell_note_counts(counts: Iterable[NoteCount]) -> None:
    """What holds for articles of a run, once with how many there are, on standard error."""
    for count in counts:
        place = f", {count.place}" if count.place else ""
        words = _COUNTED[count.code].format(field=count.field, articles=counted(count.articles, "article"))
        say(f"note [{count.code}]: {plain(f'{words}; the first: {count.path}{place}: {count.reason}')}")


def tell_trouble(message: str) -> None:
    """What went wrong beside the work itself, on standard error."""
    say(f"note: {plain(message)}")


def fail(code: str, detail: str) -> None:
    """An error with its stable code, on standard error."""
    label = click.style(f"error [{code}]:", fg="red", bold=True)
    click.echo(f"{label} {plain(detail)}", err=True)


@contextmanager
def progress_bar() -> Iterator[OnProgress]:
    """A bar on standard error while long work goes on; silent where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _phase, _done, _total: None
        return
    # Imported here, since most commands draw no bar and start sooner without.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:>9}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def advance(phase: str, done: int, total: int | None) -> None:
            if phase not in tasks:
                tasks[phase] = bars.add_task(phase, total=total)
            bars.update(tasks[phase], completed=done, total=total)

        yield advance
