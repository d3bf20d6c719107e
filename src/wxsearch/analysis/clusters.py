"""Where a text can be cut without parting what a reader sees as one character."""

import unicodedata

_JOINER = "\u200d"
# Unicode's stream-safe texts have no more marks in a row; more are no character that anybody reads.
_LONGEST = 32


def is_inside(text: str, place: int) -> bool:
    """Whether a place between two code points is inside one character as a reader sees it.

    Kept together are marks with their letter, variation selectors, sequences by zero-width
    joiners, skin tones, pairs of regional letters (flags), and the parts of a Hangul syllable.
    """
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    # Han, kana, Latin: nearly every place is told by this.
    if after < "\u0300" or "\u3100" <= after <= "\ua000":
        return before == _JOINER
    if _JOINER in (before, after) or unicodedata.category(after)[0] == "M":
        return True
    if _is_regional(after):
        first = place
        while first and place - first < _LONGEST and _is_regional(text[first - 1]):
            first -= 1
        return (place - first) % 2 == 1
    return "\U0001f3fb" <= after <= "\U0001f3ff" or _is_syllable_part(before, after)


def before(text: str, place: int) -> int:
    """The last place up to `place` that is inside no character."""
    for each in range(place, max(place - _LONGEST, 0), -1):
        if not is_inside(text, each):
            return each
    return place


def after(text: str, place: int) -> int:
    """The first place from `place` on that is inside no character."""
    last = min(place + _LONGEST, len(text))
    for each in range(place, last):
        if not is_inside(text, each):
            return each
    return last


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_syllable_part(before: str, after: str) -> bool:
    """Whether two parts of Hangul make one syllable: a beginning, a vowel, an end, or one and its rest."""
    whole = "\uac00" <= before <= "\ud7a3"
    if "\u1160" <= after <= "\u11a7":
        return "\u1100" <= before <= "\u11a7" or (whole and (ord(before) - ord("\uac00")) % 28 == 0)
    if "\u11a8" <= after <= "\u11ff":
        return "\u1160" <= before <= "\u11ff" or whole
    return "\u1100" <= after <= "\u115f" and "\u1100" <= before <= "\u115f"
