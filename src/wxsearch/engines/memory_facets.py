"""Filters and facets of the oracle: what can be picked, and how much there is of each."""

from collections import Counter
from functools import cache
from itertools import pairwise

from wxsearch.categories import Path, category_path, prefixes
from wxsearch.dates import DAY, bucket_key, bucket_starts, epoch, printed
from wxsearch.errors import LimitExceeded, Problem
from wxsearch.models import (
    Article,
    CategoryCount,
    DateBucket,
    DateHistogram,
    SourceCount,
    SourceCounts,
)
from wxsearch.query.request import SearchRequest

_path = cache(category_path)


def in_span(article: Article, since: int | None, until: int | None) -> bool:
    """Whether what the article's time covers, a second or its whole day, meets [since, until)."""
    if since is None and until is None:
        return True
    if article.published is None:
        return False
    start = epoch(article.published)
    end = start + (DAY if article.precision == "day" else 1)
    return max(start, start if since is None else since) < min(end, end if until is None else until)


def in_categories(article: Article, wanted: tuple[Path, ...]) -> bool:
    """Whether the article stands at or below one of the paths; no path asks for nothing."""
    path = _path(article.breadcrumb)
    return not wanted or any(path[: len(prefix)] == prefix for prefix in wanted)


def of_sources(article: Article, wanted: tuple[str, ...]) -> bool:
    """Whether the article is of one of the sources; no source asks for nothing."""
    return not wanted or article.source in wanted


def category_tree(articles: list[Article], picked: tuple[Path, ...]) -> tuple[CategoryCount, ...]:
    """Every path that an article stands at or below, and every picked one, largest first."""
    counts = Counter(prefix for article in articles for prefix in prefixes(_path(article.breadcrumb)))
    counts.update(dict.fromkeys((prefix for path in picked for prefix in prefixes(path)), 0))

    def below(parent: Path) -> tuple[CategoryCount, ...]:
        paths = sorted((p for p in counts if p[:-1] == parent), key=lambda path: (-counts[path], path))
        return tuple(
            CategoryCount(path=p, label=p[-1], count=counts[p], selected=p in picked, children=below(p))
            for p in paths
        )

    return below(())


def source_counts(articles: list[Article], picked: tuple[str, ...], most: int) -> SourceCounts:
    """The `most` largest sources, then picked ones that are smaller, and the rest in one number."""
    counts = Counter(article.source for article in articles if article.source)
    counts.update(dict.fromkeys(picked, 0))
    ordered = sorted(counts, key=lambda source: (-counts[source], source))
    named = ordered[:most] + [source for source in ordered[most:] if source in picked]
    buckets = tuple(SourceCount(source, counts[source], source in picked) for source in named)
    return SourceCounts(buckets, counts.total() - sum(bucket.count for bucket in buckets))


def histogram(articles: list[Article], request: SearchRequest, most: int) -> DateHistogram:
    """Articles a day, month or year, by the instant of each; raises LimitExceeded above `most` buckets.

    The outer buckets reach no further than the dates asked for.
    """
    asked = request.interval
    instants = sorted(epoch(article.published) for article in articles if article.published)
    undated = len(articles) - len(instants)
    if not instants:
        return DateHistogram(asked or "month", (), undated)
    first, last = instants[0], instants[-1]
    days = (last - first) / DAY
    interval = asked or ("day" if days <= 62 else "month" if days <= 6 * 366 else "year")
    starts = bucket_starts(first, last, interval)
    if len(starts) - 1 > most:
        detail = f"by {interval} there are more than {most} buckets here (limits.date_buckets)"
        raise LimitExceeded(detail, (Problem("interval", f"at most {most} buckets"),))
    counts = Counter(bucket_key(instant, interval) for instant in instants)
    buckets = []
    for start, end in pairwise(starts):
        key = bucket_key(start, interval)
        since = start if request.since is None else max(start, request.since)
        until = end if request.until is None else min(end, request.until)
        buckets.append(DateBucket(key, printed(since), printed(until), counts[key]))
    return DateHistogram(interval, tuple(buckets), undated)
