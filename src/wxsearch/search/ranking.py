"""The order of hits: by rounded score, then newest first with undated ones last, then by id."""

from heapq import merge
from itertools import groupby, islice

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.segment.decoding import Numbers
from wxsearch.search.collection import Collection
from wxsearch.search.scoring import MARGIN, Scores, rounded, worst_of_best

# Up to so many documents are scored exactly at once.
FEW = 1000
# The ids of so few documents are all read sooner than merged.
_FEW_TIED = 32


def best_first(
    collection: Collection, documents: Numbers, scores: Scores, most: int
) -> tuple[Numbers, Scores]:
    """At most `most` documents in order, with their rounded scores."""
    if len(scores) > most:
        chosen = (scores >= worst_of_best(scores, most) * (1 - MARGIN)).nonzero()[0]
        documents, scores = documents.take(chosen), scores.take(chosen)
    scores = rounded(scores)
    order = in_order(collection, documents, scores, most)
    return documents.take(order), scores.take(order)


def in_order(collection: Collection, documents: Numbers, scores: Scores, most: int) -> Numbers:
    """The places of documents among those given, the first in order first, at most `most`."""
    if len(documents) == 1:
        return np.zeros(min(most, 1), np.intp)
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

    Ranks of ids are those of each segment: across segments ids are compared themselves.
    """
    first = order[: most + 1]
    begin = 0
    # So few are compared faster one by one than as arrays.
    for _, tied in groupby(zip(*(key.take(first).tolist() for key in keys), strict=True)):
        end = begin + sum(1 for _ in tied)
        if end - begin > 1:
            if end == len(first) < len(order):
                # They may go on behind.
                behind = np.logical_and.reduce([key.take(order[end:]) == key[order[begin]] for key in keys])
                end += len(behind) if behind.all() else int(behind.argmin())
            _order_by_id(collection, documents, order[begin:end], most - begin)
        begin = end


def _order_by_id(collection: Collection, documents: Numbers, tied: Numbers, most: int) -> None:
    """Puts places of documents in the order of their ids, the first `most`; in each segment they are."""
    if len(tied) <= _FEW_TIED:
        tied[:] = sorted(tied.tolist(), key=lambda place: collection.id(documents.item(place)))
        return
    of = collection.segments_of(documents.take(tied))
    each = np.split(tied.take(of.argsort(kind="stable")), np.bincount(of).cumsum()[:-1])
    lists = [places[:most].tolist() for places in each]
    # Ids are read as far as it takes, however many tie.
    tied[:most] = list(islice(merge(*lists, key=lambda place: collection.id(documents.item(place))), most))
