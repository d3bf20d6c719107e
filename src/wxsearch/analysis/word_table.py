"""Tables of words that stand for each other: one group a line, first remarks, then words between blanks."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

WordTable = Mapping[str, tuple[str, ...]]
"""A folded word to the others of its lines, in the order of the table."""


@cache
def regional_words() -> WordTable:
    """Words that differ between the mainland, Taiwan and Hong Kong: 软件, 软体."""
    return _read("regional_table.txt")


@cache
def character_phrases() -> WordTable:
    """Words that fold leaves apart, since only the word tells which character is meant: 乾燥, 干燥."""
    return _read("character_table.txt")


def _read(name: str) -> WordTable:
    found: dict[str, dict[str, None]] = {}
    for line in files("wxsearch.analysis").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        group = line.split(" ")
        for word in group:
            found.setdefault(word, {}).update((other, None) for other in group if other != word)
    return {word: tuple(others) for word, others in found.items()}
