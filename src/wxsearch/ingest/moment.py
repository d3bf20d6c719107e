"""Times as feeds and exports write them: RFC 822 with all that is made of it, ISO 8601, epochs."""

import re
from datetime import datetime

from wxsearch.dates import CHINA, read_published
from wxsearch.models import Precision

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE_MONTHS = {
    "一月": 1, "二月": 2, "三月": 3, "四月": 4, "五月": 5, "六月": 6,
    "七月": 7, "八月": 8, "九月": 9, "十月": 10, "十一月": 11, "十二月": 12,
}  # fmt: skip
_MONTH = r"(?P<month>[A-Za-z]{3,9}\.?|[一二三四五六七八九十]{1,2}月|\d{1,2}月)"
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
_ZONE = r"(?P<zone>[A-Za-z]{1,4}(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})"
_DAY_NAME = r"(?:[A-Za-z]{3,9}|(?:星期|周)?[一二三四五六日天])"
# Mon, 03 Jun 2024 08:00:00 +0800
_MAIL = re.compile(
    rf"(?:{_DAY_NAME}[,，]?\s+)?(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s-]+(?P<year>\d{{4}}|\d{{2}})"
    rf"(?:\s+{_CLOCK}(?:\s*{_ZONE})?)?(?:\s*\([^()]*\))?",
    re.ASCII,
)
# Mon Jun 03 08:00:00 CST 2024
_PROGRAM = re.compile(
    rf"{_DAY_NAME}\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}(?:\s+{_ZONE})?\s+(?P<year>\d{{4}})", re.ASCII
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?", re.ASCII)
_ISO_SPACED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}:\d{2})\s*(?:UTC|GMT)")
# CST in a Chinese feed is the time of China, not that of Chicago.
_HOURS = {
    **dict.fromkeys(("ut", "utc", "gmt", "z"), 0),
    **dict.fromkeys(("cst", "bjt", "hkt", "sgt", "awst"), 8),
    "jst": 9, "kst": 9, "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "cet": 1, "cest": 2, "msk": 3,
}  # fmt: skip


def read_moment(text: str) -> tuple[str, Precision]:
    """The canonical form of a time and how exact it is; raises ValueError with a sentence.

    A time without a zone is that of China.
    """
    text = text.strip()
    if match := _MAIL.fullmatch(text) or _PROGRAM.fullmatch(text):
        return read_published(_iso(match))
    if _EPOCH.fullmatch(text):
        return read_published(datetime.fromtimestamp(int(text[:10]), CHINA).isoformat())
    if match := _ISO_SPACED.fullmatch(text):
        text = match[1] + "Z"
    return read_published(text)


def _iso(match: re.Match[str]) -> str:
    year = int(match["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    date = f"{year:04}-{_month(match['month']):02}-{int(match['day']):02}"
    if not match["hour"]:
        return date
    second = f":{match['second']}" if match["second"] else ""
    return f"{date}T{int(match['hour']):02}:{match['minute']}{second}{_zone(match['zone'] or '')}"


def _month(name: str) -> int:
    if name[:3].lower() in _MONTHS:
        return _MONTHS.index(name[:3].lower()) + 1
    if name in _CHINESE_MONTHS:
        return _CHINESE_MONTHS[name]
    if name[:-1].isdecimal():
        return int(name[:-1])
    raise ValueError(f"{name[:40]!r} is no month")


def _zone(name: str) -> str:
    """An offset that ISO 8601 knows; nothing, which means China, for a zone that is not known."""
    letters = name.rstrip("+-:0123456789").lower()
    if offset := name[len(letters) :]:
        digits = offset[1:].replace(":", "")
        hours, minutes = (digits, "00") if len(digits) < 3 else (digits[:-2], digits[-2:])
        return f"{offset[0]}{int(hours):02}:{minutes}"
    known = _HOURS.get(letters)
    return "" if known is None else f"{known:+03}:00"
