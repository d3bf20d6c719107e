"""The order of hits: by rounded score, then newest first with undated ones last, then by id."""

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import UNDATED, Columns
from wxsearch.index.segment.decoding import Numbers
from wxsearch.search.scoring import Scores, rounded, worst_of_best

# Up to so many documents are scored exactly at once.
FEW = 1000
# Rounding moves a score by less than one part in 10^5: a wider net holds all ties.
_MARGIN = 1e-4


def best_first(columns: Columns, documents: Numbers, scores: Scores, most: int) -> tuple[Numbers, Scores]:
    """At most `most` documents in order, with their rounded scores."""
    if len(scores) > most:
        chosen = (scores >= worst_of_best(scores, most) * (1 - _MARGIN)).nonzero()[0]
        documents, scores = documents.take(chosen), scores.take(chosen)
    scores = rounded(scores)
    order = in_order(columns, documents, scores)[:most]
    return documents.take(order), scores.take(order)


def in_order(columns: Columns, documents: Numbers, scores: Scores) -> Numbers:
    """The places of documents among those given, the first in order first."""
    # Undated ones come last of themselves: their start is the earliest there can be.
    return np.lexsort((columns.id_rank.take(documents), -columns.starts.take(documents), -scores))


def by_time(columns: Columns, documents: Numbers, most: int, *, newest: bool) -> Numbers:
    """At most `most` documents by time, undated ones last."""
    starts = columns.starts[documents]
    order: NDArray[np.intp] = np.where(
        starts == UNDATED, np.iinfo(np.int64).max, -starts if newest else starts
    )
    if len(documents) > most:
        last = np.partition(order, most - 1)[most - 1]
        chosen = order <= last
        documents, order = documents[chosen], order[chosen]
    return documents[np.lexsort((columns.id_rank[documents], order))[:most]]
