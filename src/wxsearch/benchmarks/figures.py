"""The arithmetic of the report."""

import math
from collections.abc import Sequence

import numpy as np

from wxsearch.benchmarks.contender import Answer


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of the values do not exceed, between neighbours where it falls there."""
    return float(np.percentile(values, percent))


def geometric_mean(values: Sequence[float]) -> float:
    """The mean of ratios: twice as slow and twice as fast cancel out."""
    return math.exp(math.fsum(map(math.log, values)) / len(values))


def mean_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The geometric mean of the ratios question by question; below 1 we are faster."""
    return geometric_mean([mine / other for mine, other in zip(ours, theirs, strict=True)])


def same_counts(answer: Answer, other: Answer) -> bool:
    """Whether total and both tables of counts are equal; ranks may differ."""
    return (answer.total, answer.categories, answer.months) == (
        other.total,
        other.categories,
        other.months,
    )


def shared_top(answer: Answer, other: Answer) -> float:
    """The share of the longer of two tops that is in both."""
    ours, theirs = ({article_id for article_id, _ in each.top} for each in (answer, other))
    longest = max(len(ours), len(theirs))
    return len(ours & theirs) / longest if longest else 1.0
