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


def read_head(segment: Segment, documents: Numbers, wanted: Codes, most: int) -> Head:
    """Looks for folded characters (by their code points) in the texts of some documents.

    Titles are read whole, of each body the first `most` characters. A character counts where it is
    the fold of one of the text; the few that several characters make together are not seen.
    """
    content = segment.frames.texts(documents)
    if len(content) > most * len(documents):
        content = _cut(content, most * _WIDEST)
    raw, most_codes = _codes(content.decode())
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


def _cut(content: bytes, longest: int) -> bytes:
    """Articles with bodies of no more than so many bytes."""
    parts = content.split(_BORDER)
    bodies = parts[_BODY::PARTS]
    parts[_BODY::PARTS] = [body if len(body) <= longest else _beginning(body[:longest]) for body in bodies]
    return _BORDER.join(parts)


def _beginning(cut: bytes) -> bytes:
    """What is whole of a text that was cut anywhere."""
    return cut.decode(errors="ignore").encode()
