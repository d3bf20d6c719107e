"""What each unit of stored text is to a string: a mark, so that a string is found by comparing arrays.

Of plain texts the numbers of units are marks enough. Others are folded on the way, by a table: of all
that a character can be, only little matters here, whether its fold is one of the string's characters,
or a separator, or nothing.
"""

from array import array
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import BORDER, DROPPED, NARROW, several_folds, single_folds
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
from wxsearch.index.segment.segment import Mask

Roles = NDArray[np.uint8]

# What a character is in a text; between the third and the last two, which one of the string it is.
_OTHER, _END, _BLANK = range(3)
_NOTHING, _UNSURE = 254, 255
_FIRST = 3
_BLANK_ROLES = np.arange(_UNSURE + 1) == _BLANK


class Piece(NamedTuple):
    """The marks of a string between two separators, as numbers and in bytes as texts have them."""

    marks: list[int]
    pattern: bytes


class Marks(NamedTuple):
    """Marks of texts one after the other, each with `end` behind it, and of the pieces of a string.

    `blanks` tells of each mark whether it is of a separator.
    """

    texts: NDArray[Any]
    pieces: list[Piece]
    blanks: Mask
    end: int


def preload() -> None:
    """Makes now what the first marks would."""
    _growing()
    _written()


def plain_marks(numbering: Numbering, numbers: UnitNumbers, pieces: Sequence[str]) -> Marks | None:
    """Marks of plain texts (see fold_arrays); None where halves of pairs may be taken for separators."""
    if len(pieces) > 1 and numbering.has_pairs(numbers):
        return None
    if any(piece != piece.upper() for piece in pieces):
        numbers = numbering.small(numbers)
    wanted = list(map(numbering.numbers_of, pieces))
    return Marks(
        numbers, [Piece(marks, array("H", marks).tobytes()) for marks in wanted], _blanks(numbering), 0
    )


def folded_marks(numbering: Numbering, numbers: UnitNumbers, pieces: Sequence[str]) -> Marks | None:
    """Marks of any texts, without what vanishes in them.

    None where a character that becomes several takes part, or the pieces have too many: only
    folding the texts tells then.
    """
    characters = sorted(set("".join(pieces)))
    if len(characters) > _NOTHING - _FIRST:
        return None
    roles = _roles(numbering, numbers, characters)
    oddest = roles.max(initial=0)
    if oddest == _UNSURE:
        return None
    if oddest == _NOTHING:
        roles = roles[roles != _NOTHING]
    known = {character: number for number, character in enumerate(characters, start=_FIRST)}
    patterns = [bytes(map(known.__getitem__, piece)) for piece in pieces]
    return Marks(roles, [Piece(list(pattern), pattern) for pattern in patterns], _BLANK_ROLES, _END)


def _roles(numbering: Numbering, numbers: UnitNumbers, characters: Sequence[str]) -> Roles:
    """What each character of a text is; of two units, the second is nothing."""
    roles = _table(numbering, "".join(characters)).take(numbers)
    if numbering.has_pairs(numbers):
        wanted = np.array(list(map(ord, characters)), np.uint32)
        places, codes = numbering.pairs(numbers)
        # As a character of a text the border is a separator.
        folds = single_folds().take(np.where(codes == BORDER, ord(SEPARATOR), codes))
        roles[places] = np.select((folds == ord(SEPARATOR), folds == DROPPED), (_BLANK, _NOTHING), _OTHER)
        at = wanted.searchsorted(folds)
        there = (at < len(wanted)) & (wanted.take(at, mode="clip") == folds)
        roles[places[there]] = at[there] + _FIRST
        roles[places[np.isin(codes, np.array(_unsure(characters), np.intp))]] = _UNSURE
        roles[places + 1] = _NOTHING
    return roles


# Candidates are looked through in steps, all by one table.
@lru_cache(maxsize=16)
def _table(numbering: Numbering, characters: str) -> Roles:
    """The role of each number of a unit, for a string of these characters."""
    table = bytearray(_without_string(numbering).data)
    numbers = numbering.numbers.data
    for role, character in enumerate(characters, start=_FIRST):
        for code in (ord(character), *_written().get(character, ())):
            if code < NARROW:
                table[numbers[code]] = role
    for code in _unsure(characters):
        if code < NARROW:
            table[numbers[code]] = _UNSURE
    return np.frombuffer(table, np.uint8)


@lru_cache(maxsize=16)
def _without_string(numbering: Numbering) -> Roles:
    """The table by numbers of units, for a string without any characters."""
    folds = single_folds()[:NARROW]
    table = np.full(NARROW, _OTHER, np.uint8)
    table[folds == ord(SEPARATOR)] = _BLANK
    table[folds == DROPPED] = _NOTHING
    table[0] = _END
    return table.take(numbering.units)


@lru_cache(maxsize=16)
def _blanks(numbering: Numbering) -> Mask:
    """Whether each number of a unit is of a separator."""
    return _without_string(numbering) == _BLANK


def _unsure(characters: Sequence[str]) -> list[int]:
    """The code points that become several characters, one of these among them."""
    return [code for character in characters for code in _growing().get(character, ())]


@cache
def _written() -> Mapping[str, list[int]]:
    """By character the other code points, of one unit, that it can be written with."""
    folds = single_folds()[:NARROW]
    others = (folds != np.arange(NARROW)) & (folds < BORDER) & (folds != ord(SEPARATOR))
    found: dict[str, list[int]] = {}
    for code in others.nonzero()[0].tolist():
        found.setdefault(chr(folds[code]), []).append(code)
    return found


@cache
def _growing() -> Mapping[str, list[int]]:
    """By character the code points that become several, it among them."""
    found: dict[str, list[int]] = {}
    for code, text in several_folds().items():
        for character in set(text):
            found.setdefault(character, []).append(code)
    return found
