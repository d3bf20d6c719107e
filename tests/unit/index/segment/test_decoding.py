import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.postings import as_lists, drawn, same, segments_of_lists
from wxsearch.index.segment.decoding import PostingList, PostingLists
from wxsearch.index.segment.encoding import ESCAPE_BLOCK, SHORT_MOST, ListWriter, Parents


def lists_of(size, each):
    """Lists written and opened."""
    writer = ListWriter(size)
    places = writer.add(as_lists(each))
    opened = PostingLists(writer.sections(), size)
    frequencies = [len(documents) for documents, _, _ in each]
    rows = zip(*(part.tolist() for part in places), frequencies, strict=True)
    return [PostingList(opened, *row) for row in rows]


@given(segments_of_lists([1, 5, 299, 300, 301]))
def test_small_segments_give_back_their_lists(case):
    """Documents, values, counts and dense arrays are those written, in segments of few documents."""
    size, each = case
    for found, expected in zip(lists_of(size, each), each, strict=True):
        same(found, expected, size)


@settings(max_examples=20)
@given(segments_of_lists([40_001, 65_535, 65_536]))
def test_large_segments_give_back_their_lists(case):
    """The same in segments of many documents, the most there can be among them."""
    size, each = case
    for found, expected in zip(lists_of(size, each), each, strict=True):
        same(found, expected, size)


def test_escapes_are_found_behind_many_others():
    """Values that fit no two bits are found wherever a list begins, many blocks of them before it."""
    chance = np.random.default_rng(7)
    each = [drawn(chance, 3_000, share, 70_000) for share in [0.002, 0.05, 0.1] * 60]
    assert sum(len(documents) for documents, _, _ in each) > 8 * ESCAPE_BLOCK
    for found, expected in zip(lists_of(3_000, each), each, strict=True):
        same(found, expected, 3_000)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.9])
def test_each_way_to_read_stands_alone(share):
    """What is read first makes no difference to what is read next."""
    expected = drawn(np.random.default_rng(3), 5_000, share, 300)
    for first in ("documents", "values", "dense"):
        (found,) = lists_of(5_000, [expected])
        assert len(getattr(found, first)) > 0
        same(found, expected, 5_000)


@given(
    st.integers(0, 2**32),
    st.sampled_from([301, 5_000]),
    st.sampled_from([0.02, 0.3, 1.0]),
    st.lists(st.sampled_from([0.1, 0.12, 0.5, 0.9, 1.0]), min_size=1, max_size=8),
)
def test_nested_lists_are_read_by_their_parents(seed, size, share, shares):
    """A list whose documents are all on another one is read by way of that, if that takes less room."""
    chance = np.random.default_rng(seed)
    parent = drawn(chance, size, share, 9)
    each, ranks = [], []
    for share_of_parent in shares:
        places, in_title, in_body = drawn(chance, len(parent[0]), share_of_parent, 70_000)
        each.append((parent[0][places], in_title, in_body))
        ranks.append(places)
    writer = ListWriter(size)
    rows = [*writer.add(as_lists([parent]))]
    parents = Parents(np.full(len(each), len(parent[0])), np.concatenate(ranks))
    places = writer.add(as_lists(each, parents))
    lists = PostingLists(writer.sections(), size)
    held = PostingList(lists, *(int(row[0]) for row in rows), len(parent[0]))
    for form, start, second, expected in zip(*(part.tolist() for part in places), each, strict=True):
        found = PostingList(lists, form, start, second, len(expected[0]))
        if found.is_nested:
            assert SHORT_MOST < len(expected[0]) <= len(parent[0]) <= 9 * len(expected[0])
            found.parent = held
        same(found, expected, size)


def test_long_lists_reach_the_ends():
    """Elias-Fano holds the first and the last document, and buckets that are empty or full."""
    size = 65_536
    documents = np.unique(np.concatenate(([0], np.arange(512, 768), [size - 1])))
    expected = documents, np.zeros(len(documents), np.int64), np.ones(len(documents), np.int64)
    (found,) = lists_of(size, [expected])
    assert not found.is_dense
    same(found, expected, size)
