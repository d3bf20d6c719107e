"""Shingles: the strings of so many characters that a folded text has, as an array of hashes.

Separators are left out first, so that punctuation, white space and breaks between paragraphs count for
nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import Codes

Hashes = NDArray[np.uint64]

_SEPARATOR = ord(SEPARATOR)
# Odd numbers without a pattern; part of the format of sketches.
_BASE, _FIRST, _LAST = 0xD6E8FEB86659FD93, 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9
_BITS = 64
_BLOCK = 16_384


def unseparated(codes: Codes) -> Codes:
    """Folded texts without their separators."""
    kept: Codes = codes[codes != _SEPARATOR]
    return kept


def shingle_hashes(codes: Codes, size: int) -> Hashes:
    """The hash of the `size` characters from each place on, as long as there are so many; 64 bits."""
    found = np.empty(max(0, len(codes) - size + 1), np.uint64)
    # Block by block: what stays in the cache takes half the time.
    for begin in range(0, len(found), _BLOCK):
        found[begin : begin + _BLOCK] = _hashes(codes[begin : begin + _BLOCK + size - 1], size)
    return found


def _hashes(codes: Codes, size: int) -> Hashes:
    found = None
    have, length = 0, 1
    power = _mixed(codes.astype(np.uint64), _FIRST)
    # A number of characters is put together of powers of two, the lowest first.
    while True:
        if size & length:
            found = power if found is None else _joined(power, found, length, have)
            have += length
        if have == size:
            break
        power = _joined(power, power, length, length)
        length *= 2
    assert found is not None
    return _mixed(found, _LAST)


def _joined(left: Hashes, right: Hashes, left_length: int, right_length: int) -> Hashes:
    """The hashes of strings that go on with others."""
    count = min(len(left), len(right) - left_length)
    joined: Hashes = left[:count] * np.uint64(pow(_BASE, right_length, 1 << _BITS))
    joined += right[left_length : left_length + count]
    return joined


def _mixed(hashes: Any, factor: int) -> Hashes:
    mixed: Hashes = hashes * np.uint64(factor)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(_LAST)
    mixed ^= mixed >> np.uint64(32)
    return mixed
