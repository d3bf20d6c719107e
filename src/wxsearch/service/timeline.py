"""The date histogram as rows of bars: a decade of years, a year of months, ten days."""

from calendar import monthrange
from collections.abc import Sequence

from msgspec import Struct

from wxsearch import dates
from wxsearch.models import DateBucket, DateHistogram, Interval
from wxsearch.query.request import SearchRequest
from wxsearch.service.language import Speak
from wxsearch.service.links import Address
from wxsearch.service.moments import exact_key, key_label, key_part, month_name, range_label

# More rows than this are no overview and megabytes of page.
_ROWS = 60
_COLUMNS: dict[Interval, int] = {"year": 10, "month": 12, "day": 11}


class Bar(Struct, frozen=True):
    """One bucket; `height` is 0 to 100 of the tallest, `href` is None where nothing is."""

    label: str
    count: int
    height: int
    href: str | None


class Row(Struct, frozen=True):
    """A stretch of buckets that belong together, in columns; None where none is.

    `ticks` name the columns, below the last row or, where they differ, below each.
    """

    label: str
    count: int
    href: str
    bars: tuple[Bar | None, ...]
    ticks: tuple[str, ...]


class Step(Struct, frozen=True):
    """A wider span of time around the one shown; None for the shown one itself."""

    label: str
    href: str | None


class Timeline(Struct, frozen=True):
    """The rows from first to last, and the way up; `cut` is set where older rows are left out."""

    rows: tuple[Row, ...]
    cut: int
    columns: int
    trail: tuple[Step, ...]
    undated: int


def timeline(histogram: DateHistogram, request: SearchRequest, address: Address, speak: Speak) -> Timeline:
    """Lays the buckets out; a bar leads to the same search inside it."""
    groups: dict[str, list[DateBucket]] = {}
    for bucket in histogram.buckets:
        groups.setdefault(_row_key(bucket.key, histogram.interval), []).append(bucket)
    filled = {key: group for key, group in groups.items() if any(bucket.count for bucket in group)}
    drawn = list(filled.items())[-_ROWS:]
    tallest = max((bucket.count for _, group in drawn for bucket in group), default=1)
    draw = _Drawing(histogram.interval, request, address, speak, tallest)
    # Above the rows, the trail tells the one year that was chosen.
    draw.with_years = exact_key(request.since, request.until) is None
    return Timeline(
        tuple(draw.row(key, group, last=key == drawn[-1][0]) for key, group in drawn),
        _ROWS if len(filled) > _ROWS else 0,
        _COLUMNS[histogram.interval],
        _trail(request, address, speak),
        histogram.undated,
    )


class _Drawing:
    """What all rows of one histogram have in common."""

    def __init__(
        self, interval: Interval, request: SearchRequest, address: Address, speak: Speak, tallest: int
    ) -> None:
        self._interval, self._tallest = interval, tallest
        self._request, self._address, self._speak = request, address, speak
        self.with_years = True

    def row(self, key: str, group: Sequence[DateBucket], *, last: bool) -> Row:
        bars: list[Bar | None] = [None] * _COLUMNS[self._interval]
        for bucket in group:
            bars[_column(bucket.key, self._interval)] = self._bar(bucket)
        count = sum(bucket.count for bucket in group)
        ticks = _ticks(key, self._interval) if last or self._interval == "day" else ()
        href = self._inside(*_row_span(key, self._interval))
        return Row(self._row_label(key), count, href, tuple(bars), ticks)

    def _bar(self, bucket: DateBucket) -> Bar:
        # A single article still has to be seen beside thousands.
        height = max(6, round(100 * bucket.count / self._tallest)) if bucket.count else 0
        href = self._inside(bucket.key, bucket.key) if bucket.count else None
        return Bar(key_label(bucket.key, self._speak), bucket.count, height, href)

    def _inside(self, first: str, last: str) -> str:
        """The search from one key to another, which never leaves the range that is chosen."""
        since, until = self._request.since, self._request.until
        cut_before = since is not None and since > dates.read_bound(first, upper=False)
        cut_after = until is not None and until < dates.read_bound(last, upper=True)
        changes = {
            "from": self._address.one("from") if cut_before else first,
            "to": self._address.one("to") if cut_after else last,
            "interval": None,
        }
        return self._address.search(changes)

    def _row_label(self, key: str) -> str:
        if self._interval == "year":
            return self._speak("decade", decade=f"{key}0")
        if self._interval == "month":
            return key_label(key, self._speak)
        month = key[5:7].lstrip("0")
        third = self._speak(f"third_{key[-1]}", month=month, name=month_name(month, self._speak))
        return self._speak("third_of_year", year=key[:4], third=third) if self.with_years else third


def _row_key(key: str, interval: Interval) -> str:
    if interval == "day":
        return f"{key[:7]}/{min((int(key[8:]) - 1) // 10, 2) + 1}"
    return key[:3] if interval == "year" else key[:4]


def _row_span(key: str, interval: Interval) -> tuple[str, str]:
    """The keys of a row's first and last column."""
    if interval == "year":
        return f"{key}0", f"{key}9"
    if interval == "month":
        return key, key
    month, third = key[:7], int(key[-1])
    last = monthrange(int(key[:4]), int(key[5:7]))[1] if third == 3 else 10 * third
    return f"{month}-{10 * third - 9:02}", f"{month}-{last:02}"


def _column(key: str, interval: Interval) -> int:
    if interval == "year":
        return int(key[3])
    if interval == "month":
        return int(key[5:]) - 1
    day = int(key[8:]) - 1
    return day - 10 * min(day // 10, 2)


def _ticks(key: str, interval: Interval) -> tuple[str, ...]:
    if interval == "year":
        return tuple("0123456789")
    if interval == "month":
        return tuple(map(str, range(1, 13)))
    first, last = (int(end[8:]) for end in _row_span(key, interval))
    return tuple(map(str, range(first, last + 1)))


def _trail(request: SearchRequest, address: Address, speak: Speak) -> tuple[Step, ...]:
    """All time, the year, the month, the day: each but the last a link that widens."""
    if request.since is None and request.until is None:
        return ()
    steps = [Step(speak("all_time"), address.cleared("from", "to", "interval"))]
    key = exact_key(request.since, request.until) or ""
    if not key:
        steps.append(Step(range_label(request.since, request.until, speak), None))
    spans = [key[:length] for length in (4, 7, 10) if len(key) >= length]
    for span in spans:
        href = address.search({"from": span, "to": span, "interval": None}) if span != key else None
        steps.append(Step(key_part(span, speak), href))
    return tuple(steps)
