"""Intervals by bootstrap over the queries (Efron 1979): how far a mean depends on which were asked."""

import numpy as np
from msgspec import Struct

from wxsearch.evaluation.measures import Values

RESAMPLES = 10_000
_SEED = 20_230_601
_LOW, _HIGH = 2.5, 97.5
# So many drawn numbers are held at once.
_DRAWN = 1_000_000


class Figure(Struct, frozen=True):
    """A mean over queries, and between what 95 % of the means of resampled queries lie."""

    mean: float
    low: float
    high: float


def figures(values: Values) -> list[Figure]:
    """One for each column of `values`, which has a row at least; the same for the same values.

    Of differences query by query it is the paired bootstrap.
    """
    count = len(values)
    chance = np.random.default_rng(_SEED)
    step = max(1, _DRAWN // count)
    means = np.concatenate(
        [
            values[chance.integers(0, count, (min(step, RESAMPLES - begin), count))].mean(axis=1)
            for begin in range(0, RESAMPLES, step)
        ]
    )
    bounds = np.percentile(means, (_LOW, _HIGH), axis=0)
    rows = np.vstack((values.mean(axis=0), bounds)).round(6)
    return [Figure(*column) for column in rows.T.tolist()]
