import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.postings import as_lists, drawn, same
from wxsearch.index.segment.decoding import PostingList, PostingLists
from wxsearch.index.segment.encoding import ListWriter
from wxsearch.search.joined_matches import JoinedMatches
from wxsearch.search.matches import counted, kept, nothing

SIZES = st.lists(st.sampled_from([1, 20, 300]), min_size=1, max_size=4)
SHARES = st.sampled_from([0.001, 0.05, 0.15, 0.5, 0.9])


def part_of(draw, expected, size):
    """A part of the same matches, from counts or from a list as it is written."""
    if draw(st.booleans()):
        return counted(*expected, size)
    writer = ListWriter(size)
    places = writer.add(as_lists([expected]))
    lists = PostingLists(writer.sections(), size)
    return PostingList(lists, *(int(each[0]) for each in places), len(expected[0]))


@st.composite
def joined(draw):
    """Matches of several segments as one, what they are, and of how many documents."""
    parts, expected = [], []
    begins = np.cumsum([0, *draw(SIZES)])
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    for begin, end in zip(begins[:-1].tolist(), begins[1:].tolist(), strict=True):
        size = end - begin
        if draw(st.integers(0, 4)) == 0:
            parts.append(nothing(size))
            continue
        documents, *counts = drawn(chance, size, draw(SHARES), 300)
        parts.append(part_of(draw, (documents, *counts), size))
        expected.append((documents + begin, *counts))
    empty = np.empty(0, np.int64)
    found = [np.concatenate(each) for each in zip(*expected, strict=True)] or [empty] * 3
    return JoinedMatches(parts, begins), found, int(begins[-1])


@given(joined())
def test_parts_are_one_list(case):
    """Documents, values and counts are those of the parts, numbered through."""
    matches, expected, size = case
    if len(expected[0]) == 0:
        assert matches.frequency == len(matches.documents) == len(matches.values) == matches.dense.sum() == 0
        return
    same(matches, expected, size)
    assert np.array_equal(matches.mask, matches.dense > 0)


@pytest.mark.parametrize("known", [(), ("documents",), ("documents", "values"), ("mask",), ("dense",)])
@given(case=joined(), some=st.sets(st.integers(0, 1199)))
def test_some_documents_are_told_of_whatever_is_known(known, case, some):
    """Of some documents each is told to match or not, and its value, whatever was asked of all before."""
    matches, (listed, *_), size = case
    for name in known:
        getattr(matches, name)
    documents = np.array(sorted(number for number in some if number < size), np.intp)
    expected = np.isin(documents, listed)
    assert matches.holds(documents).tolist() == expected.tolist()
    assert kept(documents, matches).tolist() == documents[expected].tolist()
    values = matches.values_at(documents)
    assert (values > 0).tolist() == expected.tolist()
    assert values.tolist() == matches.dense[documents].tolist()


@given(joined(), st.data())
def test_some_documents_are_counted(case, data):
    """Occurrences are told for any ascending few of the documents, across segments."""
    matches, (listed, title, body), _ = case
    chosen = sorted(data.draw(st.sets(st.integers(0, len(listed) - 1)))) if len(listed) else []
    found = matches.counts(listed[chosen].astype(np.intp), matches.values_at(listed[chosen].astype(np.intp)))
    assert [each.tolist() for each in found] == [title[chosen].tolist(), body[chosen].tolist()]


def test_matches_are_dense_where_most_documents_are():
    """A list that is dense in a small segment and short in the large one is read as a short one."""
    documents = np.arange(200)
    ones, none = np.ones(200, np.int64), np.zeros(200, np.int64)

    def listed(size):
        writer = ListWriter(size)
        places = writer.add(as_lists([(documents, none, ones)]))
        return PostingList(
            PostingLists(writer.sections(), size), *(int(each[0]) for each in places), len(documents)
        )

    small, large = listed(300), listed(20_000)
    assert (small.is_dense, large.is_dense) == (True, False)
    assert JoinedMatches([small, small], np.array([0, 300, 600])).is_dense
    assert not JoinedMatches([large, small], np.array([0, 20_000, 20_300])).is_dense
    assert not JoinedMatches([nothing(20_000), small], np.array([0, 20_000, 20_300])).is_dense
