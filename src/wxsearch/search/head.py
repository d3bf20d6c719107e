"""The head: the texts of the few best articles, as the places where characters of the query stand."""

import sys
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import NARROW, writings
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.segment.frames import PARTS
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
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


# Which part of an article its body is.
_BODY = PARTS - 1
# Units that a character can take.
_WIDEST = 2
# How many times as long as what is read a body has to be for reading it by itself.
_VERY_LONG = 4


def read_head(segment: Segment, documents: Numbers, wanted: Codes, most: int) -> Head:
    """Looks for folded characters (by their code points) in the texts of some documents.

    Titles are read whole, of each body the first `most` characters. A character counts where it is
    the fold of one of the text; the few that several characters make together are not seen.
    """
    raw, numbers = _numbered(_content(segment, documents, most), segment.frames.numbering, wanted)
    # Places of a mask are found far faster than those of numbers.
    places, ends = (numbers > 0).take(raw).nonzero()[0], (raw == 0).nonzero()[0]
    # What begins an article is no text, nor is what lies behind its body or behind `most` of that.
    begins = ends[::PARTS]
    stops = np.minimum(ends[_BODY::PARTS], ends[_BODY - 1 :: PARTS] + (1 + most))
    first = places.searchsorted(begins)
    counts = places.searchsorted(stops) - first
    rows = np.repeat(np.arange(len(documents)), counts)
    # Of each article a stretch of the places is kept: by how much it moves, and then from where on.
    moves = first - (counts.cumsum() - counts)
    places = places.take(np.arange(len(rows)) + moves.take(rows))
    return Head(rows, numbers.take(raw.take(places)).astype(np.intp), places, begins + 1)


def _numbered(
    content: UnitNumbers, numbering: Numbering, wanted: Codes
) -> tuple[NDArray[np.unsignedinteger[Any]], NDArray[np.uint16]]:
    """The characters of a text as it is stored, and by each of those the number of its fold in `wanted`.

    Few texts hold characters of two units; the table for the others is small and stays at hand.
    """
    is_narrow = not numbering.has_pairs(content)
    beyond = NARROW if is_narrow else sys.maxunicode + 1
    numbers = np.zeros(beyond, np.uint16)
    written, which = writings(beyond).of(wanted)
    numbers[numbering.numbers.take(written) if is_narrow else written] = which + 1
    if is_narrow:
        return content, numbers
    return np.frombuffer(numbering.decoded(content).encode("utf-32-le"), np.uint32), numbers


def _content(segment: Segment, documents: Numbers, most: int) -> UnitNumbers:
    """The articles, without much of what of their bodies is not read.

    Where one is very long, each is unpacked and cut before the next: together they could fill the memory.
    """
    if segment.lengths[1].take(documents).max(initial=0) <= most * _VERY_LONG:
        return segment.frames.numbers(documents)
    each = (segment.frames.numbers(documents[at : at + 1]) for at in range(len(documents)))
    return np.concatenate([_cut(article, most * _WIDEST) for article in each])


def _cut(article: UnitNumbers, longest: int) -> UnitNumbers:
    """An article with a body of no more than so many units."""
    _, title, end = (article == 0).nonzero()[0].tolist()
    return np.append(article[: min(title + 1 + longest, end)], article[end])
