import numpy as np
import pytest

from wxsearch.index.segment.columns import UNDATED
from wxsearch.search.recency import RecencyWeights, recency

DAY = 86_400


def test_each_half_life_leaves_half():
    """The newest gets the whole weight, each half-life halves it, and an undated article gets nothing."""
    newest = 1_700_000_000
    starts = np.array([newest, newest - 10 * DAY, newest - 5 * DAY, newest - 30 * DAY, UNDATED])
    found = recency(starts, newest, RecencyWeights(0.8, 10.0))
    assert found.tolist() == pytest.approx([0.8, 0.4, 0.8 * 2**-0.5, 0.1, 0.0])


def test_times_of_other_centuries():
    """Articles from before 1970, and far older than any half-life, get what is left, or nothing."""
    found = recency(np.array([-DAY, -(10**11)]), DAY, RecencyWeights(1.0, 2.0))
    assert found.tolist() == pytest.approx([0.5, 0.0])


def test_undated_articles_get_nothing_however_long_the_half_life():
    """No date is no age: not even where the oldest articles count as new."""
    found = recency(np.array([0, UNDATED]), 0, RecencyWeights(1.0, 1e18))
    assert found.tolist() == [1.0, 0.0]
