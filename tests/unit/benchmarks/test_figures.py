"""The arithmetic of the benchmarks, on figures whose results are known."""

import pytest

from wxsearch.benchmarks.contender import Answer
from wxsearch.benchmarks.figures import geometric_mean, mean_ratio, percentile, same_counts, shared_top


def _answer(total=1, top=(("1", "a"),), categories=None, months=None):
    return Answer(total=total, top=list(top), categories=categories or {}, months=months or {})


def test_geometric_mean_cancels_opposite_ratios():
    """Twice as slow and twice as fast make one."""
    assert geometric_mean([2.0, 0.5]) == pytest.approx(1.0)
    assert geometric_mean([1.0, 10.0, 100.0]) == pytest.approx(10.0)


def test_mean_ratio_is_taken_question_by_question():
    """The ratio is that of each pair, so that one slow question does not drown the others."""
    assert mean_ratio([2.0, 800.0], [1.0, 100.0]) == pytest.approx(4.0)
    assert mean_ratio([1.0, 100.0], [2.0, 800.0]) == pytest.approx(0.25)


def test_mean_ratio_needs_the_same_questions():
    """Lists of different lengths are refused, never cut to the shorter."""
    with pytest.raises(ValueError, match="shorter"):
        mean_ratio([1.0, 2.0], [1.0])


def test_percentile_falls_between_neighbours():
    """p50 is the median, p100 the largest, and p95 lies between the two values around it."""
    values = [4.0, 1.0, 3.0, 2.0, 5.0]
    assert percentile(values, 50) == 3.0
    assert percentile(values, 100) == 5.0
    assert percentile(values, 95) == pytest.approx(4.8)


@pytest.mark.parametrize(
    "other",
    [_answer(total=2), _answer(categories={"a": 1}), _answer(months={"2021-10": 1})],
    ids=["total", "categories", "months"],
)
def test_each_count_can_tell_answers_apart(other):
    """A difference in the total or in either table makes answers different."""
    assert same_counts(_answer(), _answer(top=[("2", "b")]))
    assert not same_counts(_answer(), other)


def test_shared_top_is_a_share_of_the_longer_list():
    """One common hit of two is half; two empty lists agree."""
    one, two = _answer(top=[("1", "a")]), _answer(top=[("2", "b"), ("1", "a")])
    assert shared_top(one, two) == shared_top(two, one) == 0.5
    assert shared_top(_answer(top=[]), _answer(top=[])) == 1.0
    assert shared_top(_answer(top=[]), one) == 0.0
