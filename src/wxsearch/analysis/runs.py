"""Runs: stretches of folded text that are all letters, or all digits.

Han characters, kana and Hangul are neither: there a word may begin anywhere. Elsewhere
(ai in said, 21 in 2021) a piece of a run is no word.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

# Of folded text only; what is in none of the classes is a separator, and there only a blank is.
IDEOGRAPHS = (
    (0x2E80, 0x2FFF),
    (0x3005, 0x3007),
    (0x3021, 0x3029),
    (0x3031, 0x4DBF),
    (0x4E00, 0xA4CF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0x16FE0, 0x18CFF),
    (0x1AFF0, 0x1B2FF),
    (0x20000, 0x3FFFD),
)
IDEOGRAPH = "".join(f"{chr(first)}-{chr(last)}" for first, last in IDEOGRAPHS)
DIGIT = "0-9"
DIGITS = frozenset("0123456789")
LETTER = f"^ {DIGIT}{IDEOGRAPH}"

PIECE = re.compile(
    f"(?P<digits>[{DIGIT}]+)|(?P<ideographs>[{IDEOGRAPH}]+)|(?P<letters>[{LETTER}]+)|(?P<separator> )"
)

_IDEOGRAPH = re.compile(f"[{IDEOGRAPH}]")
_IDEOGRAPHS = re.compile(f"[{IDEOGRAPH}]+")

# From so many letters on, the beginning of a run stands for the run: chen for chenkai.
PREFIX_LETTERS = 3


def pieces(folded: str) -> list[tuple[str, str]]:
    """The runs, ideographs and separators of a folded text in order: (kind, text)."""
    return [(str(match.lastgroup), match.group()) for match in PIECE.finditer(folded)]


def is_ideograph(character: str) -> bool:
    """Whether a folded character is of those between which a word may begin anywhere."""
    return _IDEOGRAPH.match(character) is not None


def are_ideographs(folded: str) -> bool:
    """Whether a folded text is all of such characters, and not empty."""
    return _IDEOGRAPHS.fullmatch(folded) is not None


def may_go_on(kind: str, text: str, *, prefix: bool) -> bool:
    """Whether the last piece of an unquoted leaf stands for runs that only begin so, too.

    Letters do from three on, and with `prefix` so do fewer of them, and digits.
    """
    return kind in ("letters", "digits") and (prefix or (kind == "letters" and len(text) >= PREFIX_LETTERS))


def string_places(string: str, folded: str) -> Iterator[tuple[int, int]]:
    """Each [start, end) of a string in a folded text, those that overlap too."""
    start = folded.find(string)
    while start >= 0:
        yield start, start + len(string)
        start = folded.find(string, start + 1)


def word_places(leaf: str, folded: str, *, prefix: bool = False) -> Iterator[tuple[int, int]]:
    """Each [start, end) of an unquoted leaf in a folded text, those that overlap too; see word_pattern."""
    if are_ideographs(leaf):
        # Found as a string far sooner than a pattern is compiled.
        yield from string_places(leaf, folded)
        return
    pattern = word_pattern(leaf, prefix=prefix)
    found = pattern.search(folded)
    while found:
        yield found.span()
        found = pattern.search(folded, found.start() + 1)


# An answer looks for the same leaves in each of its hits, and compiling takes as long as ten looks.
@lru_cache(maxsize=4096)
def word_pattern(folded: str, *, prefix: bool = False) -> re.Pattern[str]:
    """Finds an unquoted leaf in folded text.

    A run of digits stands for a whole run; letters for a whole run, or at the end of the
    leaf for the beginning of one as `may_go_on` says. Between letters and digits one
    separator may stand or be missing. Ideographs match anywhere.
    """
    found = pieces(folded)
    parts = []
    for place, (kind, text) in enumerate(found):
        before = found[place - 1][0] if place else None
        if {before, kind} == {"letters", "digits"}:
            parts.append(" ?")
        goes_on = place < len(found) - 1 or may_go_on(kind, text, prefix=prefix)
        parts.append(_bounded(kind, text, first=place == 0, goes_on=goes_on))
    return re.compile("".join(parts))


def _bounded(kind: str, text: str, *, first: bool, goes_on: bool) -> str:
    """A piece, not begun inside a longer run of its kind, nor ended there unless it goes on."""
    if kind not in ("digits", "letters"):
        return text
    inside = DIGIT if kind == "digits" else LETTER
    escaped = re.escape(text)
    # Looked back over after the text: a pattern that begins with plain characters is found far faster.
    begin = f"(?<![{inside}]{escaped})" if first else ""
    return escaped + begin + ("" if goes_on else f"(?![{inside}])")
