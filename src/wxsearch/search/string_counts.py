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

Roles = NDArray[np.uint8]

# What a character is in a text; between the third and the last two, which one of the string it is.
_OTHER, _END, _BLANK = range(3)
_NOTHING, _UNSURE = 254, 255
_FIRST = 3
# So many characters of a string are compared everywhere, the others where these stand.
_EVERYWHERE = 2


def preload() -> None:
    """Makes now what the first count would."""
    _growing()


def count_string(numbering: Numbering, numbers: UnitNumbers, string: str) -> Counts | None:
    """Occurrences of a folded string in texts one after the other, each with 0 at its end.

    None where a character that becomes several takes part, or where the string has too many: only
    folding the texts tells then.
    """
    characters = sorted(set(string) - {SEPARATOR})
    if len(characters) > _NOTHING - _FIRST:
        return None
    roles = _roles(numbering, numbers, characters, _unsure(string))
    oddest = roles.max(initial=0)
    if oddest == _UNSURE:
        return None
    if oddest == _NOTHING:
        roles = roles[roles != _NOTHING]
    if SEPARATOR in string:
        roles = _single_blanks(roles)
    known = {character: number for number, character in enumerate(characters, start=_FIRST)}
    known[SEPARATOR] = _BLANK
    places = _places(roles, [known[character] for character in string])
    counts = places.searchsorted((roles == _END).nonzero()[0])
    counts[1:] -= counts[:-1].copy()
    return counts


def _roles(numbering: Numbering, numbers: UnitNumbers, characters: Sequence[str], unsure: Numbers) -> Roles:
    """What each character of a text is; of two units, the second is nothing."""
    table = _without_string(numbering).copy()
    wanted = np.array(list(map(ord, characters)), np.uint32)
    written, which = writings(NARROW).of(wanted)
    table[numbering.numbers.take(written)] = which + _FIRST
    if len(unsure):
        table[numbering.numbers.take(unsure[unsure < NARROW])] = _UNSURE
    roles = table.take(numbers)
    if numbering.has_pairs(numbers):
        places, codes = numbering.pairs(numbers)
        # As a character of a text the border is a separator.
        folds = single_folds().take(np.where(codes == BORDER, ord(SEPARATOR), codes))
        roles[places] = np.select((folds == ord(SEPARATOR), folds == DROPPED), (_BLANK, _NOTHING), _OTHER)
        at = wanted.searchsorted(folds)
        there = (at < len(wanted)) & (wanted.take(at, mode="clip") == folds)
        roles[places[there]] = at[there] + _FIRST
        roles[places[np.isin(codes, unsure)]] = _UNSURE
        roles[places + 1] = _NOTHING
    return roles


@lru_cache(maxsize=16)
def _without_string(numbering: Numbering) -> NDArray[np.uint8]:
    """The table by numbers of units, for a string without any characters."""
    folds = single_folds()[:NARROW]
    table = np.full(NARROW, _OTHER, np.uint8)
    table[folds == ord(SEPARATOR)] = _BLANK
    table[folds == DROPPED] = _NOTHING
    table[0] = _END
    return table.take(numbering.units)


def _unsure(string: str) -> Numbers:
    """The code points that become several characters, some of which the string has."""
    found = [code for character in set(string) for code in _growing().get(character, ())]
    return np.array(found, np.intp)


@cache
def _growing() -> Mapping[str, list[int]]:
    """By character the code points that become several, it among them."""
    found: dict[str, list[int]] = {}
    for code, text in several_folds().items():
        for character in set(text):
            found.setdefault(character, []).append(code)
    return found


def _single_blanks(roles: Roles) -> Roles:
    """Of separators that follow one another one is left, and none at the edges of a text."""
    is_blank = roles == _BLANK
    before = np.concatenate(([True], is_blank[:-1] | (roles[:-1] == _END)))
    roles = roles[~(is_blank & before)]
    behind = np.concatenate((roles[1:] == _END, [True]))
    return roles[~((roles == _BLANK) & behind)]


def _places(roles: Roles, wanted: list[int]) -> Numbers:
    """Where the wanted roles begin to stand one after the other."""
    size = len(roles) - len(wanted) + 1
    if size <= 0:
        return np.empty(0, np.intp)
    stands = roles[:size] == wanted[0]
    for place, role in enumerate(wanted[1:_EVERYWHERE], start=1):
        stands &= roles[place : place + size] == role
    places = stands.nonzero()[0]
    for place, role in enumerate(wanted[_EVERYWHERE:], start=_EVERYWHERE):
        if len(places) == 0:
            break
        places = places[roles.take(places + place) == role]
    return places
