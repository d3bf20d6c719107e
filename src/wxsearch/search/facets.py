"""Facets: counts by arrays, and what they look like to a caller."""

from collections.abc import Callable, Iterable

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from wxsearch.categories import Path, prefixes
from wxsearch.dates import DAY, bucket, printed
from wxsearch.errors import LimitExceeded, Problem
from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.limits import Limits
from wxsearch.models import (
    CategoryCount,
    DateBucket,
    DateHistogram,
    Facets,
    Interval,
    SourceCount,
    SourceCounts,
)
from wxsearch.query.request import SearchRequest
from wxsearch.search.cells import Cells
from wxsearch.search.collection import Collection

Counts = NDArray[np.int64]

# With as many hits, and more than so many times the cells, those are counted first.
_FEWEST_BY_CELL = 1_000
_HITS_A_CELL = 2
# Up to these spans a histogram has bars of a day, or of a month.
_DAYS_SPAN = 62 * DAY
_MONTHS_SPAN = 6 * 366 * DAY


class Scopes(Struct, frozen=True):
    """Documents of a collection that a facet counts: those that all filters leave but its own."""

    hits: Numbers
    for_categories: Numbers
    for_sources: Numbers


class Timeline(Struct, frozen=True):
    """Counts by month, or day or year: `counts[n]` of bucket number `first` + n."""

    interval: Interval
    first: int
    counts: Counts
    undated: int


class FacetCounter:
    """Counts over a collection."""

    def __init__(self, collection: Collection, scopes: Scopes) -> None:
        self.catalog = collection.catalog
        self._collection = collection
        self._scopes = scopes
        self._cells = _fitting_cells(collection, scopes)
        self._by_cell: Counts | None = None

    def paths(self) -> Counts:
        """Documents of each path of the catalog."""
        count = len(self.catalog.paths)
        if len(self._scopes.for_categories) == 0:
            return np.zeros(count, np.int64)
        if self._cells is not None:
            return self._cells.by_path(self._cell_counts(self._cells), count)
        codes = self._collection.path_codes.take(self._scopes.for_categories)
        return np.bincount(codes, minlength=count)

    def sources(self) -> Counts:
        """Documents of each source of the catalog."""
        codes = self._collection.source_codes.take(self._scopes.for_sources)
        return np.bincount(codes, minlength=len(self.catalog.sources))

    def timeline(self, interval: Interval | None, limits: Limits) -> Timeline:
        """Hits by time; the interval follows from their span unless it is given."""
        if interval is None:
            interval = self._fitting_interval()
        if len(self._scopes.hits) == 0:
            return Timeline(interval, 0, np.zeros(0, np.int64), 0)
        slots = self._collection.slots(interval)
        # The first slot is of those without a time.
        if interval == "month" and self._cells is not None:
            counts = self._cells.by_slot(self._cell_counts(self._cells))
        else:
            counts = np.bincount(slots.numbers.take(self._scopes.hits), minlength=1)
        undated, dated = int(counts[0]), counts[1:]
        filled = dated.nonzero()[0]
        if len(filled) == 0:
            return Timeline(interval, 0, filled, undated)
        begin, end = int(filled[0]), int(filled[-1]) + 1
        if end - begin > limits.date_buckets:
            raise _too_many(interval, limits)
        return Timeline(interval, slots.first + begin, dated[begin:end], undated)

    def _cell_counts(self, cells: Cells) -> Counts:
        if self._by_cell is None:
            self._by_cell = cells.counts(self._scopes.hits)
        return self._by_cell

    def _fitting_interval(self) -> Interval:
        """By the time from the first hit to the last."""
        starts = self._collection.starts.take(self._scopes.hits)
        starts = starts[starts != UNDATED]
        return _interval(int(starts.max()) - int(starts.min())) if len(starts) else "month"


def _fitting_cells(collection: Collection, scopes: Scopes) -> Cells | None:
    """Cells, where paths and months are counted of the same documents, far more than there are cells."""
    if scopes.for_categories is not scopes.hits or len(scopes.hits) < _FEWEST_BY_CELL:
        return None
    cells = collection.cells
    return cells if cells is not None and len(scopes.hits) > _HITS_A_CELL * len(cells.paths) else None


def render_facets(counter: FacetCounter, request: SearchRequest, limits: Limits) -> Facets:
    """The facets that a request names, but for families; see search.families."""
    catalog = counter.catalog
    renderers: dict[str, Callable[[], object]] = {
        "category": lambda: _categories(catalog.path_counts(counter.paths()), request.categories),
        "date": lambda: _histogram(counter.timeline(request.interval, limits), request),
        "source": lambda: _sources(catalog.sources, counter.sources(), request.sources, limits),
    }
    return Facets(**{facet: renderers[facet]() for facet in request.facets if facet in renderers})  # type: ignore[arg-type]


def _categories(counts: dict[Path, int], selected: tuple[Path, ...]) -> tuple[CategoryCount, ...]:
    for path in selected:
        for prefix in prefixes(path):
            counts.setdefault(prefix, 0)
    below: dict[Path, list[Path]] = {}
    for path in counts:
        below.setdefault(path[:-1], []).append(path)

    def nodes(parent: Path) -> tuple[CategoryCount, ...]:
        children = sorted(below.get(parent, ()), key=lambda path: (-counts[path], path[-1]))
        return tuple(
            CategoryCount(
                path=path, label=path[-1], count=counts[path], selected=path in selected, children=nodes(path)
            )
            for path in children
        )

    return nodes(())


def _sources(sources: list[str], counted: Counts, selected: tuple[str, ...], limits: Limits) -> SourceCounts:
    counts = {sources[number]: int(counted[number]) for number in np.flatnonzero(counted).tolist()}
    counts.pop("", None)
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    named = ordered[: limits.source_buckets]
    named += sorted(
        (value for value in selected if value not in named), key=lambda value: (-counts.get(value, 0), value)
    )
    buckets = tuple(SourceCount(value, counts.get(value, 0), value in selected) for value in named)
    return SourceCounts(buckets, sum(counts.values()) - sum(each.count for each in buckets))


def _histogram(timeline: Timeline, request: SearchRequest) -> DateHistogram:
    buckets = list(_buckets(timeline))
    if buckets:
        # The outer bars reach no further than the dates asked for: sent back, they give their count.
        first, last = (
            bucket(timeline.interval, timeline.first),
            bucket(timeline.interval, timeline.first + len(buckets)),
        )
        if request.since is not None and request.since > first.start:
            buckets[0] = DateBucket(
                buckets[0].key, printed(request.since), buckets[0].until, buckets[0].count
            )
        if request.until is not None and request.until < last.start:
            buckets[-1] = DateBucket(
                buckets[-1].key, buckets[-1].since, printed(request.until), buckets[-1].count
            )
    return DateHistogram(timeline.interval, tuple(buckets), timeline.undated)


def _buckets(timeline: Timeline) -> Iterable[DateBucket]:
    start = bucket(timeline.interval, timeline.first)
    for number, count in enumerate(timeline.counts.tolist(), start=timeline.first + 1):
        end = bucket(timeline.interval, number)
        yield DateBucket(start.key, start.printed, end.printed, count)
        start = end


def _too_many(interval: Interval, limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        f"a histogram by {interval} has more than {limits.date_buckets} bars here (limits.date_buckets); "
        "ask for a wider interval, or narrow the span with from and to",
        (Problem("interval", f"at most {limits.date_buckets} buckets"),),
    )


def _interval(span: int) -> Interval:
    if span <= _DAYS_SPAN:
        return "day"
    return "month" if span <= _MONTHS_SPAN else "year"
