"""How Chinese is pronounced, in syllables of pinyin without tones; the only code that knows pypinyin.

Its tables take a third of a second and 55 MB to load, so they are loaded by who asks first.
"""

import re
from functools import cache
from typing import Any

# By NFC: the accents that tones are written with. The bare ones follow letters that have no such form.
_TONES = {
    **{
        ord(accented): plain
        for plain, accents in {
            "a": "āáǎà",
            "e": "ēéěèêếề",
            "i": "īíǐì",
            "m": "ḿ",
            "n": "ńňǹ",
            "o": "ōóǒò",
            "u": "ūúǔù",
            "v": "ǖǘǚǜü",
        }.items()
        for accented in accents
    },
    **dict.fromkeys((0x300, 0x304, 0x30C), ""),
}
# Readings after these are of old books or of names.
_READINGS = 4
# Sounds that many speakers do not tell apart, by beginning and by end.
_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "h": "f"}
_FINALS = {"ang": "an", "eng": "en", "ing": "in"}
_INITIAL = re.compile("[zcs]h|[bpmfdtnlgkhjqxrzcsyw]|")
# How ü is written where only letters are at hand.
_WRITTEN = {"lue": "lve", "nue": "nve", "lyu": "lv", "nyu": "nv"}
_LONGEST = 6


def syllables(folded: str) -> list[str]:
    """The syllable of each character; words come before characters, so that 行 in 银行 is hang.

    A character without a known sound is its own syllable.
    """
    return list(_pypinyin().lazy_pinyin(folded, errors=list))


def readings(character: str) -> tuple[str, ...]:
    """The syllables that a character may stand for, the usual one first; itself where none is known."""
    written = _pypinyin().pinyin_dict.pinyin_dict.get(ord(character), character)
    return tuple(dict.fromkeys(written.translate(_TONES).split(",")[:_READINGS]))


@cache
def alike(syllable: str) -> tuple[str, ...]:
    """The other syllables that some speakers pronounce like this one."""
    initial = str(_INITIAL.match(syllable)[0])  # type: ignore[index]  # matches what is empty too
    final = syllable[len(initial) :]
    begins = {initial, *_either_way(_INITIALS, initial)}
    ends = {
        final,
        *(
            final.removesuffix(end) + other
            for end in (_ending(final),)
            if end
            for other in _either_way(_FINALS, end)
        ),
    }
    return tuple(sorted({begin + end for begin in begins for end in ends} - {syllable}))


def cut_syllables(letters: str, most: int) -> list[list[str]]:
    """The ways to read letters as syllables from end to end, the fewest syllables first; at most `most`."""
    known = _known()
    ways: list[list[list[str]]] = [[[]]]
    for end in range(1, len(letters) + 1):
        here = [
            [*before, _WRITTEN.get(last, last)]
            for start in range(max(0, end - _LONGEST), end)
            if ways[start] and (last := letters[start:end]) in known
            for before in ways[start]
        ]
        ways.append(sorted(here, key=len)[:most])
    return ways[-1] if letters else []


def preload() -> None:
    """Loads the tables now, so that processes forked later share them."""
    syllables("预载")
    _known()


def _either_way(pairs: dict[str, str], sound: str) -> list[str]:
    return [other for pair in pairs.items() for other in pair if sound in pair and other != sound]


def _ending(final: str) -> str:
    return next((end for pair in _FINALS.items() for end in pair if final.endswith(end)), "")


@cache
def _known() -> frozenset[str]:
    """The syllables of the usual characters, and other ways to write them."""
    usual = range(0x4E00, 0x9FA6)
    found = {reading for code in usual for reading in readings(chr(code))[:2]}
    return frozenset(
        {each for each in found if each.isascii() and (len(each) > 1 or each in "aeo")} | set(_WRITTEN)
    )


@cache
def _pypinyin() -> Any:
    import pypinyin
    import pypinyin.pinyin_dict

    return pypinyin
