"""What being new adds to a score: half as much for each half-life that passed.

Age counts from the newest article that is held and not from the clock, so that an answer is the same
tomorrow.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.dates import DAY
from wxsearch.index.segment.columns import UNDATED

Scores = NDArray[np.float64]


class RecencyWeights(NamedTuple):
    """What the newest article gets, beside 1.0 for the best score, and in how many days half is left."""

    weight: float
    half_life_days: float


def recency(starts: NDArray[np.int64], newest: int, weights: RecencyWeights) -> Scores:
    """What articles get by their times, beside 1.0 for the best score; undated ones get nothing."""
    ages = (newest - starts) / DAY
    gained: Scores = weights.weight * np.exp2(-ages / weights.half_life_days)
    return np.where(starts == UNDATED, 0.0, gained)
