"""The runs of letters and of digits in a segment's texts, as posting lists."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import BORDER, Codes
from wxsearch.analysis.runs import IDEOGRAPHS
from wxsearch.index.segment.encoding import Numbers
from wxsearch.index.segment.occurrences import TEXT_BITS, Counted, count_occurrences

KEY_BYTES = 8
"""A run whose UTF-8 is no longer is its own key, filled up with zeros: keys sort as runs do."""

_BREAK, _DIGIT, _LETTER = range(3)


class Runs(NamedTuple):
    """Occurrences of runs of some texts: `short` keys and their texts, `long` runs and theirs."""

    short: NDArray[np.uint64]
    short_texts: NDArray[np.uint32]
    long: list[bytes]
    long_texts: NDArray[np.uint32]


class RunLists(NamedTuple):
    """The runs in the order of their bytes, short ones before long ones, and their lists."""

    short: NDArray[np.uint64]
    long: list[bytes]
    counted: tuple[Counted, Counted]


def _classes() -> NDArray[np.uint8]:
    classes = np.full(BORDER + 1, _LETTER, np.uint8)
    classes[ord("0") : ord("9") + 1] = _DIGIT
    classes[[ord(" "), BORDER]] = _BREAK
    for first, last in IDEOGRAPHS:
        classes[first : last + 1] = _BREAK
    return classes


_CLASSES = _classes()


def find_runs(codes: Codes, text: NDArray[np.uint32]) -> Runs:
    """The runs of folded texts; `text` is the text of each character."""
    kinds = _CLASSES[codes]
    changes = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
    starts = np.concatenate(([0], changes))
    lengths = np.diff(starts, append=len(codes))
    inside = kinds[starts] != _BREAK
    starts, lengths = starts[inside], lengths[inside]
    wide = np.flatnonzero((kinds == _LETTER) & (codes >= 128))
    ascii_only = np.searchsorted(wide, starts) == np.searchsorted(wide, starts + lengths)
    short = (lengths <= KEY_BYTES) & ascii_only
    long = np.flatnonzero(~short).tolist()
    runs = [
        codes[starts[run] : starts[run] + lengths[run]].tobytes().decode("utf-32-le").encode() for run in long
    ]
    # A few letters that take more than one byte each can still make a short key.
    fits = np.array([len(run) <= KEY_BYTES for run in runs], dtype=bool)
    texts = text[starts]
    extra = np.array([run_key(run) for run in runs if len(run) <= KEY_BYTES], np.uint64)
    return Runs(
        np.concatenate((_keys(codes, starts[short], lengths[short]), extra)),
        np.concatenate((texts[short], texts[long][fits] if long else texts[:0])),
        [run for run in runs if len(run) > KEY_BYTES],
        texts[long][~fits] if long else texts[:0],
    )


def count_runs(found: list[Runs]) -> RunLists:
    """The lists of all runs."""
    short, where = _counted(
        np.concatenate([runs.short for runs in found]), [runs.short_texts for runs in found]
    )
    long = [run for runs in found for run in runs.long]
    names = sorted(set(long))
    numbers = {run: number for number, run in enumerate(names)}
    keys = np.array([numbers[run] for run in long], np.uint64)
    return RunLists(short, names, (where, _counted(keys, [runs.long_texts for runs in found])[1]))


def run_key(run: bytes) -> int:
    """The key of a run of at most KEY_BYTES."""
    return int.from_bytes(run.ljust(KEY_BYTES, b"\0"), "big")


def _counted(keys: NDArray[np.uint64], texts: list[NDArray[np.uint32]]) -> tuple[NDArray[np.uint64], Counted]:
    distinct, number = np.unique(keys, return_inverse=True)
    occurrences = (number.astype(np.uint64) << TEXT_BITS) | np.concatenate(texts)
    return distinct, count_occurrences(occurrences)


def _keys(codes: Codes, starts: Numbers, lengths: Numbers) -> NDArray[np.uint64]:
    keys = np.zeros(len(starts), np.uint64)
    for place in range(KEY_BYTES):
        reaching = np.flatnonzero(lengths > place)
        byte = codes[starts[reaching] + place].astype(np.uint64)
        keys[reaching] |= byte << np.uint64(8 * (KEY_BYTES - 1 - place))
    return keys
