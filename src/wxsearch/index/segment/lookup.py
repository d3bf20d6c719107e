"""Looking numbers up in ascending lists: documents, and characters that follow others."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.values import Bytes

Numbers = NDArray[np.intp]

# Up to so many documents are looked for one by one; for more, the list is spread over all there are.
_FEW = 512


def listed_at(listed: Numbers, documents: Numbers) -> NDArray[np.bool_]:
    """Whether each of some ascending documents is on a list."""
    if len(listed) == 0 or len(documents) == 0:
        return np.zeros(len(documents), bool)
    if len(documents) <= _FEW:
        there: NDArray[np.bool_] = listed.take(listed.searchsorted(documents), mode="clip") == documents
        return there
    mask = np.zeros(max(int(listed[-1]), int(documents[-1])) + 1, bool)
    mask[listed] = True
    return mask.take(documents)


def found_at(listed: Numbers, values: Bytes, documents: Numbers) -> Bytes:
    """The values that a list has for some ascending documents, 0 for one that is not on it."""
    if documents is listed:
        return values
    if len(listed) == 0 or len(documents) == 0:
        return np.zeros(len(documents), np.uint8)
    if len(documents) <= _FEW:
        at = listed.searchsorted(documents)
        found = values.take(at, mode="clip")
        found *= listed.take(at, mode="clip") == documents
        return found
    spread = np.zeros(max(int(listed[-1]), int(documents[-1])) + 1, np.uint8)
    spread[listed] = values
    return spread.take(documents)


def places_in_stretches(
    numbers: NDArray[np.integer[Any]],
    starts: Numbers,
    ends: Numbers,
    wanted: NDArray[np.integer[Any]],
) -> tuple[Numbers, NDArray[np.bool_]]:
    """Where wanted numbers (columns) stand, or would, in ascending stretches [start, end) of numbers (rows).

    And whether they stand there. All are looked for at once, by bisection.
    """
    last_below = np.repeat(starts[:, None] - 1, len(wanted), axis=1)
    if len(numbers) == 0:
        return last_below + 1, np.zeros(last_below.shape, bool)
    ends = ends[:, None]
    step = 1 << int((ends - starts[:, None]).max(initial=0)).bit_length() >> 1
    while step:
        ahead = last_below + step
        below = numbers.take(ahead, mode="clip") < wanted
        below &= ahead < ends
        last_below += np.multiply(below, step)
        step >>= 1
    places = last_below + 1
    there = numbers.take(places, mode="clip") == wanted
    there &= places < ends
    return places, there
