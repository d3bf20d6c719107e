import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.segments import collection_of
from wxsearch.dates import printed
from wxsearch.models import Article
from wxsearch.search.collection import Collection

TIMES = st.one_of(st.none(), st.integers(-(10**9), 2 * 10**9))
ROWS = st.lists(
    st.tuples(
        TIMES, st.sampled_from([(), ("首页", "港口"), ("首页", "铁路")]), st.sampled_from([None, "甲", "乙"])
    ),
    max_size=20,
)
CUTS = st.sets(st.integers(1, 19), max_size=3)


def articles_of(rows):
    articles = []
    for number, (time, breadcrumb, source) in enumerate(rows):
        published = None if time is None else printed(time)
        precision = published and ("day" if number % 2 else "second")
        articles.append(
            Article(
                id=f"{number * 7 % 20:02}",
                title="题" * (number % 3),
                body="文" * number,
                published=published,
                precision=precision,
                breadcrumb=breadcrumb,
                source=source,
            )
        )
    return articles


@given(ROWS, CUTS)
def test_a_collection_is_the_same_in_any_segments(rows, cuts):
    """What is known of each article does not depend on how many segments there are."""
    articles = articles_of(rows)
    one, several = collection_of(articles), collection_of(articles, cuts)
    assert several.count == len(articles)
    assert several.live is None
    for name in ("starts", "ends", "path_codes", "source_codes"):
        assert getattr(several, name).tolist() == getattr(one, name).tolist()
    assert [each.tolist() for each in several.lengths] == [each.tolist() for each in one.lengths]
    assert several.catalog.paths == one.catalog.paths
    assert several.catalog.sources == one.catalog.sources
    for interval in ("day", "month", "year"):
        slots, expected = several.slots(interval), one.slots(interval)
        assert slots.numbers.tolist() == expected.numbers.tolist()
        if any(time is not None for time, _, _ in rows):
            assert (slots.first, slots.size) == (expected.first, expected.size)


@given(ROWS, CUTS)
def test_each_document_has_its_place(rows, cuts):
    """A number leads to the article it is of, and its place back to the number."""
    articles = articles_of(rows)
    collection = collection_of(articles, cuts)
    for number, article in enumerate(articles):
        segment, document = collection.place(number)
        assert segment.segment.columns.id(document) == collection.id(number) == article.id
        assert collection.number(segment, document) == number
        assert collection.segments[collection.segments_of(np.array([number]))[0]] is segment


@pytest.mark.parametrize(
    ("deleted", "live"), [(None, None), ("first", [False, True, True]), ("last", [True, True, False])]
)
def test_deleted_documents_are_known(deleted, live):
    """Where a segment has deleted documents, all are told to live or not; else nothing is."""
    segments = list(collection_of(articles_of([(5, (), None)] * 3), {2}).segments)
    if deleted == "first":
        segments[0] = segments[0]._replace(live=np.array([False, True]))
    if deleted == "last":
        segments[1] = segments[1]._replace(live=np.array([False]))
    found = Collection(segments).live
    assert (found is None) if live is None else (found.tolist() == live)
