"""Times and spans of time as people read them, in both languages."""

from functools import cache

from msgspec import Struct

from wxsearch import dates
from wxsearch.models import Interval, Precision
from wxsearch.service.language import Speak

_SPANS: tuple[Interval, ...] = ("day", "month", "year")


class Moment(Struct, frozen=True):
    """A time for a <time> element: what is read, the whole of it, and the attribute."""

    text: str
    whole: str
    machine: str


def moment(published: str | None, precision: Precision | None) -> Moment | None:
    """The time of an article, no more exact than it is known."""
    if published is None:
        return None
    day, clock = published[:10], published[11:19]
    if precision == "day":
        return Moment(day, day, day)
    if precision == "minute":
        clock = clock[:5]
    return Moment(f"{day} {clock[:5]}", f"{day} {clock}", published)


def exact_key(since: int | None, until: int | None) -> str | None:
    """2021, 2021-10 or 2021-10-19 where a range is just that, else None."""
    if since is None or until is None:
        return None
    try:
        keys = [dates.bucket_key(since, interval) for interval in _SPANS]
        return next((key for key in keys if _span(key) == (since, until)), None)
    except OverflowError:
        return None


def bounds(since: int | None, until: int | None) -> tuple[str, str]:
    """The first and last moment of a range, as dates where it is made of whole days."""
    return _bound(since, last=False), _bound(until, last=True)


def key_label(key: str, speak: Speak) -> str:
    """A year, month or day in full: 2021年10月19日."""
    year, month, day = _parts(key)
    name = month_name(month, speak) if month else ""
    return speak(("year", "month", "day")[key.count("-")], year=year, month=month, day=day, name=name)


def key_part(key: str, speak: Speak) -> str:
    """A year, month or day below what stands before it: 2021年, 10月, 19日."""
    year, month, day = _parts(key)
    if day:
        return speak("day_alone", day=day)
    return (
        speak("month_alone", month=month, name=month_name(month, speak))
        if month
        else speak("year", year=year)
    )


def range_label(since: int | None, until: int | None, speak: Speak) -> str:
    """What a date filter asks for, in words."""
    if key := exact_key(since, until):
        return key_label(key, speak)
    first, last = bounds(since, until)
    if not last:
        return speak("date_from", date=first)
    return speak("date_range", first=first, last=last) if first else speak("date_to", date=last)


def month_name(month: str, speak: Speak) -> str:
    """The short name of a month given as its number."""
    return _months(speak)[int(month) - 1]


@cache
def _months(speak: Speak) -> list[str]:
    return speak("months").split()


def _parts(key: str) -> tuple[str, str, str]:
    year, month, day = [*key.split("-"), "", ""][:3]
    return year, month.lstrip("0"), day.lstrip("0")


def _span(key: str) -> tuple[int, int]:
    return dates.read_bound(key, upper=False), dates.read_bound(key, upper=True)


def _bound(instant: int | None, *, last: bool) -> str:
    if instant is None:
        return ""
    try:
        day = dates.bucket_key(instant - last, "day")
        whole = dates.read_bound(day, upper=last) == instant
        return day if whole else dates.printed(instant)[:16].replace("T", " ")
    except OverflowError:
        return "…"
