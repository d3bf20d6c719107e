"""The order of hits: by rounded score, then newest first with undated ones last, then by id."""

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.search.collection import Collection
from wxsearch.search.scoring import Scores, rounded, worst_of_best

# Up to so many documents are scored exactly at once.
FEW = 1000
# Rounding moves a score by less than one part in 10^5: a wider net holds all ties.
_MARGIN = 1e-4


def best_first(
    collection: Collection, documents: Numbers, scores: Scores, most: int
) -> tuple[Numbers, Scores]:
    """At most `most` documents in order, with their rounded scores."""
    if len(scores) > most:
        chosen = (scores >= worst_of_best(scores, most) * (1 - _MARGIN)).nonzero()[0]
        documents, scores = documents.take(chosen), scores.take(chosen)
    scores = rounded(scores)
    order = in_order(collection, documents, scores, most)
    return documents.take(order), scores.take(order)


def in_order(collection: Collection, documents: Numbers, scores: Scores, most: int) -> Numbers:
    """The places of documents among those given, the first in order first, at most `most`."""
    # Undated ones come last of themselves: their start is the earliest there can be.
    return _ordered(collection, documents, (-collection.starts.take(documents), -scores), most)


def by_time(collection: Collection, documents: Numbers, most: int, *, newest: bool) -> Numbers:
    """At most `most` documents by time, undated ones last."""
    starts = collection.starts[documents]
    order: NDArray[np.intp] = np.where(
        starts == UNDATED, np.iinfo(np.int64).max, -starts if newest else starts
    )
    if len(documents) > most:
        last = np.partition(order, most - 1)[most - 1]
        chosen = order <= last
        documents, order = documents[chosen], order[chosen]
    return documents[_ordered(collection, documents, (order,), most)]


def _ordered(
    collection: Collection, documents: Numbers, keys: tuple[NDArray[np.generic], ...], most: int
) -> Numbers:
    """The places of the first `most` documents by keys, the last key first, and then by id."""
    order = np.lexsort((collection.id_rank.take(documents), *keys))
    if len(collection.segments) > 1 and len(order) > 1:
        _settle(collection, documents, keys, order, most)
    return order[:most]


def _settle(
    collection: Collection,
    documents: Numbers,
    keys: tuple[NDArray[np.generic], ...],
    order: Numbers,
    most: int,
) -> None:
    """Puts documents of several segments that tie in the order of their ids, among the first `most` places.

    Ranks of ids are those of each segment: across segments ids are compared themselves. Few documents tie.
    """
    begins = np.ones(len(order) + 1, bool)
    begins[1:-1] = np.logical_or.reduce([key[order[1:]] != key[order[:-1]] for key in keys])
    bounds = begins.nonzero()[0]
    segments = collection.segments_of(documents)
    for run in ((bounds[1:] - bounds[:-1] > 1) & (bounds[:-1] < most)).nonzero()[0].tolist():
        tied = order[bounds[run] : bounds[run + 1]]
        among = segments[tied]
        if (among == among[0]).all():
            continue
        # Of each segment, so many at most can come within.
        needed = most - int(bounds[run])
        first = np.concatenate([tied[among == segment][:needed] for segment in np.unique(among)])
        ids = list(map(collection.id, documents[first].tolist()))
        first = first[sorted(range(len(first)), key=ids.__getitem__)]
        tied[: min(needed, len(tied))] = first[: min(needed, len(tied))]
