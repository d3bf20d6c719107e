"""How often a string stands in stored texts, by the marks of their units."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
from wxsearch.search.string_marks import Marks, Piece, folded_marks, plain_marks

# At so few places the marks are compared one place after the other.
_FEW_PLACES = 32
# At more, so many marks are compared at once.
_TOGETHER = 8
# So many separators in a row are gone over one by one; where there are more, all of a text are.
_FEW_BLANKS = 4


def count_string(
    numbering: Numbering, numbers: UnitNumbers, string: str, *, is_plain: bool = False
) -> Counts | None:
    """Occurrences of a folded string in texts one after the other, each with 0 at its end.

    None where a character that becomes several takes part, where the string has too many, or a
    separator at an edge: only folding the texts tells then.
    """
    pieces = string.split(SEPARATOR)
    if not all(pieces):
        return None
    marks = plain_marks(numbering, numbers, pieces) if is_plain else None
    marks = marks or folded_marks(numbering, numbers, pieces)
    if marks is None:
        return None
    places = _places(marks)
    ends = (marks.texts == marks.end).nonzero()[0]
    return np.bincount(ends.searchsorted(places), minlength=len(ends))


def _places(marks: Marks) -> Numbers:
    """Where the string begins."""
    first, *others = marks.pieces
    # Of plain texts that is the rarest.
    rarest = max(first.marks)
    before = first.marks.index(rarest)
    places = (marks.texts == rarest).nonzero()[0]
    places -= before
    places = places[_stand_at(marks.texts, places, first)]
    if not others:
        return places
    ends = places + len(first.marks)
    for piece in others:
        begins = _behind_blanks(marks, ends)
        follows = (begins > ends).nonzero()[0]
        follows = follows[_stand_at(marks.texts, begins.take(follows), piece)]
        places, ends = places.take(follows), begins.take(follows) + len(piece.marks)
    return places


def _stand_at(texts: NDArray[Any], places: Numbers, wanted: Piece) -> Numbers:
    """Which of some places have the wanted marks one after the other; a place before all texts does not."""
    if len(places) <= _FEW_PLACES:
        size = len(wanted.marks)
        numbers = [
            number
            for number, place in enumerate(places.tolist())
            if place >= 0 and texts[place : place + size].tobytes() == wanted.pattern
        ]
        return np.array(numbers, np.intp)
    found = (places >= 0).nonzero()[0]
    for start in range(0, len(wanted.marks), _TOGETHER):
        some = np.array(wanted.marks[start : start + _TOGETHER])[:, None]
        # Behind the last text, its end is found again: no mark of a string.
        at = places.take(found) + np.arange(start, start + len(some))[:, None]
        found = found[(texts.take(at, mode="clip") == some).all(axis=0)]
    return found


def _behind_blanks(marks: Marks, places: Numbers) -> Numbers:
    """The first place from each place on, in some text, where no separator stands."""
    for _ in range(_FEW_BLANKS):
        on_blank = marks.blanks.take(marks.texts.take(places))
        if not on_blank.any():
            return places
        places = places + on_blank
    others = (~marks.blanks.take(marks.texts)).nonzero()[0]
    return others.take(others.searchsorted(places))
