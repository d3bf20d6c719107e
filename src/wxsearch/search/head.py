"""The head: the texts of the few best articles, as the places where characters of the query stand."""

import sys
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import NARROW, writings
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.segment.frames import PARTS
from wxsearch.index.segment.segment import Segment

Codes = NDArray[np.uint32]


class Head(NamedTuple):
    """Where characters stand in some articles, in the order of articles and places.

    `documents` are rows of the head, `characters` numbers from 1 of those looked for, and `places` count
    the characters of title and body as one text, in which nothing follows the title
    immediately.
    """

    documents: Numbers
    characters: Numbers
    places: Numbers
    starts: Numbers
    """Where each article begins, as its places count."""


# What stands behind each part of an article in place of a character.
_BORDER = b"\0"
# Which part of an article its body is.
_BODY = PARTS - 1
# Bytes that a character can take.
_WIDEST = 4
# How many times as long as what is read a body has to be for reading it by itself.
_VERY_LONG = 4


def read_head(segment: Segment, documents: Numbers, wanted: Codes, most: int) -> Head:
    """Looks for folded characters (by their code points) in the texts of some documents.

    Titles are read whole, of each body the first `most` characters. A character counts where it is
    the fold of one of the text; the few that several characters make together are not seen.
    """
    raw, most_codes = _codes(_content(segment, documents, most).decode())
    numbers, known = np.zeros(most_codes, np.uint16), writings(most_codes)
    for number, character in enumerate(wanted.tolist(), start=1):
        numbers[known.of(character)] = number
    found = numbers.take(raw)
    # Of a mask places are found far faster than of numbers.
    places, ends = (found > 0).nonzero()[0], (raw == 0).nonzero()[0]
    begins = np.concatenate(([0], ends[:-1] + 1))
    # Of which part is each place: few ends are looked for among many places.
    part = np.repeat(np.arange(len(ends)), np.diff(places.searchsorted(ends), prepend=0))
    # What begins an article is no text.
    kept = part % PARTS > 0
    if (ends - begins)[_BODY::PARTS].max(initial=0) > most:
        kept &= (part % PARTS != _BODY) | (places - begins.take(part) < most)
    places = places[kept]
    return Head(part[kept] // PARTS, found.take(places).astype(np.intp), places, begins[1::PARTS])


def _codes(text: str) -> tuple[NDArray[Any], int]:
    """The characters of a text, and one more than any of them can be.

    Few texts hold characters beyond 16 bits; the table for the others is small and stays at hand.
    """
    narrow = text.encode("utf-16-le")
    if len(narrow) == 2 * len(text):
        return np.frombuffer(narrow, np.uint16), NARROW
    return np.frombuffer(text.encode("utf-32-le"), np.uint32), sys.maxunicode + 1


def _content(segment: Segment, documents: Numbers, most: int) -> bytes:
    """The articles, without much of what of their bodies is not read.

    Where one is very long, each is unpacked and cut before the next: together they could fill the memory.
    """
    if segment.lengths[1].take(documents).max(initial=0) <= most * _VERY_LONG:
        return segment.frames.texts(documents)
    each = (segment.frames.texts(documents[at : at + 1]) for at in range(len(documents)))
    return b"".join([_cut(article, most * _WIDEST) for article in each])


def _cut(article: bytes, longest: int) -> bytes:
    """An article with a body of no more than so many bytes, and no part of a character at its end."""
    rest, title, body, _ = article.split(_BORDER)
    return _BORDER.join((rest, title, body[:longest].decode(errors="ignore").encode(), b""))
