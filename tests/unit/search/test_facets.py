from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support.segments import collection_of, snapshot_of
from wxsearch.dates import bucket, bucket_key, epoch, printed, read_bound
from wxsearch.errors import LimitExceeded
from wxsearch.models import Article, DateBucket
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Everything, Query
from wxsearch.search import cells, facets
from wxsearch.search.collection import Collection
from wxsearch.search.facets import FacetCounter, Scopes, render_facets

EVERYTHING = SearchRequest(query=Query("", Everything(), ""))
TIMES = st.one_of(
    st.none(),
    st.integers(0, 10**9),
    st.sampled_from(["2021-12-31T16:00:00Z", "2021-12-31T15:59:59Z", "1969-12-31T23:00:00+08:00"]).map(
        lambda text: read_bound(text, upper=False)
    ),
)
# By document: its time, and whether it is a hit.
SEGMENTS = st.lists(st.lists(st.tuples(TIMES, st.booleans()), min_size=1, max_size=8), max_size=3)


def counter_of(segments):
    """A counter over segments of such documents."""
    groups = []
    for rows in segments:
        groups.append([])
        for time, _ in rows:
            published = None if time is None else printed(time)
            number = sum(map(len, groups))
            groups[-1].append(Article(id=str(number), published=published, precision=published and "second"))
    found = [hit for rows in segments for _, hit in rows]
    hits = np.flatnonzero(np.array(found, bool))
    return FacetCounter(Collection(snapshot_of(*filter(None, groups)).segments), Scopes(hits, hits, hits))


@given(SEGMENTS, st.lists(st.sampled_from([(), ("港口",), ("港口", "宁波"), ("铁路",)]), max_size=24))
def test_paths_and_months_are_counted_at_once(limits, segments, paths):
    """Where hits are many, both counts are those that each has on its own."""
    groups = [[Article(id="first")]]
    for rows in filter(None, segments):
        groups.append([])
        for time, _ in rows:
            number = sum(map(len, groups))
            breadcrumb = ("首页", *paths[number % len(paths)]) if paths else ()
            published = None if time is None else printed(time)
            groups[-1].append(
                Article(id=str(number), breadcrumb=breadcrumb, published=published, precision="second")
            )
    collection = Collection(snapshot_of(*groups).segments)
    hits = np.flatnonzero([True, *(hit for rows in segments for _, hit in rows)])
    told = []
    for fewest in (0, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(facets, "_FEWEST_BY_CELL", fewest)
            patch.setattr(facets, "_HITS_A_CELL", 0)
            patch.setattr(cells, "_MOST_A_DOCUMENT", 100_000)
            counter = FacetCounter(collection, Scopes(hits, hits, hits))
            assert (counter._cells is None) == (fewest > 0)
            timeline = counter.timeline("month", limits)
            told.append((counter.paths().tolist(), timeline.counts.tolist(), timeline.undated))
            assert counter.paths().dtype == timeline.counts.dtype == np.int64
    assert told[0] == told[1]


def test_other_documents_are_counted_apart(limits, monkeypatch):
    """Where a filter by category narrows the hits, categories are counted of all that it left out, too."""
    collection = collection_of([Article(id=str(n), breadcrumb=("首页", "港口")) for n in range(20)])
    monkeypatch.setattr(facets, "_FEWEST_BY_CELL", 0)
    every = np.arange(20)
    counter = FacetCounter(collection, Scopes(every[:10], every, every))
    assert counter.paths().tolist() == [20]
    assert counter.timeline("month", limits).undated == 10


def histogram(segments, limits, **asked):
    counter = counter_of(segments)
    return render_facets(counter, replace(EVERYTHING, facets=("date",), **asked), limits).date


def at(*times):
    """One segment of hits at these times."""
    return [[(None if time is None else read_bound(time, upper=False), True) for time in times]]


@pytest.mark.parametrize("interval", ["year", "month", "day"])
@given(segments=SEGMENTS)
def test_each_hit_is_in_the_bar_of_its_time(limits, interval, segments):
    """Bars follow one another without a gap, in +08:00, and each counts the hits whose time is in it."""
    timeline = counter_of(segments).timeline(interval, limits)
    found = {
        bucket(interval, number).key: count
        for number, count in enumerate(timeline.counts.tolist(), start=timeline.first)
        if count
    }
    hits = [time for rows in segments for time, hit in rows if hit]
    assert found == Counter(bucket_key(time, interval) for time in hits if time is not None)
    assert timeline.undated == hits.count(None)
    assert len(timeline.counts) == 0 or (timeline.counts[0] > 0 and timeline.counts[-1] > 0)


@pytest.mark.parametrize(
    ("times", "interval"),
    [
        (["2021-01-01"], "day"),
        (["2021-01-01", "2021-03-04"], "day"),
        (["2021-01-01", "2021-03-05"], "month"),
        (["2015-01-01", "2021-01-05"], "month"),
        (["2015-01-01", "2021-01-06"], "year"),
        ([None], "month"),
        ([], "month"),
    ],
)
def test_the_interval_follows_from_the_span(limits, times, interval):
    """Two months are shown by day, six years by month, more by year; without times it is the month."""
    assert histogram(at(*times), limits).interval == interval
    # Segments are one span.
    apart = [row for time in times for row in at(time)]
    assert histogram(apart, limits).interval == interval
    assert histogram(at(*times), limits, interval="day").interval == "day"


def test_undated_hits_are_counted_apart(limits):
    """Hits without a time have no bar."""
    found = histogram([*at(None, "2021-05-01"), *at(None)], limits)
    assert (found.undated, [bar.count for bar in found.buckets]) == (2, [1])
    assert histogram(at(None), limits).buckets == ()


@pytest.mark.parametrize(("days", "allowed"), [(5, True), (6, False)])
def test_bars_are_bounded(limits, days, allowed):
    """As many bars as the limit says are given; with one more the request is refused, and told what to do."""
    few = replace(limits, date_buckets=5)
    segments = [*at("2021-05-01"), *at(f"2021-05-{days:02}")]
    if allowed:
        assert len(histogram(segments, few, interval="day").buckets) == 5
    else:
        with pytest.raises(LimitExceeded, match="more than 5 bars"):
            histogram(segments, few, interval="day")


def test_outer_bars_reach_no_further_than_the_dates_asked_for(limits):
    """The outer bars are cut by the dates of the request, so that a bar sent back gives its count."""
    segments = at("2021-05-10", "2021-06-20", "2021-07-05")
    since, until = epoch("2021-05-05T00:00:00+08:00"), epoch("2021-07-06T12:00:00+08:00")
    whole = histogram(segments, limits, interval="month").buckets
    assert [bar.since for bar in whole] == [f"2021-0{month}-01T00:00:00+08:00" for month in (5, 6, 7)]
    cut = histogram(segments, limits, interval="month", since=since, until=until).buckets
    assert cut == (
        DateBucket("2021-05", "2021-05-05T00:00:00+08:00", "2021-06-01T00:00:00+08:00", 1),
        whole[1],
        DateBucket("2021-07", "2021-07-01T00:00:00+08:00", "2021-07-06T12:00:00+08:00", 1),
    )
    # Dates beyond the bars cut nothing.
    wide = {"since": epoch("2020-01-01T00:00:00+08:00"), "until": epoch("2022-01-01T00:00:00+08:00")}
    assert histogram(segments, limits, interval="month", **wide).buckets == whole


def test_one_bar_is_cut_at_both_ends(limits):
    """A histogram of one bar begins and ends with the dates asked for."""
    since, until = epoch("2021-05-05T00:00:00+08:00"), epoch("2021-05-11T00:00:00+08:00")
    (bar,) = histogram(at("2021-05-10"), limits, interval="year", since=since, until=until).buckets
    assert (bar.key, bar.since, bar.until) == ("2021", printed(since), printed(until))


def test_only_named_facets_are_counted(limits):
    """A request that names no facet gets none."""
    counter = counter_of(at("2021-05-10"))
    found = render_facets(counter, replace(EVERYTHING, facets=("source",)), limits)
    assert found.source.buckets == ()
    assert not found.date
    assert not found.category
