"""From single occurrences to posting lists: sort, count, and put title and body together."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.encoding import Lists, Numbers
from wxsearch.index.segment.values import OVERFLOW, PLAIN, packed

TEXT_BITS = 17
"""The lower bits of an occurrence are its text: the document, and 1 for a body."""

_BODY = 1


class Counted(NamedTuple):
    """Lists, and the number of the term of each, ascending."""

    terms: NDArray[np.uint64]
    lists: Lists


Choice = Callable[[NDArray[np.uint64], Numbers], NDArray[np.bool_]]
"""Which terms to keep, from their numbers and how many documents have each."""


def count_occurrences(occurrences: NDArray[Any], choose: Choice | None = None) -> Counted:
    """Lists of terms from (term << TEXT_BITS | text), unsorted; of those chosen where that is given.

    Sorts the array in place.
    """
    occurrences.sort()
    places = np.flatnonzero(_differs(occurrences))
    counts = np.diff(places, append=len(occurrences))
    keys = occurrences[places]
    postings = np.flatnonzero(_differs(keys >> 1))
    terms = keys[postings] >> TEXT_BITS
    starts = np.flatnonzero(_differs(terms))
    frequencies = np.diff(starts, append=len(terms))
    distinct = terms[starts].astype(np.uint64)
    if choose is not None:
        chosen = choose(distinct, frequencies)
        postings = postings[np.repeat(chosen, frequencies)]
        distinct, frequencies = distinct[chosen], frequencies[chosen]
    return Counted(distinct, _lists(keys, counts, postings, frequencies))


def selected(counted: Counted, chosen: NDArray[np.bool_]) -> Counted:
    """Some of the lists."""
    lists = counted.lists
    kept = np.repeat(chosen, lists.frequencies)
    at, title, body = lists.overflow
    over = kept[at]
    place = np.cumsum(kept) - 1
    return Counted(
        counted.terms[chosen],
        Lists(
            lists.documents[kept],
            lists.values[kept],
            lists.frequencies[chosen],
            (place[at[over]], title[over], body[over]),
        ),
    )


def _lists(keys: NDArray[Any], counts: Numbers, postings: Numbers, frequencies: Numbers) -> Lists:
    first = keys[postings]
    documents = ((first >> 1) & 0xFFFF).astype(np.uint16)
    in_body = counts[postings]
    values = np.minimum(in_body, OVERFLOW).astype(np.uint8)
    in_title = np.zeros(len(postings), np.int64)
    titles = np.flatnonzero((first & _BODY) == 0)
    in_title[titles] = in_body[titles]
    # The body of a document follows its title where both have the term.
    following = np.minimum(postings[titles] + 1, len(keys) - 1)
    in_body[titles] = np.where(keys[following] == first[titles] + 1, counts[following], 0)
    special = np.flatnonzero((in_title > 0) | (in_body > PLAIN))
    values[special] = packed(in_title[special], in_body[special])
    over = special[values[special] == OVERFLOW]
    return Lists(documents, values, frequencies, (over, in_title[over], in_body[over]))


def _differs(keys: NDArray[Any]) -> NDArray[np.bool_]:
    """True where a key is not the one before."""
    differs = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=differs[1:])
    return differs
