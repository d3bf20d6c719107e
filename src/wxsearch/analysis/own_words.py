"""The user dictionary: words of one's own that queries are not cut inside of.

A file has one word a line, and from # on remarks. Reading refuses what could not work, so
that nobody waits for a word that does nothing; editing leaves all other lines as they are.
"""

from collections.abc import Collection

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.word_lists import entries
from wxsearch.errors import InvalidRequest, InvalidSettings, LimitExceeded
from wxsearch.limits import Limits


def checked_word(written: str, limits: Limits) -> str:
    """The folded word; raises InvalidRequest or LimitExceeded where it cannot be one."""
    word = fold(written)
    if not word:
        raise InvalidRequest(f"{written!r} has no letter or digit")
    if SEPARATOR in word or "#" in written:
        raise InvalidRequest(
            f"{written!r} is more than one word: a query is cut at its signs and blanks anyway"
        )
    if len(word) == 1:
        raise InvalidRequest(f"{written!r} is a single character, which is never cut")
    if len(word) > limits.dictionary_word_characters:
        raise LimitExceeded(
            f"{written[:20]!r}… has {len(word)} characters; {limits.dictionary_word_characters} are allowed "
            "(limits.dictionary_word_characters)"
        )
    return word


def read_own_words(text: str, limits: Limits, origin: str) -> dict[str, str]:
    """Each word of a file, folded, and as it is written; raises InvalidSettings with the line."""
    words: dict[str, str] = {}
    for number, entry in entries(text):
        try:
            word = checked_word(entry, limits)
        except InvalidRequest as problem:
            raise InvalidSettings(f"{origin}, line {number}: {problem.detail}") from None
        words.setdefault(word, entry)
        if len(words) > limits.dictionary_words:
            raise InvalidSettings(
                f"{origin}, line {number}: only {limits.dictionary_words} words are allowed "
                "(limits.dictionary_words)"
            )
    return words


def with_words(text: str, added: Collection[str]) -> str:
    """The file's text with lines added at its end."""
    ended = text if text.endswith("\n") or not text else f"{text}\n"
    return ended + "".join(f"{word}\n" for word in added)


def without_words(text: str, removed: Collection[str]) -> str:
    """The file's text without the lines of these folded words."""
    gone = {number for number, entry in entries(text) if fold(entry) in removed}
    lines = text.splitlines(keepends=True)
    return "".join(line for number, line in enumerate(lines, start=1) if number not in gone)
