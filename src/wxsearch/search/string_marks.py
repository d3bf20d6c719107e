"""What each unit of stored text is to a string: a mark, so that a string is found by comparing arrays.

Of plain texts the numbers of units are marks enough. Others are folded on the way, by a table: of all
that a character can be, only little matters here, whether its fold is one of the string's characters,
or a separator, or nothing.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import BORDER, DROPPED, NARROW, SEVERAL, several_folds, single_folds
from wxsearch.analysis.runs import IDEOGRAPHS
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
from wxsearch.index.segment.segment import Mask

Roles = NDArray[np.uint8]

# What a character is in a text; between the first and the last of these, which one of the string it is.
_OTHER, _END, _BLANK, _LETTER, _DIGIT = range(5)
_NOTHING, _UNSURE = 254, 255
_FIRST = 5
_NOWHERE = np.empty(0, np.intp)
KINDS = {"letters": _LETTER, "digits": _DIGIT, "ideographs": _OTHER}
"""The kinds of analysis.runs as marks have them."""

_ROLES = np.arange(_UNSURE + 1, dtype=np.uint8)
_BLANK_ROLES = _ROLES == _BLANK


class Marks(NamedTuple):
    """Marks of texts one after the other, each with `end` behind it, and of the pieces of a string.

    `blanks` tells of each mark whether it is of a separator, and `kinds` which of KINDS it is of. At the
    places `unsure` nobody can say what stands there.
    """

    texts: NDArray[Any]
    pieces: list[list[int]]
    blanks: Mask
    kinds: Roles
    end: int
    unsure: NDArray[np.intp]


def preload(numbering: Numbering) -> None:
    """Makes now what the first marks of texts in these numbers would."""
    _growing()
    _written()
    _blanks(numbering)
    _without_string(numbering, kinds=True)


def plain_marks(
    numbering: Numbering, numbers: UnitNumbers, pieces: Sequence[str], *, kinds: bool = False
) -> Marks:
    """Marks of plain texts (see fold_arrays).

    Where there are several pieces, or kinds are asked for, halves of pairs are unsure.
    """
    unsure = numbering.halves(numbers) if kinds or len(pieces) > 1 else _NOWHERE
    string = "".join(pieces)
    if string != string.upper():
        numbers = numbering.small(numbers)
    wanted = list(map(numbering.numbers_of, pieces))
    return Marks(numbers, wanted, _blanks(numbering), _without_string(numbering, kinds=False), 0, unsure)


def folded_marks(
    numbering: Numbering, numbers: UnitNumbers, pieces: Sequence[str], *, kinds: bool = False
) -> Marks | None:
    """Marks of any texts, without what vanishes in them; `kinds` are right where they are asked for.

    Unsure is a character that becomes several, if one of them is in the pieces or kinds are asked for.
    None where the pieces have too many characters.
    """
    characters = sorted(set("".join(pieces)))
    if len(characters) > _NOTHING - _FIRST:
        return None
    roles = _roles(numbering, numbers, characters, kinds=kinds)
    oddest = roles.max(initial=0)
    if oddest >= _NOTHING:
        roles = roles[roles != _NOTHING]
    unsure = (roles == _UNSURE).nonzero()[0] if oddest == _UNSURE else _NOWHERE
    known = {character: number for number, character in enumerate(characters, start=_FIRST)}
    wanted = [[known[character] for character in piece] for piece in pieces]
    of_roles = _ROLES
    if kinds:
        of_roles = _ROLES.copy()
        codes = np.array(list(map(ord, characters)), np.uint32)
        of_roles[_FIRST : _FIRST + len(characters)] = _kinds(codes)
    return Marks(roles, wanted, _BLANK_ROLES, of_roles, _END, unsure)


def _roles(numbering: Numbering, numbers: UnitNumbers, characters: Sequence[str], *, kinds: bool) -> Roles:
    """What each character of a text is; of two units, the second is nothing."""
    roles = _table(numbering, "".join(characters), kinds=kinds).take(numbers)
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
        if kinds:
            roles[places] = _UNSURE
        roles[places + 1] = _NOTHING
    return roles


# Candidates are looked through in steps, all by one table.
@lru_cache(maxsize=16)
def _table(numbering: Numbering, characters: str, *, kinds: bool) -> Roles:
    """The role of each number of a unit, for a string of these characters.

    Where kinds matter, nobody can say what one that becomes several is.
    """
    table = bytearray(_without_string(numbering, kinds=kinds).data)
    numbers = numbering.numbers.data
    for role, character in enumerate(characters, start=_FIRST):
        for code in (ord(character), *_written().get(character, ())):
            if code < NARROW:
                table[numbers[code]] = role
    for code in _unsure(characters):
        if code < NARROW:
            table[numbers[code]] = _UNSURE
    return np.frombuffer(table, np.uint8)


# Twice as many as of the others, for each numbering has two.
@lru_cache(maxsize=32)
def _without_string(numbering: Numbering, *, kinds: bool) -> Roles:
    """The table by numbers of units, for a string without any characters."""
    folds = single_folds()[:NARROW]
    table = _kinds(folds)
    table[folds == DROPPED] = _NOTHING
    if kinds:
        table[folds == SEVERAL] = _UNSURE
    table[0] = _END
    return table.take(numbering.units)


def _kinds(folds: NDArray[np.uint32]) -> Roles:
    """What folded characters are."""
    kinds = np.full(len(folds), _LETTER, np.uint8)
    for first, last in IDEOGRAPHS:
        kinds[(folds >= first) & (folds <= last)] = _OTHER
    kinds[(folds >= ord("0")) & (folds <= ord("9"))] = _DIGIT
    kinds[folds == ord(SEPARATOR)] = _BLANK
    return kinds


@lru_cache(maxsize=16)
def _blanks(numbering: Numbering) -> Mask:
    """Whether each number of a unit is of a separator."""
    return _without_string(numbering, kinds=False) == _BLANK


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
