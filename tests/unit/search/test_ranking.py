import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.segments import collection_of
from wxsearch.dates import printed
from wxsearch.index.segment.columns import UNDATED
from wxsearch.models import Article
from wxsearch.search.ranking import best_first, by_time

HITS = st.lists(
    st.tuples(
        st.sampled_from([1.0, 1.0000001, 0.9999999, 2.5, 0.5, 0.0]), st.one_of(st.none(), st.integers(0, 3))
    ),
    min_size=1,
    max_size=60,
)


# Where one segment ends and the next begins.
CUTS = st.sets(st.integers(1, 59), max_size=3)


def timed(times, cuts=()):
    """Documents with these times in seconds, in segments; ids run against their order, here and there."""
    articles = []
    for number, time in enumerate(times):
        published = None if time is None else printed(time)
        article_id = f"{(999 - number) * (number % 3 + 1)}"
        articles.append(Article(id=article_id, published=published, precision=published and "second"))
    return collection_of(articles, cuts)


@given(HITS, st.integers(1, 70), st.sets(st.integers(0, 59)), CUTS)
def test_the_best_are_the_head_of_all(hits, most, left_out, cuts):
    """By rounded score, then newest, undated last, then id; the best few are the beginning, ties and all."""
    collection = timed([time for _, time in hits], cuts)
    documents = np.array([n for n in range(len(hits)) if n not in left_out], np.intp)
    scores = np.array([hits[n][0] for n in documents.tolist()], np.float64)

    def key(document):
        score, time = hits[document]
        return -float(f"{score:.6g}"), time is None, -(time or 0), collection.id(document)

    found, rounded = best_first(collection, documents, scores, most)
    assert found.tolist() == sorted(documents.tolist(), key=key)[:most]
    assert rounded.tolist() == [float(f"{hits[n][0]:.6g}") for n in found.tolist()]


@pytest.mark.parametrize("newest", [True, False])
@given(hits=HITS, most=st.integers(1, 70), cuts=CUTS)
def test_by_time_undated_articles_come_last(newest, hits, most, cuts):
    """Newest or oldest first, undated last either way, then by id; the first few are the beginning."""
    times = [time for _, time in hits]
    collection = timed(times, cuts)

    def key(document):
        time = times[document]
        return time is None, (-time if newest else time) if time is not None else 0, collection.id(document)

    found = by_time(collection, np.arange(len(times)), most, newest=newest)
    assert found.tolist() == sorted(range(len(times)), key=key)[:most]


def test_times_before_1970_are_older():
    """What was published before 1970 has negative seconds, and is not undated."""
    collection = timed([5, -(10**10), None, -1])
    assert collection.starts.tolist() == [5, -(10**10), UNDATED, -1]
    assert by_time(collection, np.arange(4), 4, newest=True).tolist() == [0, 3, 1, 2]
    assert by_time(collection, np.arange(4), 3, newest=False).tolist() == [1, 3, 0]


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("most", [1, 5, 299, 300, 500])
def test_many_that_tie_are_in_the_order_of_their_ids(newest, most):
    """However many have no time, and in whatever segments, the first by id are the first."""
    collection = timed([None] * 300, {1, 40, 200})
    found = by_time(collection, np.arange(300), most, newest=newest)
    assert found.tolist() == sorted(range(300), key=collection.id)[:most]
