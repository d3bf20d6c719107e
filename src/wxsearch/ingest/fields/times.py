"""Times as Chinese pages print them: 二〇二四年六月一日, 2024.06.01 下午3:20, RFC 2822.

A form that could as well be another number (20240601, 24-06-01 14:05) is a time only
where nothing but a label or a blank stands around it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, timedelta, timezone
from typing import NamedTuple

from wxsearch.dates import CHINA, canonical, printed
from wxsearch.models import Precision

_DIGITS = "〇一二三四五六七八九"
_HAN = {sign: number for number, sign in enumerate(_DIGITS)} | {"零": 0, "○": 0, "Ｏ": 0, "O": 0, "元": 1}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：－／．＋", "0123456789:-/.+")

_WEEKDAY = r"(?:\s{0,3}[(（]?(?:星期|周|週|礼拜)[一二三四五六日天][)）]?)?"
_HALF = (
    r"(?P<half>凌晨|清晨|早上|早晨|早间|早|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|晚|夜间|夜里|深夜"
    r"|[AaPp][Mm])"
)
_CLOCK = (
    r"(?:(?:T|t|\s{0,3}[|,，]?\s{0,3})(?:(?:北京时间|HKT|CST|BJT)\s?)?(?:" + _HALF + r"\s{0,2})?"
    r"(?P<hour>\d{1,2})\s?(?:[:时時]\s?(?P<minute>\d{1,2})(?!\d)"
    r"(?:\s?[:分]\s?(?:(?P<second>\d{1,2})(?!\d)(?:[.,]\d{1,9})?秒?)?)?"
    r"|[点點时時]\s?(?:整|(?P<thirty>半)|(?P<minute2>\d{1,2})(?!\d)分?)?)"
    r"(?:\s?(?P<after>[AaPp][Mm])\b)?"
    r"\s{0,2}[(（]?(?P<zone>[Zz]\b|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?(?!\d)|GMT|UTC)?)?"
)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s?(?:[-/.]|年|(?=\d\d/\d\d\s))\s?(?P<month>\d{1,2})\s?(?:[-/.]|月)\s?(?P<day>\d{2}(?=\d{2}:)|\d{1,2}(?!\d))\s?[日号]?"
    rf"|(?P<han>[{_DIGITS}零○ＯO]{{4}})年(?P<han_month>[元一二三四五六七八九十]{{1,2}})月"
    r"(?P<han_day>[一二三四五六七八九十廿]{1,3})[日号]"
    r"|(?:民国|民國)\s?(?P<republic>\d{2,3})\s?年\s?(?P<republic_month>\d{1,2})\s?月\s?(?P<republic_day>\d{1,2})\s?日"
    r"|(?:(?<=^)|(?<=[\s:]))(?:(?P<compact>(?:19|20)\d{6})(?!\d))"
    r"|(?<![0-9A-Za-z./-])(?P<short>\d{2}-\d{2}-\d{2})(?=\s+\d{1,2}:))" + _WEEKDAY + _CLOCK
)
_ENGLISH = re.compile(
    r"(?:(?P<day>\d{1,2})\s(?P<name>[A-Z][a-z]{2})[a-z]{0,6}\.?,?\s(?P<year>\d{4})"
    r"|(?P<name2>[A-Z][a-z]{2})[a-z]{0,6}\.?\s(?P<day2>\d{1,2}),?\s(?P<year2>\d{4}))" + _CLOCK
)
_PARTIAL = re.compile(
    r"(?:(?<=^)|(?<=[\s:]))(?:(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日)"
    r"\s{0,3}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\d)"
)
_MORNING = ("凌晨", "清晨", "早上", "早晨", "早间", "早", "上午", "am")
_NOON = ("中午", "正午", "午间")


class Time(NamedTuple):
    """A time in a text, and from where to where it stands there."""

    published: str
    precision: Precision
    start: int
    end: int


def find_times(text: str, year: int | None = None) -> Iterator[Time]:
    """The times of a line, in its order; with `year`, one without a year is of that one."""
    plain = text.translate(_FULL_WIDTH)
    found = False
    for match in _DATE.finditer(plain):
        if (compact := match["compact"]) and not _stands_alone(plain, match):
            continue
        if time := _time(match, _date(match, compact)):
            found = True
            yield time
    if found:
        return
    for match in _ENGLISH.finditer(plain):
        name = (match["name"] or match["name2"]).lower()
        if name in _MONTHS:
            numbers = match["year"] or match["year2"], match["day"] or match["day2"]
            if time := _time(match, (int(numbers[0]), _MONTHS.index(name) + 1, int(numbers[1]))):
                yield time
    if year is not None and (part := _PARTIAL.search(plain)):
        date = (year, int(part["month"] or part["month2"]), int(part["day"] or part["day2"]))
        try:
            value = canonical((*date, int(part["hour"]), int(part["minute"]), 0), "minute")
        except (ValueError, OverflowError):
            return
        yield Time(*value, *part.span())


def find_time(text: str) -> Time | None:
    """The first time that stands in a line of text, or None."""
    return next(find_times(text), None)


def stamped(seconds: int) -> tuple[str, Precision]:
    """A time given as seconds, or milliseconds, since 1970."""
    return printed(seconds if seconds < 10**11 else seconds // 1000), "second"


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether eight digits are all that a line says, but for a label before them."""
    return not text[match.end() :].strip() and (not text[: match.start()].strip() or ":" in text)


def _date(match: re.Match[str], compact: str | None) -> tuple[int, int, int]:
    if match["year"]:
        return int(match["year"]), int(match["month"]), int(match["day"])
    if match["han"]:
        year = int("".join(str(_HAN[sign]) for sign in match["han"]))
        return year, _han_number(match["han_month"]), _han_number(match["han_day"])
    if match["republic"]:
        year = int(match["republic"]) + 1911
        return year, int(match["republic_month"]), int(match["republic_day"])
    if compact:
        return int(compact[:4]), int(compact[4:6]), int(compact[6:])
    year, month, day = (int(part) for part in match["short"].split("-"))
    return 2000 + year, month, day


def _han_number(text: str) -> int:
    """十九, 二十, 廿三, 元 as a number below a hundred; 0 for what is none."""
    tens, ten, ones = text.replace("廿", "二十").partition("十")
    if not ten:
        return _HAN[tens] if len(tens) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return 10 * (_HAN[tens] if tens else 1) + (_HAN[ones] if ones else 0)


def _time(match: re.Match[str], date: tuple[int, int, int]) -> Time | None:
    """The time of a match; the day alone where its clock shows no hour of a day."""
    if match["hour"]:
        precision: Precision = "second" if match["second"] else "minute"
        minute = 30 if match["thirty"] else int(match["minute"] or match["minute2"] or 0)
        hour = _hour(int(match["hour"]), (match["half"] or match["after"] or "").lower())
        try:
            clock = (hour, minute, int(match["second"] or 0))
            return Time(*canonical((*date, *clock), precision, _zone(match["zone"])), *_span(match))
        except (ValueError, OverflowError):
            pass
    try:
        return Time(*canonical((*date, 0, 0, 0), "day"), *_span(match))
    except (ValueError, OverflowError):
        return None


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where a time stands, without the blanks behind it."""
    return match.start(), match.start() + len(match.group().rstrip())


def _hour(hour: int, half: str) -> int:
    if not half or hour > 12:
        return hour
    if half in _MORNING:
        return 0 if hour == 12 and half in ("凌晨", "am") else hour
    if half in _NOON:
        return hour + 12 if hour < 3 else hour
    return hour + 12 if hour < 12 else hour


def _zone(text: str | None) -> timezone:
    if not text:
        return CHINA
    signed = text.upper().removeprefix("GMT").removeprefix("UTC")
    if signed in ("", "Z"):
        return UTC
    digits = signed[1:].replace(":", "")
    hours, minutes = (int(digits[:2]), int(digits[2:] or 0)) if len(digits) != 3 else (0, 99)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if signed[0] == "-" else offset)
