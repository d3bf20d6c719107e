"""Time as Chinese news pages mean it: +08:00 unless said, to the second at most.

Inside the engine an instant is whole seconds since 1970 in UTC; outside it is ISO 8601
with +08:00. One file, so that reading, printing and calendar steps cannot disagree.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import NamedTuple

from wxsearch.models import Interval, Precision

CHINA = timezone(timedelta(hours=8))
DAY = 86_400
# Outside these years a time on a page is a slip; inside, every bucket has an end in the calendar.
FIRST_YEAR, LAST_YEAR = 1000, 9000
_OFFSET = 8 * 3_600
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(1970, 1, 1).toordinal()

_TIMESTAMP = re.compile(
    r"""(?P<year>\d{4}) (?P<s>[-/.]|年) (?P<month>\d{1,2}) (?:[-/.]|月) (?P<day>\d{1,2}) 日?
        (?: (?:[Tt]|\s+|(?<=日)\s*) (?P<hour>\d{1,2}) (?:[:：]|时|点) (?P<minute>\d{1,2}) 分?
            (?: [:：]? (?P<second>\d{1,2}) (?:[.,]\d+)? 秒?)?
            \s* (?P<zone>[Zz]|[+-]\d{2}:?\d{2})?
        )?""",
    re.VERBOSE | re.ASCII,
)
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)


def epoch(published: str) -> int:
    """Seconds since 1970 of a canonical time as `printed` makes it."""
    return _seconds(datetime.fromisoformat(published))


def printed(instant: int) -> str:
    """The canonical form of an instant: 2021-10-19T13:13:28+08:00."""
    return _moment(instant).isoformat()


def read_published(text: str, precision: str | None = None) -> tuple[str, Precision]:
    """Reads the time of an article, in ISO 8601 or as Chinese pages print it.

    Returns the canonical form and how exact it is; a `precision` that is given wins
    where it is coarser. Raises ValueError with a sentence for the user.
    """
    match = _TIMESTAMP.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a time; write it as 2021-10-19T13:13:28+08:00")
    return _canonical(match, precision)


def canonical(numbers: Sequence[int], precision: Precision, zone: tzinfo = CHINA) -> tuple[str, Precision]:
    """The canonical form of year, month, day, hour, minute and second, and the precision.

    Raises ValueError or OverflowError for what is not in the calendar, or too far from today.
    """
    if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        raise ValueError(f"{numbers[0]} is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    moment = datetime(*numbers, tzinfo=zone)  # type: ignore[misc, arg-type]
    if precision == "day":
        # A day has no zone: the date as written is the date that is meant.
        moment = moment.replace(hour=0, minute=0, second=0, tzinfo=CHINA)
    elif precision == "minute":
        moment = moment.replace(second=0)
    return printed(_seconds(moment)), precision


def read_bound(text: str, *, upper: bool) -> int:
    """Reads `from` or `to`: an instant, a date, a month or a year.

    An instant is itself; a span (2021, 2021-10, 2021-10-19) is its start, or with
    `upper` the start of the span after it. Raises ValueError with a sentence.
    """
    text = text.strip()
    if match := _PARTIAL.fullmatch(text):
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
            if upper:
                first = _next_start(first, "day" if day else "month" if month else "year")
        except OverflowError:
            return _day_start(date.max) + DAY
        except ValueError:
            raise ValueError(f"{text!r} is not a date in the calendar") from None
        return _day_start(first)
    if match := _INSTANT.fullmatch(text.replace(" ", "+") if text.count(" ") == 1 and "T" in text else text):
        *parts, zone = match.groups(default="")
        numbers = [int(part or 0) for part in parts]
        try:
            return _seconds(datetime(*numbers, tzinfo=_zone(zone)))  # type: ignore[misc, arg-type]
        except (ValueError, OverflowError):
            raise ValueError(f"{text!r} is not a time in the calendar") from None
    raise ValueError(f"{text!r} is not a date; write 2021, 2021-10, 2021-10-19 or 2021-10-19T13:00:00+08:00")


def bucket_key(instant: int, interval: Interval) -> str:
    """The key of the bucket that an instant falls into: 2021, 2021-10 or 2021-10-19."""
    text = printed(instant)
    return text[: {"year": 4, "month": 7, "day": 10}[interval]]


class Bucket(NamedTuple):
    """A year, month or day in +08:00: its key, its first instant, and that printed."""

    key: str
    start: int
    printed: str


@lru_cache(maxsize=65_536)
def bucket(interval: Interval, number: int) -> Bucket:
    """The bucket of a number: years, months or days counted from those of 1970-01-01."""
    if interval == "day":
        first = date.fromordinal(_FIRST_DAY + number)
    else:
        years, months = divmod(number, 12) if interval == "month" else (number, 0)
        first = date(1970 + years, 1 + months, 1)
    start = _day_start(first)
    return Bucket(bucket_key(start, interval), start, printed(start))


def bucket_starts(first: int, last: int, interval: Interval) -> list[int]:
    """Starts of all buckets from the one of `first` to the one after that of `last`."""
    start = _bucket_date(_moment(first).date(), interval)
    end = _moment(last).date()
    starts = []
    while start <= end:
        starts.append(_day_start(start))
        start = _next_start(start, interval)
    return [*starts, _day_start(start)]


def _bucket_date(day: date, interval: Interval) -> date:
    if interval == "day":
        return day
    return day.replace(day=1) if interval == "month" else day.replace(month=1, day=1)


def _next_start(start: date, interval: Interval) -> date:
    try:
        if interval == "day":
            return start + timedelta(days=1)
        if interval == "month":
            return date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return date(start.year + 1, 1, 1)
    except ValueError as error:
        raise OverflowError(str(error)) from None


def _day_start(day: date) -> int:
    return (day.toordinal() - _FIRST_DAY) * DAY - _OFFSET


def _moment(instant: int) -> datetime:
    return (_EPOCH + timedelta(seconds=instant + _OFFSET)).replace(tzinfo=CHINA)


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)


def _zone(text: str) -> timezone:
    if not text:
        return CHINA
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _canonical(match: re.Match[str], precision: str | None) -> tuple[str, Precision]:
    found: Precision = "second" if match["second"] else "minute" if match["hour"] else "day"
    numbers = [int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    try:
        return canonical(numbers, coarser(found, precision), _zone(match["zone"] or ""))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{match.group()!r} is not a time in the calendar: {error}") from None


def coarser(found: Precision, given: str | None) -> Precision:
    """The coarser of the two, where one is given; raises ValueError for one that is none."""
    order: tuple[Precision, ...] = ("second", "minute", "day")
    if given is None:
        return found
    if given not in order:
        raise ValueError(f"precision {given!r} is none of second, minute, day")
    return order[max(order.index(found), order.index(given))]
