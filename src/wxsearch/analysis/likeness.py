"""Likeness: is one body a near-copy of another? Said of the two texts and their times alone.

A reprint is cut, gets lines before and behind, has words replaced and paragraphs moved, and goes on
saying the same in the same words: most of the shorter text stands in long stretches of the longer one.
Articles of a series have a frame in common, and other numbers in it (docs/decisions/0012-families.md).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import BORDER, fold_texts
from wxsearch.analysis.shingles import shingle_hashes, unseparated
from wxsearch.analysis.sketch import LEAST_CHARACTERS
from wxsearch.dates import DAY

# A stretch in common has to be so long.
_STRETCH = 12
# So much of the shorter text stands in such stretches, and so much of its digits.
_COVERED = 0.7
_DIGITS_COVERED = 0.8
# What is covered so far shares at least so many of its stretches; one in a few is looked at first.
_COMMON_LEAST = 0.2
_SAMPLED = 8
# A yearly notice repeats itself; after so many days more has to be the same, and each numeral.
_FAR_SECONDS = 30 * DAY
_COVERED_FAR = 0.9
# Less than this share of the longer one is an excerpt, which has this much of that one's beginning:
# articles that a compilation is made of are no copies of one another.
_EXCERPT = 0.4
_LEAD_CHARACTERS = 128
_LEAD_COVERED = 0.5

_DIGITS = np.array(sorted(map(ord, "0123456789")), np.uint32)
_NUMERALS = np.array(sorted(map(ord, "0123456789〇一二三四五六七八九十百千万亿")), np.uint32)


class Body(NamedTuple):
    """A body ready to be compared: hashes of its stretches by place and in order, places of numbers."""

    length: int
    stretches: NDArray[np.uint32]
    known: NDArray[np.uint32]
    digits: NDArray[np.intp]
    numerals: NDArray[np.intp]
    start: int | None
    """The instant of the article, None without one."""


def bodies_of(texts: Sequence[str], starts: Sequence[int | None]) -> list[Body]:
    """Bodies to compare, from texts and instants."""
    codes = unseparated(fold_texts(texts).codes)
    ends = np.flatnonzero(codes == BORDER)
    # Half of the bits tell stretches of two texts apart.
    stretches = (shingle_hashes(codes, _STRETCH) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    digit, numeral = np.isin(codes, _DIGITS), np.isin(codes, _NUMERALS)
    found = []
    begin = 0
    for end, start in zip(ends.tolist(), starts, strict=True):
        own = stretches[begin : max(begin, end - _STRETCH + 1)]
        digits, numerals = np.flatnonzero(digit[begin:end]), np.flatnonzero(numeral[begin:end])
        found.append(Body(end - begin, own, np.sort(own), digits, numerals, start))
        begin = end + 1
    return found


def alike(one: Body, other: Body) -> bool:
    """Whether the two are near-copies; the same in both directions."""
    shorter, longer = sorted((one, other), key=lambda body: body.length)
    if shorter.length < LEAST_CHARACTERS or not _enough(shorter, longer):
        return False
    return shorter.length < longer.length or _enough(longer, shorter)


def _enough(shorter: Body, longer: Body) -> bool:
    # Most pairs have little in common, which a few places tell.
    if np.mean(_in(shorter.stretches[::_SAMPLED], longer.known)) < _COMMON_LEAST:
        return False
    common = np.flatnonzero(_in(shorter.stretches, longer.known))
    if len(common) == 0:
        return False
    covered = int(np.minimum(np.diff(common), _STRETCH).sum()) + _STRETCH
    # What stands before the beginning of the other is a line of who reprints; its numbers are of no account.
    begin = int(common[0]) if _in(longer.stretches[:_STRETCH], shorter.known).any() else 0
    if _far(shorter.start, longer.start):
        numbers, share, least = shorter.numerals, _COVERED_FAR, 1.0
    else:
        numbers, share, least = shorter.digits, _COVERED, _DIGITS_COVERED
    same = covered >= share * shorter.length and _covered(numbers[numbers >= begin], common) >= least
    return same and (shorter.length >= _EXCERPT * longer.length or _leads(shorter, longer))


def _far(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and abs(one - other) > _FAR_SECONDS


def _leads(shorter: Body, longer: Body) -> bool:
    """Whether the shorter one has the beginning of the longer one."""
    lead = longer.stretches[:_LEAD_CHARACTERS]
    return bool(np.count_nonzero(_in(lead, shorter.known)) >= _LEAD_COVERED * len(lead))


def _covered(places: NDArray[np.intp], common: NDArray[np.intp]) -> float:
    """Which share of some places lies in stretches in common, by where those begin; 1.0 of none."""
    if len(places) == 0:
        return 1.0
    inside = common.searchsorted(places, "right") > common.searchsorted(places - _STRETCH, "right")
    return float(np.count_nonzero(inside) / len(places))


def _in(wanted: NDArray[np.uint32], known: NDArray[np.uint32]) -> NDArray[np.bool_]:
    places = known.searchsorted(wanted)
    found: NDArray[np.bool_] = known.take(places, mode="clip") == wanted
    return found
