"""BM25 over title and body, and the order of hits.

The formula is Robertson's with the never negative idf of Lucene:
idf = ln(1 + (N - df + 0.5) / (df + 0.5)),
score = idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average length)).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Scores = NDArray[np.float64]

SIGNIFICANT_DIGITS = 6


class Weights(NamedTuple):
    """The constants of the formula, and what a title's match counts beside a body's 1.0."""

    k1: float
    b: float
    title: float


def bm25(tf: Numbers, df: int, count: int, lengths: Numbers, average: float, weights: Weights) -> Scores:
    """Scores of one leaf in one field, for documents with its `tf` and their `lengths`."""
    idf = np.log1p((count - df + 0.5) / (df + 0.5))
    held_back = weights.k1 * (1 - weights.b + weights.b * lengths / average)
    return np.asarray(idf * tf * (weights.k1 + 1) / (tf + held_back), dtype=np.float64)


def rounded(scores: Scores) -> Scores:
    """Scores to six significant digits, so that the order of sums cannot break ties."""
    return np.array([float(f"{score:.{SIGNIFICANT_DIGITS}g}") for score in scores.tolist()], dtype=np.float64)


def best_first(
    scores: Scores, starts: Numbers, undated: NDArray[np.bool_], ranks: Numbers, most: int
) -> Numbers:
    """Places of the best hits: by rounded score, then newest, undated last, then id.

    At most `most` places, fully ordered.
    """
    candidates = np.arange(len(scores))
    if len(scores) > most:
        # Rounding moves a score by less than one part in 10^5: a wider net holds all ties.
        worst = np.partition(scores, len(scores) - most)[len(scores) - most]
        candidates = np.flatnonzero(scores >= worst * (1 - 1e-4))
    exact = rounded(scores[candidates])
    order = np.lexsort((ranks[candidates], -starts[candidates], undated[candidates], -exact))
    return np.asarray(candidates[order][:most])


def by_time(starts: Numbers, undated: NDArray[np.bool_], ranks: Numbers, *, newest: bool) -> Numbers:
    """Places of all hits by time, undated ones last, then by id."""
    return np.asarray(np.lexsort((ranks, -starts if newest else starts, undated)))
