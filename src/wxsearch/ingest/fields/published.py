"""The time of publication: as printed, or as the page tells it to machines."""

import re
from collections.abc import Iterable

from wxsearch.ingest.byline import Byline
from wxsearch.ingest.fields.evidence import Candidate, Evidence, supported
from wxsearch.ingest.fields.stamps import date_in_address
from wxsearch.ingest.fields.times import find_time, stamped
from wxsearch.ingest.page import Page
from wxsearch.models import Precision

Moment = tuple[str, Precision]

_ZONE = re.compile(r"(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC)$")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)
_KEPT = {"second": 19, "minute": 16, "day": 10}


def choose_published(page: Page, evidence: Evidence, latest: str) -> Candidate | None:
    """The time, as (canonical form, precision); none that is after `latest`."""
    shown = [*_shown(page.head.byline, "text", 0.95), *_shown(page.tail, "text below", 0.85)]
    issue = [Candidate(page.issue, "masthead", 0.6)] if page.issue else []
    stated = _moments(evidence.of("published"))
    stamps = _moments(evidence.of("stamp"))
    clocks = _moments(evidence.of("clock"))
    updates = _moments(evidence.of("updated"))
    addressed = issue + _moments(_in_addresses(evidence))
    shown, stated, stamps, addressed = (
        [row for row in rows if row.value[0] <= latest] for rows in (shown, stated, stamps, addressed)
    )
    chosen = _first(shown, stated, stamps, addressed)
    if chosen is None:
        return None
    finer = _finer(chosen, stated, stamps, updates) or _finer_clock(chosen, clocks)
    others = [*shown, *stated, *stamps, *addressed]
    return supported(finer or chosen, others, _agree)


def _shown(byline: Byline, origin: str, confidence: float) -> list[Candidate]:
    if not byline.published or not byline.precision:
        return []
    if byline.is_indirect:
        confidence = 0.6
    elif not byline.labelled and byline.precision == "day":
        confidence = 0.75
    return [Candidate((byline.published, byline.precision), origin, confidence)]


def _first(*lists: list[Candidate]) -> Candidate | None:
    """What is shown, unless that is a change or a bare day, and the page says otherwise."""
    shown, stated, stamps, addressed = lists
    weak = shown and shown[0].confidence < 0.8
    if weak and stated and not _agree(shown[0].value, stated[0].value):
        return stated[0]
    return next((rows[0] for rows in (shown, stated, stamps, addressed) if rows), None)


def _finer(
    chosen: Candidate, stated: list[Candidate], stamps: list[Candidate], updates: list[Candidate]
) -> Candidate | None:
    """The first that says the same time to a smaller unit; of one day the scripts must agree."""
    order = ("day", "minute", "second")
    value, precision = chosen.value
    changed = {row.value[0] for row in updates}
    # Of the minute that is shown a change, too, tells the second: it is the same saving.
    places = [stated, stamps, updates] if precision == "minute" else [stated, stamps]
    if precision == "day" and len({row.value[0] for row in stamps if _agree(row.value, chosen.value)}) > 1:
        places = [stated]
    for row in (row for rows in places for row in rows):
        other, unit = row.value
        if (
            order.index(unit) <= order.index(precision)
            or other[: _KEPT[precision]] != value[: _KEPT[precision]]
        ):
            continue
        if precision == "day" and other in changed and row in stamps:
            continue
        return Candidate(row.value, f"{chosen.origin}, {row.origin}", chosen.confidence)
    return None


def _finer_clock(chosen: Candidate, clocks: list[Candidate]) -> Candidate | None:
    """The seconds of the minute that is shown, where the clocks of the page have one answer."""
    same = {
        row.value[0]: row for row in clocks if row.value[1] == "second" and _agree(row.value, chosen.value)
    }
    if chosen.value[1] != "minute" or len(same) != 1:
        return None
    (row,) = same.values()
    return Candidate(row.value, f"{chosen.origin}, {row.origin}", chosen.confidence)


def _agree(one: Moment, other: Moment) -> bool:
    kept = min(_KEPT[one[1]], _KEPT[other[1]])
    return one[0][:kept] == other[0][:kept]


def _moments(rows: Iterable[Candidate]) -> list[Candidate]:
    """The candidates whose text is a time; one in UTC also as if it were in China, as many sites mean it."""
    found = []
    for row in rows:
        text = str(row.value).strip()
        if moment := _moment(text):
            found.append(row._replace(value=moment))
        if (bare := _ZONE.sub("", text)) != text and (moment := _moment(bare)):
            found.append(row._replace(value=moment, confidence=row.confidence / 2))
    return found


def _moment(text: str) -> Moment | None:
    if _EPOCH.fullmatch(text):
        return stamped(int(text))
    if match := _COMPACT.fullmatch(text):
        year, month, day, *clock = match.groups()
        text = f"{year}-{month}-{day} {':'.join(clock)}"
    time = find_time(text)
    if time is None:
        return None
    # Midnight to the second is what systems write for a day.
    is_day = time.published[11:19] == "00:00:00"
    return time.published, "day" if is_day else time.precision


def _in_addresses(evidence: Evidence) -> list[Candidate]:
    dates = ((row, date_in_address(str(row.value))) for row in evidence.of("url"))
    return [Candidate(date, "address", 0.5) for row, date in dates if date]
