"""How often a string, or a word of runs, stands in stored texts, by the marks of their units."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
from wxsearch.search.string_marks import KINDS, Marks, folded_marks, plain_marks

# At so few places the marks are compared one place after the other.
_FEW_PLACES = 32
# At more, so many marks are compared at once.
_TOGETHER = 8
_RUNS = ("letters", "digits")
# So many separators in a row are gone over one by one; where there are more, all of a text are.
_FEW_BLANKS = 4


class TextCounts(NamedTuple):
    """Occurrences in texts, and the numbers of the texts that have to be folded to be sure."""

    counts: Counts
    unsure: Numbers


def count_string(
    numbering: Numbering, numbers: UnitNumbers, string: str, *, is_plain: bool = False
) -> TextCounts | None:
    """Occurrences of a folded string in texts one after the other, each with 0 at its end.

    None where the string has too many characters, or a separator at an edge: only folding the texts
    tells then.
    """
    pieces = string.split(SEPARATOR)
    if not all(pieces):
        return None
    marks = (plain_marks if is_plain else folded_marks)(numbering, numbers, pieces)
    if marks is None:
        return None
    places, _ = _places(marks, [True] * (len(pieces) - 1))
    return _by_text(marks, places)


def count_word(
    numbering: Numbering,
    numbers: UnitNumbers,
    word: Sequence[tuple[str, str]],
    *,
    open_end: bool,
    is_plain: bool = False,
) -> TextCounts | None:
    """Occurrences of an unquoted leaf, by its pieces as analysis.runs.pieces gives them.

    They are those that analysis.runs.word_pattern finds in each text folded; `open_end` says whether
    the last run may go on. None where the leaf has too many characters.
    """
    strings = [word[0][1]]
    apart: list[bool] = []
    for (before, _), (kind, text) in pairwise(word):
        if kind == "separator":
            strings.append("")
            apart.append(True)
        elif {before, kind} == {"letters", "digits"}:
            strings.append(text)
            apart.append(False)
        else:
            strings[-1] += text
    marks = (plain_marks if is_plain else folded_marks)(numbering, numbers, strings, kinds=True)
    if marks is None:
        return None
    places, ends = _places(marks, apart)
    bounded = np.ones(len(places), bool)
    if word[0][0] in _RUNS:
        # What stands before the first text is the end of the last.
        beside = marks.texts.take(places - 1, mode="wrap")
        bounded &= marks.kinds.take(beside) != KINDS[word[0][0]]
    if word[-1][0] in _RUNS and not open_end:
        bounded &= marks.kinds.take(marks.texts.take(ends)) != KINDS[word[-1][0]]
    return _by_text(marks, places[bounded])


def _by_text(marks: Marks, places: Numbers) -> TextCounts:
    ends = (marks.texts == marks.end).nonzero()[0]
    counts = np.bincount(ends.searchsorted(places), minlength=len(ends))
    return TextCounts(counts, ends.searchsorted(marks.unsure) if len(marks.unsure) else marks.unsure)


def _places(marks: Marks, apart: Sequence[bool]) -> tuple[Numbers, Numbers]:
    """Where the pieces begin and end, one after the other.

    Between two of them separators stand where they are `apart`, and else at will.
    """
    first, *others = marks.pieces
    # Of plain texts that is the rarest.
    rarest = max(first)
    before = first.index(rarest)
    places = (marks.texts == rarest).nonzero()[0]
    places -= before
    places = places[_stand_at(marks.texts, places, first)]
    ends = places + len(first)
    for piece, has_blank in zip(others, apart, strict=True):
        begins = _behind_blanks(marks, ends)
        follows = (begins > ends).nonzero()[0] if has_blank else np.arange(len(begins))
        follows = follows[_stand_at(marks.texts, begins.take(follows), piece)]
        places, ends = places.take(follows), begins.take(follows) + len(piece)
    return places, ends


def _stand_at(texts: NDArray[Any], places: Numbers, wanted: list[int]) -> Numbers:
    """Which of some places have the wanted marks one after the other; a place before all texts does not."""
    if len(places) <= _FEW_PLACES:
        size = len(wanted)
        # From a place before all texts a slice is shorter, if not empty.
        numbers = [
            number
            for number, place in enumerate(places.tolist())
            if texts[place : place + size].tolist() == wanted
        ]
        return np.array(numbers, np.intp)
    found = (places >= 0).nonzero()[0]
    for start in range(0, len(wanted), _TOGETHER):
        some = np.array(wanted[start : start + _TOGETHER])[:, None]
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
