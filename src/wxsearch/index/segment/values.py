"""The value of a posting: how often a term stands in the title and in the body, as one byte.

0 is absence and 1 to 3, the most frequent by far, are so many times in the body alone.
What fits in no byte is OVERFLOW, and stands elsewhere as two numbers.
"""

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Counts = NDArray[np.int64]

OVERFLOW = 255
OVERFLOW_BYTE = bytes([OVERFLOW])
"""Looked for among the bytes of values, several times as fast as among numbers."""

PLAIN = 127
"""Values up to this one are so many times in the body alone."""

# From this value on so many times in the title, and as often in the body as the distance to it.
_TITLE_STEPS = ((1, 0), (128, 1), (191, 2), (223, 3), (239, 4))
_ENDS = (128, 191, 223, 239, OVERFLOW)
# Counts in the body that the table of values has: more than have one.
_ROW = 256


def _tables() -> tuple[Bytes, Bytes, Bytes]:
    title, body = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
    packed = np.full((len(_TITLE_STEPS) + 1, _ROW), OVERFLOW, np.uint8)
    for (start, in_title), end in zip(_TITLE_STEPS, _ENDS, strict=True):
        in_body = np.arange(end - start) + (in_title == 0)
        title[start:end] = in_title
        body[start:end] = in_body
        packed[in_title, in_body] = np.arange(start, end)
    packed[0, 0] = 0
    return title, body, packed


IN_TITLE, IN_BODY, _PACKED = _tables()
"""By value: the occurrences in the title and in the body."""
# Counts beyond the table are as its last ones. As arrays they are calculated with sooner.
_MOST_TITLE, _MOST_BODY, _ROW_BITS = (
    np.array(each) for each in (len(_PACKED) - 1, _ROW - 1, _ROW.bit_length() - 1)
)


def packed(in_title: Counts, in_body: Counts) -> Bytes:
    """The values of postings."""
    places = np.minimum(in_title, _MOST_TITLE)
    places <<= _ROW_BITS
    places |= np.minimum(in_body, _MOST_BODY)
    return _PACKED.take(places)
