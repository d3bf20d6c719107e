import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.postings import as_lists, drawn, same
from wxsearch.index.segment.decoding import PostingList, PostingLists
from wxsearch.index.segment.encoding import ListWriter
from wxsearch.search.matches import counted, in_title, kept, nothing, united

SIZE = 300


@st.composite
def some_matches(draw):
    """Matches of each kind that are the same: from counts, and from a list as it is written."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    expected = drawn(chance, SIZE, draw(st.sampled_from([0.001, 0.05, 0.15, 0.5])), 300)
    writer = ListWriter(SIZE)
    places = writer.add(as_lists([expected]))
    lists = PostingLists(writer.sections(), SIZE)
    opened = PostingList(lists, *(int(part[0]) for part in places), len(expected[0]))
    return expected, draw(st.sampled_from([counted(*expected, SIZE), opened]))


SOME_DOCUMENTS = st.sets(st.integers(0, SIZE - 1)).map(lambda found: np.array(sorted(found), np.intp))


@given(some_matches())
def test_counts_are_matches(case):
    """What was counted and what is listed say the same, in each way they can be asked."""
    expected, matches = case
    same(matches, expected, SIZE)
    if matches.is_dense:
        assert np.array_equal(matches.mask, matches.dense > 0)


@given(some_matches(), SOME_DOCUMENTS)
def test_documents_are_kept_and_valued(case, documents):
    """Of some documents those that match are kept, and each has its value, 0 where it does not match."""
    (listed, *_), matches = case
    values = dict(zip(listed.tolist(), matches.values.tolist(), strict=True))
    assert kept(documents, matches).tolist() == [n for n in documents.tolist() if n in values]
    assert matches.values_at(documents).tolist() == [values.get(n, 0) for n in documents.tolist()]
    # Asking changes nothing.
    assert matches.values.tolist() == list(values.values())


@given(st.lists(some_matches(), min_size=1, max_size=4))
def test_united_lists_add_up(cases):
    """Matches of any of several lists have the occurrences of all of them."""
    title, body = np.zeros(SIZE, np.int64), np.zeros(SIZE, np.int64)
    for (documents, *counts), _ in cases:
        for field, count in zip((title, body), counts, strict=True):
            field[documents] += count
    found = united([matches for _, matches in cases], SIZE)
    documents = np.flatnonzero(title + body)
    same(found, (documents, title[documents], body[documents]), SIZE)


@pytest.mark.parametrize("size", [65_536, 65_537, 200_000])
def test_united_lists_are_of_any_number_of_documents(size):
    """The last documents are themselves, however many there are."""
    lists = [
        counted(np.array(documents), np.zeros(2, np.int64), np.ones(2, np.int64), size)
        for documents in ([size - 2, size - 1], [0, size - 1])
    ]
    found = united(lists, size)
    assert found.documents.tolist() == [0, size - 2, size - 1]
    assert found.in_body.tolist() == [1, 1, 2]


@given(some_matches())
def test_of_a_title_the_body_is_left_out(case):
    """Matches in titles are those with an occurrence there, without what stands in the body."""
    (documents, title, _), matches = case
    found = title.nonzero()[0]
    assert in_title(matches, SIZE).frequency == len(found)
    assume(len(found))
    same(in_title(matches, SIZE), (documents[found], title[found], np.zeros(len(found), np.int64)), SIZE)


def test_documents_without_an_occurrence_do_not_match():
    """Counts of nothing are left out, wherever they stand."""
    found = counted(np.array([2, 5, 7]), np.array([0, 0, 3]), np.array([1, 0, 0]), 9)
    assert found.documents.tolist() == [2, 7]
    assert [counts.tolist() for counts in found.counts(found.documents, found.values)] == [[0, 3], [1, 0]]
    assert counted(np.array([4]), np.array([0]), np.array([0]), 9).frequency == 0


@pytest.mark.parametrize("size", [1, 300])
def test_nothing_matches_nothing(size):
    """No matches are matches like others."""
    documents = np.array([0])
    assert nothing(size).frequency == 0
    assert kept(documents, nothing(size)).tolist() == []
    assert nothing(size).values_at(documents).tolist() == [0]
    assert nothing(size).dense.tolist() == [0] * size
