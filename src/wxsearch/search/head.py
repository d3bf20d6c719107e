"""The head: the texts of the few best articles, as the places where characters of the query stand."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import BEYOND, single_folds
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


# What stands between two texts in place of a character.
_BORDER = b"\0"
# Bytes that a character can take.
_WIDEST = 4


def read_head(segment: Segment, documents: Numbers, wanted: Codes, most: int) -> Head:
    """Looks for folded characters (by their code points) in the texts of some documents.

    Of each body the first `most` characters are read; titles are shorter. A character counts where it is
    the fold of one of the text; the few that several characters make together are not seen.
    """
    raw = np.frombuffer(_texts(segment, documents, most).encode("utf-32-le"), np.uint32)
    numbers = np.zeros(BEYOND, np.uint16)
    numbers[wanted] = np.arange(1, len(wanted) + 1)
    found = numbers.take(single_folds().take(raw))
    places = found.nonzero()[0]
    ends = (raw == 0).nonzero()[0]
    begins = np.concatenate(([0], ends[:-1] + 1))
    if (ends - begins).max(initial=0) > most:
        places = places[places - begins.take(ends.searchsorted(places)) < most]
    # Two texts an article.
    starts = begins[::2]
    return Head(starts.searchsorted(places, "right") - 1, found.take(places).astype(np.intp), places, starts)


def _texts(segment: Segment, documents: Numbers, most: int) -> str:
    """Title and body of each document, each followed by a border; no more of them than has to be read."""
    parts = segment.frames.texts(documents).split(_BORDER)
    # What begins an article is no text.
    del parts[::PARTS]
    longest = most * _WIDEST
    parts = [text if len(text) <= longest else _beginning(text[:longest]) for text in parts]
    return _BORDER.join(parts).decode() + "\0"


def _beginning(cut: bytes) -> bytes:
    """What is whole of a text that was cut anywhere."""
    return cut.decode(errors="ignore").encode()
