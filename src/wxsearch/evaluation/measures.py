"""What a ranking is worth: nDCG@10, MRR@10, R@100 and P@10, as trec_eval defines them.

The gain of a document is its label, discounted by the logarithm to base 2 of its rank plus
1; the ideal ranking is that of the labels alone (Järvelin and Kekäläinen 2002). A label of 1
or more is right; a document without a label is not. A query without a right document
counts 0, and so does one that has no hits.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from wxsearch.evaluation.trec import Judgements

MEASURES = ("nDCG@10", "MRR@10", "R@100", "P@10")
DEPTH = 100

Values = NDArray[np.float64]
"""A row a query, a column a measure."""

_TOP = 10
_DISCOUNTS = np.log2(np.arange(2, _TOP + 2, dtype=np.float64))


def measured(rankings: Mapping[str, Sequence[str]], judgements: Judgements, queries: Sequence[str]) -> Values:
    """The measures of each of the queries; `rankings` has documents, best first."""
    rows = [_of_query(rankings.get(query_id, ()), judgements[query_id]) for query_id in queries]
    return np.array(rows, np.float64).reshape(len(rows), len(MEASURES))


def _of_query(ranking: Sequence[str], labels: Mapping[str, int]) -> tuple[float, ...]:
    gains = np.array([max(labels.get(document, 0), 0) for document in ranking[:DEPTH]], np.float64)
    ideal = np.sort(np.array([label for label in labels.values() if label > 0], np.float64))[::-1]
    if not len(ideal):
        return (0.0,) * len(MEASURES)
    right = gains > 0
    top = right[:_TOP].nonzero()[0]
    return (
        _discounted(gains) / _discounted(ideal),
        1 / (1 + int(top[0])) if len(top) else 0.0,
        float(right.sum()) / len(ideal),
        len(top) / _TOP,
    )


def _discounted(gains: Values) -> float:
    top = gains[:_TOP]
    return float((top / _DISCOUNTS[: len(top)]).sum())
