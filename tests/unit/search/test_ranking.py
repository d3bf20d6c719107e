import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.search.ranking import Weights, best_first, bm25, by_time, rounded

WEIGHTS = Weights(k1=1.2, b=0.75, title=2.0)


def test_bm25_is_the_formula():
    """Scores are those of the published formula, worked out by hand for one posting."""
    score = bm25(np.array([3]), 5, 100, np.array([80]), 50.0, WEIGHTS)[0]
    idf = math.log(1 + (100 - 5 + 0.5) / (5 + 0.5))
    assert math.isclose(score, idf * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 80 / 50)))


def test_rounding_keeps_six_digits():
    """Scores differ only where six significant digits do."""
    assert rounded(np.array([12.3456789, 0.00012345678, 0.0])).tolist() == [12.3457, 0.000123457, 0.0]


hits = st.lists(
    st.tuples(st.sampled_from([1.0, 1.0000001, 2.5, 0.5]), st.integers(0, 3), st.booleans()),
    min_size=1,
    max_size=60,
)


@given(hits, st.integers(1, 70))
def test_the_best_are_the_head_of_all(found, most):
    """Asking for the best few gives the beginning of the whole order, ties included."""
    scores = np.array([score for score, _, _ in found])
    undated = np.array([flag for _, _, flag in found])
    starts = np.where(undated, -(2**62), np.array([time for _, time, _ in found]))
    ranks = np.arange(len(found))[::-1]
    whole = best_first(scores, starts, undated, ranks, len(found)).tolist()
    assert best_first(scores, starts, undated, ranks, most).tolist() == whole[:most]
    expected = sorted(
        range(len(found)),
        key=lambda place: (-float(f"{scores[place]:.6g}"), undated[place], -starts[place], ranks[place]),
    )
    assert whole == expected


def test_undated_articles_come_last_either_way():
    """Sorting by time puts what has none at the end, newest or oldest first."""
    starts = np.array([5, -(2**62), 9])
    undated = np.array([False, True, False])
    assert by_time(starts, undated, np.arange(3), newest=True).tolist() == [2, 0, 1]
    assert by_time(starts, undated, np.arange(3), newest=False).tolist() == [0, 2, 1]
