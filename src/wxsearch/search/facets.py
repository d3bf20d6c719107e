"""Facets: one counting pass over arrays of the matching documents."""

from collections import Counter
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from wxsearch.categories import Path, prefixes
from wxsearch.dates import DAY, bucket_key, bucket_starts, printed
from wxsearch.errors import LimitExceeded, Problem
from wxsearch.index.schema import UNDATED
from wxsearch.index.snapshot import Coded, Snapshot
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
from wxsearch.search.ranking import Numbers

Mask = NDArray[np.bool_]

# Up to these spans a histogram has bars of a day, or of a month.
_DAYS_SPAN = 62 * DAY
_MONTHS_SPAN = 6 * 366 * DAY


def count_facets(
    request: SearchRequest,
    snapshot: Snapshot,
    matching: Mask,
    by_category: Mask,
    by_source: Mask,
    limits: Limits,
) -> Facets:
    """The facets that the request names.

    `matching` holds the documents of query and dates; the selection of categories and
    that of sources come apart, since neither narrows its own counts.
    """
    counters: dict[str, Callable[[], object]] = {
        "category": lambda: _categories(snapshot.paths, matching & by_source, request.categories),
        "date": lambda: _dates(snapshot.starts[matching & by_category & by_source], request, limits),
        "source": lambda: _sources(snapshot.sources, matching & by_category, request.sources, limits),
    }
    return Facets(**{facet: counters[facet]() for facet in request.facets})  # type: ignore[arg-type]


def _categories(paths: Coded, matching: Mask, selected: tuple[Path, ...]) -> tuple[CategoryCount, ...]:
    counts: Counter[Path] = Counter()
    for code, count in enumerate(_counted(paths, matching)):
        if count:
            counts.update(dict.fromkeys(prefixes(paths.values[code]), int(count)))
    for path in selected:
        for prefix in prefixes(path):
            counts.setdefault(prefix, 0)
    return _tree(counts, frozenset(selected))


def _tree(counts: Counter[Path], selected: frozenset[Path]) -> tuple[CategoryCount, ...]:
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


def _sources(sources: Coded, matching: Mask, selected: tuple[str, ...], limits: Limits) -> SourceCounts:
    counts = {
        value: int(count)
        for value, count in zip(sources.values, _counted(sources, matching), strict=True)
        if count and value
    }
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    named = ordered[: limits.source_buckets]
    named += sorted(
        (value for value in selected if value not in named), key=lambda value: (-counts.get(value, 0), value)
    )
    buckets = tuple(SourceCount(value, counts.get(value, 0), value in selected) for value in named)
    return SourceCounts(buckets, sum(counts.values()) - sum(bucket.count for bucket in buckets))


def _dates(starts: Numbers, request: SearchRequest, limits: Limits) -> DateHistogram:
    interval = request.interval
    dated = starts[starts != UNDATED]
    undated = len(starts) - len(dated)
    if len(dated) == 0:
        return DateHistogram(interval or "month", (), undated)
    first, last = int(dated.min()), int(dated.max())
    interval = interval or _interval(last - first)
    # Before they are made: one slip of a year must not cost millions of buckets.
    if (last - first) // (DAY * {"year": 366, "month": 31, "day": 1}[interval]) > limits.date_buckets:
        raise _too_many(interval, limits)
    edges = bucket_starts(first, last, interval)
    if len(edges) - 1 > limits.date_buckets:
        raise _too_many(interval, limits)
    counts = np.histogram(dated, np.array(edges))[0]
    # The outer bars reach no further than the dates asked for: sent back, they give their count.
    bounds = edges.copy()
    bounds[0] = edges[0] if request.since is None else max(edges[0], request.since)
    bounds[-1] = edges[-1] if request.until is None else min(edges[-1], request.until)
    buckets = (
        DateBucket(bucket_key(start, interval), printed(since), printed(until), int(count))
        for start, since, until, count in zip(edges, bounds, bounds[1:], counts, strict=False)
    )
    return DateHistogram(interval, tuple(buckets), undated)


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


def _counted(column: Coded, matching: Mask) -> Numbers:
    return np.bincount(column.codes[matching], minlength=len(column.values))
