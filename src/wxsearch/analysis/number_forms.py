"""Number forms: a date or an ordinal in Chinese numerals and in digits.

Only what surely is the same: 二〇二四年 is 2024年, 第十二届 is 第12届. A numeral
without a unit may be part of a name (三亚, 四川, 十一), and stays as it is.
"""

import re
from collections.abc import Callable

from wxsearch.analysis.numerals import NUMERAL, YEAR

_DIGITS = "零一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(_DIGITS)} | {"〇": 0}

# What dates and rounds are made of. Counts (三年, 四位, 一次) are left as they are: few say the same thing in
# digits, and on sets of questions looking for both cost 0.3 points.
_UNITS = "年|月份|月|日|号|季度|世纪|年代"
# 一日 and 十号 alone are seldom a date.
_ALONE = ("日", "号")
# What stands after an ordinal that is also written in digits. 第三方 and 第一书记 are words.
_RANKED = "届|次|期|季|批|轮|代|版|集|号|中学|小学|医院"
_COUNT = re.compile(f"(?P<number>[0-9]+|{NUMERAL}+)(?P<unit>(?:{_UNITS})(?=[0-9]|{NUMERAL}|$))")
_COUNTS = re.compile(f"(?:(?:[0-9]+|{NUMERAL}+)(?:{_UNITS}))+")
_ORDINAL = re.compile(f"第(?P<number>[0-9]+|{NUMERAL}+)(?P<rest>(?:(?:{_RANKED}).*)?)", re.DOTALL)
_PERCENT = re.compile(f"百分之(?P<number>[0-9]+|{NUMERAL}+)")
_YEAR = re.compile(f"(?P<year>(?:19|20)[0-9]{{2}})|(?P<numerals>{YEAR})")
# The plans of five years: in print “十四五”规划, with signs around the number.
_PLAN = re.compile("(?P<plan>十[一二三四五]五)(?P<gap> ?)(?P<rest>[^ 〇零一二三四五六七八九十].*)", re.DOTALL)

# Each of them begins with one of these; most leaves do not.
_BEGINNINGS = frozenset("第0123456789〇零一二三四五六七八九十百")


def number_forms(text: str) -> tuple[str, ...]:
    """The other forms of a folded text that is a date, an ordinal, a share or a plan of years."""
    return _other_forms(text) if text[:1] in _BEGINNINGS else ()


def _other_forms(text: str) -> tuple[str, ...]:
    if match := _PLAN.fullmatch(text):
        return (f"{match['plan']}{'' if match['gap'] else ' '}{match['rest']}",)
    if text[-1:] in _ALONE and len(_COUNT.findall(text)) == 1:
        return ()
    if match := _ORDINAL.fullmatch(text):
        return _other(text, _cardinals(match["number"]), f"第{{}}{match['rest']}".format)
    if match := _PERCENT.fullmatch(text):
        return _other(text, _cardinals(match["number"]), "百分之{}".format)
    if match := _YEAR.fullmatch(text):
        return _other(text, _years(text), str)
    return _other_counts(text) if _COUNTS.fullmatch(text) else ()


def _other_counts(text: str) -> tuple[str, ...]:
    """The forms of 2024年3月5日: all in digits, or all in numerals of one kind."""
    counts = [(match["number"], match["unit"]) for match in _COUNT.finditer(text)]
    forms = [_forms(number, unit) for number, unit in counts]
    if not all(forms) or len({number.isascii() for number, _ in counts}) > 1:
        return ()
    widest = max(map(len, forms))
    joined = (
        "".join(form[min(place, len(form) - 1)] + unit for form, (_, unit) in zip(forms, counts, strict=True))
        for place in range(widest)
    )
    return _other(text, tuple(joined), str)


def _other(text: str, numbers: tuple[str, ...], written: Callable[[str], str]) -> tuple[str, ...]:
    """All forms but the text, which has to be one of them: else it is no usual form itself."""
    forms = tuple(dict.fromkeys(map(written, numbers)))
    return tuple(form for form in forms if form != text) if text in forms else ()


def _forms(number: str, unit: str) -> tuple[str, ...]:
    """A number before a unit: first in digits, then in numerals; none where it is no number."""
    if unit == "年" and len(number) == 4 and not re.search("[十百]", number):
        return _years(number)
    return _cardinals(number) if unit != "年" else ()


def _years(number: str) -> tuple[str, ...]:
    """2024, 二〇二四, 二零二四."""
    digits = number if number.isascii() else "".join(str(_VALUES[character]) for character in number)
    numerals = "".join(_DIGITS[int(digit)] for digit in digits)
    return tuple(dict.fromkeys((digits, numerals.replace("零", "〇"), numerals)))


def _cardinals(number: str) -> tuple[str, ...]:
    """12, 十二. None where it is no number from 1 to 999 in its usual form."""
    value = int(number) if number.isascii() and len(number) <= 3 else _value(number)
    if not 1 <= value <= 999:
        return ()
    forms = (str(value), _numeral(value))
    return forms if number in forms else ()


def _value(numeral: str) -> int:
    """What 一百零五 is worth; 0 for what is no such numeral, or is digits."""
    match = re.fullmatch(
        "(?:([一二三四五六七八九])百)?零?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?", numeral
    )
    if match is None:
        return 0
    hundreds, tens, ten, ones = match.groups()
    return 100 * _VALUES.get(hundreds, 0) + 10 * (_VALUES.get(tens, 1) if ten else 0) + _VALUES.get(ones, 0)


def _numeral(value: int) -> str:
    """The usual numeral of 1 to 999."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if hundreds and rest and not tens:
        text += "零"
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    return text + (_DIGITS[ones] if ones else "")
