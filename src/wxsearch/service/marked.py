"""Marked text cut into pieces, each marked or not, ready for a template."""

import re
from collections.abc import Sequence

from wxsearch.models import Passage

Piece = tuple[str, bool]
"""Some text, and whether it is a match."""

_SENTENCE_ENDS = "。！？!?；…”’」』"
_LINE_END = re.compile(r"(?<=[。！？；：，、…”’」』）】])\s*\n\s*")


def pieces(passage: Passage) -> list[Piece]:
    """The passage from end to end; marks may not overlap."""
    found: list[Piece] = []
    place = 0
    for start, end in passage.marks:
        found += [(passage.text[place:start], False), (passage.text[start:end], True)]
        place = end
    found.append((passage.text[place:], False))
    return [piece for piece in found if piece[0]]


def snippet(passages: Sequence[Passage], longest: int) -> list[Piece]:
    """Passages as one run of text, with an ellipsis wherever something was left out.

    `longest` is the length a passage may have. How long the body is, a hit does not say:
    a full-length passage that stops inside a sentence was cut.
    """
    found: list[Piece] = []
    for number, passage in enumerate(passages):
        if passage.start > 0:
            found.append(("… " if number == 0 else " … ", False))
        found += _on_one_line(pieces(passage))
    if passages and _is_cut(passages[-1], longest):
        found.append((" …", False))
    return found


def paragraphs(whole: Passage) -> list[list[Piece]]:
    """A marked body cut at its line ends; empty lines are dropped."""
    found: list[list[Piece]] = [[]]
    for text, marked in pieces(whole):
        first, *rest = text.split("\n")
        found[-1].append((first, marked))
        found += [[(line, marked)] for line in rest]
    return [line for line in map(_trimmed, found) if line]


def _on_one_line(found: list[Piece]) -> list[Piece]:
    """Paragraphs run on: a full-width sign ends one with room enough."""
    return [(_LINE_END.sub("", text).replace("\n", " "), marked) for text, marked in found]


def _is_cut(passage: Passage, longest: int) -> bool:
    # The last few characters may have been given back so as not to cut inside one.
    return len(passage.text) >= longest - 8 and passage.text[-1:] not in _SENTENCE_ENDS


def _trimmed(line: list[Piece]) -> list[Piece]:
    """A line without blanks at its ends: pages indent with ideographic spaces."""
    kept = [piece for piece in line if piece[0]]
    while kept and not kept[0][0].strip():
        kept.pop(0)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[0] = (kept[0][0].lstrip(), kept[0][1])
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    return kept
