"""A text that is a time and nothing else, as feeds and exports write it.

What mail and programs made of dates is put into the forms that pages print, which `fields/times.py` reads.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import datetime

from wxsearch.dates import CHINA, canonical
from wxsearch.ingest.fields.times import find_time, stamped
from wxsearch.models import Precision

_LONGEST = 100
_DAY_NAME = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}|(?:星期|周|週)?[一二三四五六日天])[,，]?\s+"
_MONTH = r"(?P<month>[A-Za-z]{3,9}\.?|(?:[一二三四五六七八九]|十[一二]?|0?[1-9]|1[0-2])月)"
# Mon, 03 Jun 2024 08:00:00 +0800
_MAIL = re.compile(
    rf"(?:{_DAY_NAME})?(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s-]+(?P<year>\d{{4}}|\d{{2}})(?:\s+(?P<clock>\S.*))?",
    re.ASCII,
)
# Mon Jun 03 08:00:00 CST 2024
_PROGRAM = re.compile(
    rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d{{1,2}})\s+(?P<clock>\d.*?)\s+(?P<year>\d{{4}})", re.ASCII
)
# Go's own form names the zone behind its offset: 2024-06-03 08:00:00.5 +0800 CST m=+0.01
_NAMED_OFFSET = re.compile(
    r"(:\d\d(?:\.\d{1,9})? [+-]\d{4}) (?:[A-Z]{1,5}|[+-]\d{2,4})(?: m=[+-][\d.]{1,30})?$", re.ASCII
)
# What databases, Go and .NET write where there is no time.
_NO_TIME = re.compile(r"0|(?:0000-00-00|0001-01-01)(?:[T ]00:00:00(?:\.0{1,9})?(?:Z| ?\+00:?00(?: UTC)?)?)?")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_COMMENT = re.compile(r"\s*\([^()]*\)$")
_ZONE_NAME = re.compile(r"(?<=\d)\s*(?![AaPp][Mm]$)([A-Za-z]{1,4})$")
# CST in a Chinese feed is the time of China, not that of Chicago.
_HOURS = {
    **dict.fromkeys(("ut", "utc", "gmt", "z"), 0),
    **dict.fromkeys(("cst", "bjt", "hkt", "sgt", "awst"), 8),
    "jst": 9, "kst": 9, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "cet": 1, "cest": 2, "msk": 3,
}  # fmt: skip
_HAN_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def is_no_time(text: str) -> bool:
    """Whether a text stands where a time would, and says that there is none: 0000-00-00 00:00:00."""
    return _NO_TIME.fullmatch(text) is not None


def read_moment(text: str, formats: Sequence[str] = ()) -> tuple[str, Precision]:
    """The canonical form of a time and how exact it is; raises ValueError with a sentence.

    `formats`, in the directives of strptime, are tried in order before the usual forms. A time
    without a zone, or with one that is not known, is that of China.
    """
    text = text.strip()
    for form in formats:
        try:
            return _formatted(text, form)
        except (ValueError, OverflowError):
            continue
    if _EPOCH.fullmatch(text):
        return stamped(int(text))
    if len(text) <= _LONGEST:
        plain = _printed(text)
        time = find_time(plain)
        if time is not None and (time.start, time.end) == (0, len(plain)):
            return time.published, time.precision
    raise ValueError(f"{text[:_LONGEST]!r} is not a time; write it as 2021-10-19T13:13:28+08:00")


def _formatted(text: str, form: str) -> tuple[str, Precision]:
    moment = datetime.strptime(text, form)  # noqa: DTZ007 (a zone of its own is kept, below)
    is_exact = any(mark in form for mark in ("%S", "%T", "%X", "%c"))
    precision: Precision = "second" if is_exact else "minute" if "%M" in form or "%R" in form else "day"
    return canonical(moment.timetuple()[:6], precision, moment.tzinfo or CHINA)


def _printed(text: str) -> str:
    """The time as a page may print it: day, month by name, year, clock and offset."""
    text = _ZONE_NAME.sub(_offset, _NAMED_OFFSET.sub(r"\1", _COMMENT.sub("", text)))
    match = _MAIL.fullmatch(text) or _PROGRAM.fullmatch(text)
    if match is None:
        return text
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    clock = _ZONE_NAME.sub(_offset, match["clock"] or "")
    return f"{match['day']} {_month(match['month'])} {year} {clock}".rstrip()


def _month(name: str) -> str:
    if not name.endswith("月"):
        return name.title()
    number = int(name[:-1]) if name[:-1].isdecimal() else _HAN_MONTHS.index(name[:-1]) + 1
    return calendar.month_abbr[number]


def _offset(zone: re.Match[str]) -> str:
    hours = _HOURS.get(zone[1].lower())
    return "" if hours is None else f" {hours:+03}:00"
