"""Whether a term may be among many, told by one look into memory: a Bloom filter with one hash.

Few grams of three and four characters have lists. To search the sorted terms for each of a string's
takes some fifteen steps through memory that is seldom at hand.
"""

import numpy as np
from numpy.typing import NDArray

_WORD_BITS = 64
_WORD = 1 << _WORD_BITS
_GOLDEN = 0x9E3779B97F4A7C15
# So many bits for each, and up to twice as many: of other terms one in 16 to 32 passes.
_BITS_A_TERM = 16


class TermFilter:
    """Made of terms, numbers of 64 bits."""

    def __init__(self, terms: NDArray[np.uint64]) -> None:
        bits = max(3, (_BITS_A_TERM * len(terms)).bit_length())
        self._shift = _WORD_BITS - bits
        there = np.zeros(1 << bits, np.uint8)
        there[(terms * np.uint64(_GOLDEN)) >> np.uint64(self._shift)] = 1
        self._bits = np.packbits(there, bitorder="little").tobytes()

    def may_have(self, term: int) -> bool:
        """False for a term that is certainly none of these."""
        place = term * _GOLDEN % _WORD >> self._shift
        return bool(self._bits[place >> 3] >> (place & 7) & 1)
