"""Runs: stretches of folded text that are all letters, or all digits.

Han characters, kana and Hangul are neither: there a word may begin anywhere. Elsewhere
(ai in said, 21 in 2021) a piece of a run is no word.
"""

import re

# Of folded text only; what is in none of the classes is a separator, and there only a blank is.
IDEOGRAPH = (
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3031-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00016fe0-\U00018cff\U0001aff0-\U0001b2ff\U00020000-\U0003fffd"
)
DIGIT = "0-9"
LETTER = f"^ {DIGIT}{IDEOGRAPH}"

PIECE = re.compile(
    f"(?P<digits>[{DIGIT}]+)|(?P<ideographs>[{IDEOGRAPH}]+)|(?P<letters>[{LETTER}]+)|(?P<separator> )"
)

# From so many letters on, the beginning of a run stands for the run: chen for chenkai.
PREFIX_LETTERS = 3


def pieces(folded: str) -> list[tuple[str, str]]:
    """The runs, ideographs and separators of a folded text in order: (kind, text)."""
    return [(str(match.lastgroup), match.group()) for match in PIECE.finditer(folded)]


def word_pattern(folded: str) -> re.Pattern[str]:
    """Finds an unquoted leaf in folded text.

    A run of digits stands for a whole run; letters for a whole run, or at the end of the
    leaf for the beginning of one from three letters on. Between letters and digits one
    separator may stand or be missing. Ideographs match anywhere.
    """
    found = pieces(folded)
    parts = []
    for place, (kind, text) in enumerate(found):
        before = found[place - 1][0] if place else None
        if {before, kind} == {"letters", "digits"}:
            parts.append(" ?")
        parts.append(_bounded(kind, text, first=place == 0, last=place == len(found) - 1))
    return re.compile("".join(parts))


def _bounded(kind: str, text: str, *, first: bool, last: bool) -> str:
    """A piece, not begun or ended inside a longer run of its kind."""
    if kind not in ("digits", "letters"):
        return text
    inside = DIGIT if kind == "digits" else LETTER
    begin = f"(?<![{inside}])" if first else ""
    open_end = not last or (kind == "letters" and len(text) >= PREFIX_LETTERS)
    return begin + re.escape(text) + ("" if open_end else f"(?![{inside}])")
