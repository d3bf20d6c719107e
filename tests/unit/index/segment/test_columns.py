from datetime import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.drawn import BREADCRUMBS, IDS, SOURCES, TIMES, articles
from wxsearch.categories import category_path
from wxsearch.dates import DAY, bucket, bucket_key, epoch
from wxsearch.index.segment.columns import UNDATED, Columns, ColumnsWriter
from wxsearch.models import Article

ARTICLES = st.lists(
    articles(["", "题", "中国ab"], st.sampled_from(IDS)), min_size=1, max_size=14, unique_by=lambda a: a.id
)


def columns_of(given_articles):
    writer = ColumnsWriter()
    for article in given_articles:
        writer.add(article)
    assert len(writer) == len(given_articles)
    assert list(writer.titles()) == [article.title for article in given_articles]
    return Columns(writer.sections(), len(given_articles))


@given(ARTICLES)
def test_columns_hold_what_articles_say(given_articles):
    """Each field of a column is that of the article, whatever the others are."""
    columns = columns_of(given_articles)
    for document, article in enumerate(given_articles):
        assert columns.stored_fields(document) == {
            "id": article.id,
            "published": article.published,
            "precision": article.precision,
        }
        assert columns.label(document) == (article.id, article.title)
        assert columns.paths[columns.path_codes[document]] == category_path(article.breadcrumb)
        assert columns.sources[columns.source_codes[document]] == (article.source or "")
    assert len(set(columns.paths)) == len(columns.paths)
    assert columns.ids() == [article.id.encode() for article in given_articles]


@given(ARTICLES, st.sampled_from([*IDS, "", "a\0", "zzz"]))
def test_ids_are_found_and_ranked(given_articles, wanted):
    """An id leads to its document, another to none; ranks are the order of ids."""
    columns = columns_of(given_articles)
    ids = [article.id for article in given_articles]
    assert columns.find(wanted.encode()) == (ids.index(wanted) if wanted in ids else None)
    assert columns.id_rank.tolist() == [sorted(ids).index(each) for each in ids]


@given(ARTICLES)
def test_times_reach_as_far_as_they_are_exact(given_articles):
    """A day lasts a day and an instant a second; what has no time is before everything."""
    columns = columns_of(given_articles)
    for document, article in enumerate(given_articles):
        start = int(columns.starts[document])
        if article.published is None:
            assert start == UNDATED
        else:
            assert start == epoch(article.published)
            assert columns.ends[document] - start == (DAY if article.precision == "day" else 1)


@given(ARTICLES, st.sampled_from(["day", "month", "year"]))
def test_slots_are_days_months_and_years_of_china(given_articles, interval):
    """A document without a time is in slot 0, every other in that of its day, month or year in +08:00."""
    columns = columns_of(given_articles)
    slots = columns.slots(interval)
    assert columns.slots(interval) is slots
    assert slots.numbers.max() < slots.size
    for number, article in zip(slots.numbers.tolist(), given_articles, strict=True):
        if article.published is None:
            assert number == 0
        else:
            assert number >= 1
            key = bucket(interval, slots.first + number - 1).key
            assert key == bucket_key(epoch(article.published), interval)
            assert key == article.published[: len(key)]


@pytest.mark.parametrize("published", ["1000-01-01T00:00:00+08:00", "9000-12-31T23:59:59+08:00"])
def test_the_ends_of_time_have_slots(published):
    """The earliest and the latest year that is read are counted like any other."""
    columns = columns_of([Article(id="a", published=published, precision="second")])
    for interval in ("day", "month", "year"):
        slots = columns.slots(interval)
        assert slots.numbers.tolist() == [1]
        assert published.startswith(bucket(interval, slots.first).key)
    assert datetime.fromisoformat(published).timestamp() == columns.starts[0]


def test_many_paths_and_sources_take_wider_codes():
    """Codes of paths and sources are wide enough for as many as a segment can have documents."""
    count = 65_536
    columns = columns_of([Article(id=str(n), source=f"甲{n}", breadcrumb=(f"乙{n}",)) for n in range(count)])
    assert np.array_equal(columns.path_codes, np.arange(count))
    assert columns.paths[-1] == (f"乙{count - 1}",)
    assert columns.sources[int(columns.source_codes[-1])] == f"甲{count - 1}"
    assert columns.find(b"65535") == 65_535


def test_drawn_articles_are_worth_drawing():
    """What is drawn has undated articles, days and instants, sources and none, paths and none."""
    assert None in TIMES
    assert None in SOURCES
    assert () in BREADCRUMBS
