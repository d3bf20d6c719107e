import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from support.postings import drawn, opened
from wxsearch.search.matches import counted
from wxsearch.search.scored_leaves import ScoredLeaves


@st.composite
def leaves_of_a_segment(draw):
    """Lists of all forms, each with an idf, and which of them are to be put together."""
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = draw(st.sampled_from([1, 30, 3_000]))
    shares = draw(st.lists(st.sampled_from([0.001, 0.15, 1.0]), min_size=1, max_size=5))
    each = [drawn(chance, size, share, 70_000) for share in shares]
    leaves = [
        (draw(st.sampled_from([matches, counted(*expected, size)])), 1.0)
        for matches, expected in zip(opened(each, size), each, strict=True)
    ]
    rows = draw(st.lists(st.integers(0, len(leaves) - 1), min_size=1, unique=True).map(sorted))
    some = np.flatnonzero(chance.random(size) < draw(st.sampled_from([0.0, 0.01, 0.5, 1.0])))
    return ScoredLeaves(leaves, size), rows, some


@given(leaves_of_a_segment())
def test_values_are_the_same_from_lists_that_were_put_together(case):
    """What leaves have for documents does not depend on which of their lists were put together before."""
    leaves, rows, documents = case
    expected = [matches.values_at(documents).tolist() for matches in leaves.matches]
    assert leaves.values(documents).tolist() == expected
    together = leaves.together(rows)
    assert leaves.values(documents).tolist() == expected
    of = together.leaf_of(np.arange(len(together.documents)))
    assert [np.count_nonzero(of == row) for row in range(len(leaves.matches))] == [
        matches.frequency if row in rows else 0 for row, matches in enumerate(leaves.matches)
    ]
