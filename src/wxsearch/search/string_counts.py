"""How often a string stands in stored texts, which are folded on the way, by a table.

Of all that a character can be, only little matters here: whether its fold is one of the
string's characters, or a separator, or nothing. That much a small table tells of each unit of
the stored text, and places where the string stands are found by comparing arrays.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import (
    BORDER,
    DROPPED,
    NARROW,
    several_folds,
    single_folds,
    writings,
)
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.numbering import Numbering, UnitNumbers
from wxsearch.index.segment.segment import Mask

Roles = NDArray[np.uint8]

# What a character is in a text; between the third and the last two, which one of the string it is.
_OTHER, _END, _BLANK = range(3)
_NOTHING, _UNSURE = 254, 255
_FIRST = 3
# So many characters of a string are compared everywhere, the others where these stand.
_EVERYWHERE = 2
# So many separators in a row are gone over one by one; where there are more, all of a text are.
_FEW_BLANKS = 4


def preload() -> None:
    """Makes now what the first count would."""
    _growing()


def count_string(numbering: Numbering, numbers: UnitNumbers, string: str) -> Counts | None:
    """Occurrences of a folded string in texts one after the other, each with 0 at its end.

    None where a character that becomes several takes part, where the string has too many, or a
    separator at an edge: only folding the texts tells then.
    """
    pieces = string.split(SEPARATOR)
    characters = sorted(set(string) - {SEPARATOR})
    if not all(pieces) or len(characters) > _NOTHING - _FIRST:
        return None
    roles = _roles(numbering, numbers, characters)
    oddest = roles.max(initial=0)
    if oddest == _UNSURE:
        return None
    if oddest == _NOTHING:
        roles = roles[roles != _NOTHING]
    known = {character: number for number, character in enumerate(characters, start=_FIRST)}
    first, *others = ([known[character] for character in piece] for piece in pieces)
    places = _places(roles, first)
    ends = places + len(first)
    for piece in others:
        begins = _behind_blanks(roles, ends)
        follows = (begins > ends) & _stand_at(roles, begins, piece)
        places, ends = places[follows], begins[follows] + len(piece)
    counts = places.searchsorted((roles == _END).nonzero()[0])
    counts[1:] -= counts[:-1].copy()
    return counts


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
        roles[places[np.isin(codes, _unsure(characters))]] = _UNSURE
        roles[places + 1] = _NOTHING
    return roles


# Candidates are looked through in steps, all by one table.
@lru_cache(maxsize=16)
def _table(numbering: Numbering, characters: str) -> NDArray[np.uint8]:
    """The role of each number of a unit, for a string of these characters."""
    table = _without_string(numbering).copy()
    written, which = writings(NARROW).of(np.array(list(map(ord, characters)), np.uint32))
    table[numbering.numbers.take(written)] = which + _FIRST
    unsure = _unsure(characters)
    table[numbering.numbers.take(unsure[unsure < NARROW])] = _UNSURE
    return table


@lru_cache(maxsize=16)
def _without_string(numbering: Numbering) -> NDArray[np.uint8]:
    """The table by numbers of units, for a string without any characters."""
    folds = single_folds()[:NARROW]
    table = np.full(NARROW, _OTHER, np.uint8)
    table[folds == ord(SEPARATOR)] = _BLANK
    table[folds == DROPPED] = _NOTHING
    table[0] = _END
    return table.take(numbering.units)


def _unsure(characters: Sequence[str]) -> Numbers:
    """The code points that become several characters, one of these among them."""
    found = [code for character in characters for code in _growing().get(character, ())]
    return np.array(found, np.intp)


@cache
def _growing() -> Mapping[str, list[int]]:
    """By character the code points that become several, it among them."""
    found: dict[str, list[int]] = {}
    for code, text in several_folds().items():
        for character in set(text):
            found.setdefault(character, []).append(code)
    return found


def _places(roles: Roles, wanted: list[int]) -> Numbers:
    """Where the wanted roles begin to stand one after the other."""
    size = len(roles) - len(wanted) + 1
    if size <= 0:
        return np.empty(0, np.intp)
    stands = roles[:size] == wanted[0]
    for place, role in enumerate(wanted[1:_EVERYWHERE], start=1):
        stands &= roles[place : place + size] == role
    places = stands.nonzero()[0]
    return places[_stand_at(roles, places + _EVERYWHERE, wanted[_EVERYWHERE:])]


def _stand_at(roles: Roles, places: Numbers, wanted: list[int]) -> Mask:
    """At which places, each in some text, the wanted roles stand one after the other."""
    stand = np.ones(len(places), bool)
    for place, role in enumerate(wanted):
        # Behind the last text, its end is found again: no character of a string.
        stand &= roles.take(places + place, mode="clip") == role
    return stand


def _behind_blanks(roles: Roles, places: Numbers) -> Numbers:
    """The first place from each place on, in some text, where no separator stands."""
    for _ in range(_FEW_BLANKS):
        on_blank = roles.take(places) == _BLANK
        if not on_blank.any():
            return places
        places = places + on_blank
    others = (roles != _BLANK).nonzero()[0]
    return others.take(others.searchsorted(places))
