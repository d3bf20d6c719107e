"""Posting lists drawn by chance, and lists as they are written."""

import numpy as np
from hypothesis import strategies as st

from wxsearch.index.segment.decoding import PostingList, PostingLists
from wxsearch.index.segment.encoding import Lists, ListWriter
from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW, packed

# Shares of a segment's documents; each form of list is the smallest for some.
SHARES = (0.0, 0.0001, 0.002, 0.05, 0.17, 0.19, 0.5, 1.0)


def drawn(chance, size, share, most):
    """Document, title and body counts of a list: at least one posting, in body or title."""
    documents = np.flatnonzero(chance.random(size) < share)
    if len(documents) == 0:
        documents = chance.integers(size, size=1)
    in_title = np.where(chance.random(len(documents)) < 0.2, chance.integers(0, 7, len(documents)), 0)
    in_body = np.minimum(chance.geometric(0.6, len(documents)), most)
    wide = chance.random(len(documents)) < 0.02
    in_body = np.where(wide, chance.integers(0, most + 1, len(documents)), in_body)
    in_body[in_title == 0] = np.maximum(in_body[in_title == 0], 1)
    return documents, in_title.astype(np.int64), in_body.astype(np.int64)


def as_lists(each, parents=None):
    """Drawn lists, one after the other."""
    documents, in_title, in_body = (np.concatenate(part) for part in zip(*each, strict=True))
    values = packed(in_title, in_body)
    over = np.flatnonzero(values == OVERFLOW)
    frequencies = np.array([len(documents) for documents, _, _ in each], np.int64)
    overflow = over, in_title[over], in_body[over]
    return Lists(documents.astype(np.uint16), values, frequencies, overflow, parents)


def opened(each, size):
    """Drawn lists as a segment of so many documents has them."""
    writer = ListWriter(size)
    places = writer.add(as_lists(each))
    lists = PostingLists(writer.sections(), size)
    rows = zip(*(part.tolist() for part in places), each, strict=True)
    return [PostingList(lists, *place, len(documents)) for *place, (documents, _, _) in rows]


@st.composite
def segments_of_lists(draw, sizes):
    """How many documents, and some lists of them."""
    size = draw(st.sampled_from(sizes))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    shares = draw(st.lists(st.sampled_from(SHARES), min_size=1, max_size=12))
    most = draw(st.sampled_from([1, 3, 20, 70_000]))
    return size, [drawn(chance, size, share, most) for share in shares]


def same(found, expected, size):
    """Asserts that a posting list is what was drawn, by each of its ways to be read."""
    documents, in_title, in_body = expected
    values = packed(in_title, in_body)
    assert found.frequency == len(documents)
    assert np.array_equal(found.documents, documents)
    for most in (3, 40):
        few = np.unique(np.linspace(0, len(documents) - 1, most).astype(np.intp))
        asked = np.unique(np.concatenate((documents[few], np.arange(0, size, 1 + size // most))))
        at = np.searchsorted(documents, asked).clip(max=len(documents) - 1)
        there = documents[at] == asked
        assert np.array_equal(found.values_at(asked), np.where(there, values[at], 0))
        assert np.array_equal(found.holds(asked), there)
    assert np.array_equal(found.values, values)
    spread = np.zeros(size, np.uint8)
    spread[documents] = values
    assert np.array_equal(found.dense, spread)
    assert not found.is_dense or np.array_equal(found.mask, spread > 0)
    counts = found.counts(found.documents, found.values)
    assert np.array_equal(counts[0], in_title)
    assert np.array_equal(counts[1], in_body)
    some = slice(len(documents) // 3, None, 2)
    counts = found.counts(documents[some], values[some])
    assert np.array_equal(counts, (in_title[some], in_body[some]))


def told(counted):
    """What counted lists say: by term, then document, occurrences in title and body."""
    documents, values, frequencies, (over, titles, bodies), *_ = counted.lists
    pairs = list(zip(IN_TITLE[values].tolist(), IN_BODY[values].tolist(), strict=True))
    assert over.tolist() == np.flatnonzero(values == OVERFLOW).tolist()
    for place, title, body in zip(over.tolist(), titles.tolist(), bodies.tolist(), strict=True):
        pairs[place] = title, body
    rest = iter(zip(documents.tolist(), pairs, strict=True))
    each = zip(counted.terms.tolist(), frequencies.tolist(), strict=True)
    lists = {term: dict(next(rest) for _ in range(frequency)) for term, frequency in each}
    assert next(rest, None) is None
    return lists
