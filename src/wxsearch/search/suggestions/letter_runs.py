"""The words of letters in an index, and those that are a letter or two from what was typed."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.snapshot import Snapshot

# Shorter words are near to everything.
_SHORTEST = 3
# Up to so many letters one slip is likely, beyond it two.
_FEW_LETTERS = 5
# A word in one document may be a slip itself.
_LEAST = 2


class LetterRuns:
    """The runs of letters of a snapshot, by length."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._dictionaries = [each.segment.dictionary for each in snapshot.segments]

    def preload(self) -> None:
        """Makes now what the first question would."""
        _ = self._by_length

    def near(self, run: str) -> list[tuple[str, int, int]]:
        """Other runs near by: each with its distance and the documents that have it, the nearest first.

        The distance counts letters that are missing, too many, other, or swapped with the next.
        """
        if len(run) < _SHORTEST:
            return []
        # Takes 25 ms to load, and most queries are not misspelt.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import cdist

        most = 1 if len(run) <= _FEW_LETTERS else 2
        names, frequencies = self._within(len(run) - most, len(run) + most)
        if not names:
            return []
        distances = cdist([run], names, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        found = np.flatnonzero((distances > 0) & (distances <= most))
        order = found[np.lexsort((-frequencies[found], distances[found]))].tolist()
        return [(names[place], int(distances[place]), int(frequencies[place])) for place in order]

    def _within(self, shortest: int, longest: int) -> tuple[list[str], NDArray[np.intp]]:
        groups = [self._by_length[size] for size in range(shortest, longest + 1) if size in self._by_length]
        names = [name for group, _ in groups for name in group]
        return names, np.concatenate([np.empty(0, np.intp), *(frequencies for _, frequencies in groups)])

    @cached_property
    def _by_length(self) -> dict[int, tuple[list[str], NDArray[np.intp]]]:
        total: dict[str, int] = {}
        for each in self._dictionaries:
            names, frequencies = each.runs()
            for name, frequency in zip(names, frequencies.tolist(), strict=True):
                if not name[0].isdecimal():
                    total[name] = total.get(name, 0) + frequency
        by_length: dict[int, list[tuple[str, int]]] = {}
        for name, frequency in total.items():
            if frequency >= _LEAST and len(name) >= _SHORTEST - 1:
                by_length.setdefault(len(name), []).append((name, frequency))
        return {size: _split(runs) for size, runs in by_length.items()}


def _split(runs: Iterable[tuple[str, int]]) -> tuple[list[str], NDArray[np.intp]]:
    names, frequencies = zip(*runs, strict=True)
    return list(names), np.array(frequencies, np.intp)
