"""Looking documents up in an ascending list."""

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
