"""The head: the texts of the few best articles, as the places where characters of the query stand."""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import NARROW, writings
from wxsearch.analysis.headlines import ANNOUNCEMENT, headline_end
from wxsearch.index.segment.decoding import Numbers
from wxsearch.index.segment.frames import PARTS
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
from wxsearch.index.segment.segment import Segment

Codes = NDArray[np.uint32]
Text = NDArray[np.unsignedinteger[Any]]
"""Numbers of units, or code points where one of the characters has two units."""


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
# What an announcement of a headline begins with.
_FIRST = "原"
# How many times as long as what is read a body has to be for reading it by itself.
_VERY_LONG = 4


def read_head(
    texts: Sequence[tuple[Segment, Numbers]], wanted: Codes, most: int, headline: int
) -> tuple[Head, Head | None]:
    """Looks for folded characters (by their code points) in the texts of some documents of some segments.

    Titles are read whole, of each body the first `most` characters. A character counts where it is
    the fold of one of the text; the few that several characters make together are not seen. Headlines
    that bodies announce, of up to `headline` characters, are given apart, and the texts as if
    they were not there; None where there are none.
    """
    numbering = texts[0][0].frames.numbering
    contents = [
        numbering.taken_over(_content(segment, documents, most), segment.frames.numbering)
        for segment, documents in texts
    ]
    content = contents[0] if len(contents) == 1 else np.concatenate(contents)
    raw, written, which = _written(content, numbering, wanted)
    beyond = NARROW if raw.dtype == np.uint16 else sys.maxunicode + 1
    numbers, is_wanted = np.zeros(beyond, np.uint16), np.zeros(beyond, bool)
    numbers[written], is_wanted[written] = which + 1, True
    # Places of a mask are found far faster than those of numbers.
    places, ends = is_wanted.take(raw).nonzero()[0], (raw == 0).nonzero()[0]
    # What begins an article is no text, nor is what lies behind its body or behind `most` of that.
    begins = ends[::PARTS]
    stops = np.minimum(ends[_BODY::PARTS], ends[_BODY - 1 :: PARTS] + (1 + most))
    first = places.searchsorted(begins)
    counts = places.searchsorted(stops) - first
    rows = np.repeat(np.arange(len(begins)), counts)
    # Of each article a stretch of the places is kept: by how much it moves, and then from where on.
    moves = first - (counts.cumsum() - counts)
    places = places.take(np.arange(len(rows)) + moves.take(rows))
    head = Head(rows, numbers.take(raw.take(places)).astype(np.intp), places, begins + 1)
    bodies = ends[_BODY - 1 :: PARTS] + 1
    sizes = _headline_sizes(raw, numbering, bodies, headline)
    return _apart(head, bodies, sizes) if sizes.any() else (head, None)


def _headline_sizes(raw: Text, numbering: Numbering, bodies: Numbers, most: int) -> Numbers:
    """How long each announced headline is, with its announcement, of bodies that begin at these places."""
    sizes = np.zeros(len(bodies), np.intp)
    is_narrow = raw.dtype == np.uint16
    first = numbering.numbers[ord(_FIRST)] if is_narrow else ord(_FIRST)
    # Only a bracket may stand before it; few bodies begin so.
    rows = ((raw.take(bodies) == first) | (raw.take(bodies + 1, mode="clip") == first)).nonzero()[0]
    if len(rows) == 0:
        return sizes
    width = ANNOUNCEMENT + most
    openings = raw.take(np.add.outer(bodies.take(rows), np.arange(width)), mode="clip")
    # All at once: a call for each takes longer than its text.
    text = numbering.decoded(openings) if is_narrow else openings.tobytes().decode("utf-32-le")
    for number, row in enumerate(rows.tolist()):
        # Where the body is shorter, what lies behind it has no places in the article.
        sizes[row] = headline_end(text[number * width : (number + 1) * width], most)
    return sizes


def _apart(head: Head, bodies: Numbers, sizes: Numbers) -> tuple[Head, Head]:
    """The texts without their headlines, which what follows takes the places of, and these."""
    inside = head.places - bodies.take(head.documents)
    size = sizes.take(head.documents)
    is_headline = (inside >= 0) & (inside < size)
    places = head.places - size * (inside >= size)
    texts, headlines = (~is_headline).nonzero()[0], is_headline.nonzero()[0]
    return (
        Head(head.documents[texts], head.characters[texts], places[texts], head.starts),
        Head(head.documents[headlines], head.characters[headlines], places[headlines], head.starts),
    )


def _written(
    content: UnitNumbers, numbering: Numbering, wanted: Codes
) -> tuple[Text, NDArray[np.unsignedinteger[Any]], Numbers]:
    """The characters of a text, those by which `wanted` ones are written, and which one each is of.

    They are numbers of units; where some characters take two, which is seldom, code points.
    """
    if numbering.has_pairs(content):
        text = np.frombuffer(numbering.decoded(content).encode("utf-32-le"), np.uint32)
        return text, *writings(sys.maxunicode + 1).of(wanted)
    written, which = writings(NARROW).of(wanted)
    return content, numbering.numbers.take(written), which


def _content(segment: Segment, documents: Numbers, most: int) -> UnitNumbers:
    """The articles, without much of what of their bodies is not read.

    Each very long one is unpacked and cut before the next: together they could fill the memory.
    """
    very_long = (segment.lengths[1].take(documents) > most * _VERY_LONG).nonzero()[0].tolist()
    unpacked = segment.frames.numbers
    parts: list[UnitNumbers] = []
    begin = 0
    for place in very_long:
        parts.append(unpacked(documents[begin:place]))
        parts.append(_cut(unpacked(documents[place : place + 1]), most * _WIDEST))
        begin = place + 1
    parts.append(unpacked(documents[begin:]))
    return np.concatenate(parts) if very_long else parts[0]


def _cut(article: UnitNumbers, longest: int) -> UnitNumbers:
    """An article with a body of no more than so many units."""
    _, title, end = (article == 0).nonzero()[0].tolist()
    return np.append(article[: min(title + 1 + longest, end)], article[end])
