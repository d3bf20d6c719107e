"""Synonyms: words that stand for each other in news, 人大 and 全国人民代表大会.

A file has one group a line, and from # on remarks: `A = B = C` where each stands for all
others; `A => B = C` where who asks for A is also given B and C, but not the other way.
"""

from collections.abc import Mapping

from wxsearch.analysis.fold import fold
from wxsearch.analysis.word_lists import entries
from wxsearch.errors import InvalidSettings
from wxsearch.limits import Limits

Synonyms = Mapping[str, tuple[str, ...]]
"""A folded word to the folded words that are looked for as well, in the order of the file."""


def read_synonyms(text: str, limits: Limits, origin: str) -> Synonyms:
    """The words of a file; raises InvalidSettings with the line."""
    found: dict[str, dict[str, None]] = {}
    for count, (number, entry) in enumerate(entries(text), start=1):
        if count > limits.synonym_groups:
            raise InvalidSettings(
                f"{origin}, line {number}: only {limits.synonym_groups} groups are allowed "
                "(limits.synonym_groups)"
            )
        try:
            asked, given = _group(entry, limits)
        except ValueError as problem:
            raise InvalidSettings(f"{origin}, line {number}: {problem}") from None
        for word in asked:
            found.setdefault(word, {}).update((other, None) for other in given if other != word)
    return {word: tuple(others) for word, others in found.items()}


def _group(entry: str, limits: Limits) -> tuple[list[str], list[str]]:
    """The words that are asked for, and those that are given for them."""
    left, arrow, right = entry.partition("=>")
    given = [_word(part, limits) for part in (right if arrow else left).split("=")]
    asked = [_word(left, limits)] if arrow else given
    if not arrow and len(set(given)) < 2:
        raise ValueError(f"{entry!r} says of no two words that they are the same (A = B, or A => B)")
    return asked, given


def _word(written: str, limits: Limits) -> str:
    word = fold(written)
    if len(word) < 2 or "=" in written or ">" in written:
        raise ValueError(f"{written.strip()!r} is no word of two or more characters")
    if len(word) > limits.dictionary_word_characters:
        raise ValueError(
            f"{written.strip()[:20]!r}… has {len(word)} characters; {limits.dictionary_word_characters} "
            "are allowed (limits.dictionary_word_characters)"
        )
    return word
