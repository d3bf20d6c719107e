"""wxsearch dictionary: the words that queries are not cut inside of."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import click

from wxsearch.analysis.own_words import checked_word, read_own_words, with_words, without_words
from wxsearch.analysis.segment import Cutter
from wxsearch.analysis.vocabulary_files import Choice
from wxsearch.analysis.word_lists import read_list
from wxsearch.cli.options import json_option
from wxsearch.cli.output import counted, plain, print_json
from wxsearch.errors import InvalidRequest, InvalidSettings, LimitExceeded
from wxsearch.limits import Limits
from wxsearch.settings import load_settings


class _Dictionary(NamedTuple):
    """The file as it is: its text, and the words in it, folded and as written."""

    path: Path
    text: str
    words: dict[str, str]
    limits: Limits


@click.group()
def dictionary() -> None:
    """Words that queries are not cut inside of; a change counts at once.

    The words are in config/userdict.txt, or in the file that query.dictionary names.
    """


@dictionary.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@json_option
def add(words: tuple[str, ...], as_json: bool) -> None:
    """Add words. Those that are there are named and are no error.

    \b
    Examples:
      wxsearch dictionary add 碳中和 新质生产力
    """
    with _opened() as held:
        added, present = _sorted_out(words, held)
        _refuse_broken(list(added))
        total = len(held.words) + len(added)
        if added and total > held.limits.dictionary_words:
            raise LimitExceeded(
                f"{held.path} would have {counted(total, 'word')}; {held.limits.dictionary_words} are "
                "allowed (limits.dictionary_words)"
            )
        if added:
            _replace(held.path, with_words(held.text, list(added.values())))
    if as_json:
        print_json({"file": str(held.path), "added": list(added), "present": present, "total": total})
        return
    click.echo(f"{len(added)} added; {counted(total, 'word')} in {plain(str(held.path))}")
    jieba = Cutter()
    for word in added:
        click.echo(f"  {word} (cut before: {' / '.join(piece for piece, _ in jieba.cut(word))})")
    for word in present:
        click.echo(f"  was there: {word}")


@dictionary.command()
@click.argument("words", nargs=-1, required=True, metavar="WORD…")
@json_option
def remove(words: tuple[str, ...], as_json: bool) -> None:
    """Remove words. Those that are not there are named and are no error."""
    with _opened() as held:
        asked = dict.fromkeys(checked_word(word, held.limits) for word in words)
        removed = [word for word in asked if word in held.words]
        if removed:
            _replace(held.path, without_words(held.text, removed))
    missing = [word for word in asked if word not in held.words]
    total = len(held.words) - len(removed)
    if as_json:
        print_json({"file": str(held.path), "removed": removed, "missing": missing, "total": total})
        return
    click.echo(f"{len(removed)} removed; {counted(total, 'word')} in {plain(str(held.path))}")
    for word in missing:
        click.echo(f"  not there: {word}")


@dictionary.command("list")
@json_option
def list_words(as_json: bool) -> None:
    """Show the words, in the order of the file."""
    settings = load_settings()
    path = Choice(dictionary=settings.query.dictionary).dictionary_file
    words = read_own_words(read_list(path, "query.dictionary"), settings.limits, str(path))
    if as_json:
        print_json({"file": str(path), "words": list(words.values()), "total": len(words)})
        return
    for word in words.values():
        click.echo(plain(word))


@contextmanager
def _opened() -> Iterator[_Dictionary]:
    """The file, while no other command changes it; one that is not there yet is empty."""
    settings = load_settings()
    # What a link leads to is changed, and the link stays.
    path = Choice(dictionary=settings.query.dictionary).dictionary_file.resolve()
    with _named(path):
        descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        # Not on the file: that is replaced.
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        text = read_list(path, "query.dictionary") if path.exists() else ""
        yield _Dictionary(path, text, read_own_words(text, settings.limits, str(path)), settings.limits)
    finally:
        os.close(descriptor)


def _sorted_out(words: tuple[str, ...], held: _Dictionary) -> tuple[dict[str, str], list[str]]:
    """The new words, folded and as they are written into the file, and those that are there."""
    asked = {checked_word(word, held.limits): word.strip() for word in words}
    new = {word: written for word, written in asked.items() if word not in held.words}
    return new, [word for word in asked if word in held.words]


def _refuse_broken(words: list[str]) -> None:
    """Raises InvalidRequest for words in characters that jieba never takes together."""
    cutter = Cutter(frozenset(words))
    broken = [word for word in words if not cutter.keeps_whole(word)]
    if broken:
        raise InvalidRequest(
            f"{', '.join(broken)}: jieba keeps only Han characters, Latin letters and digits whole"
        )


def _replace(path: Path, text: str) -> None:
    """The file with another text: whole or not at all, for whoever reads it meanwhile."""
    with _named(path):
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Says of what cannot be written which file it is, and which setting names another."""
    try:
        yield
    except OSError as error:
        raise InvalidSettings(
            f"{path} cannot be written ({error.strerror}); name a file of your own with query.dictionary "
            "(WXSEARCH_QUERY_DICTIONARY)"
        ) from None
