"""The categories and sources of a whole generation, and how those of its segments map to them."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from wxsearch.categories import Path, prefixes
from wxsearch.index.segment.columns import Columns

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


class Catalog:
    """Paths and sources, each once, with numbers of their own.

    `path_numbers[segment]` has for each path code of a segment its number here, and
    `source_numbers[segment]` likewise.
    """

    def __init__(self, columns: Sequence[Columns]) -> None:
        paths: dict[Path, int] = {}
        sources: dict[str, int] = {}
        self.path_numbers = [_numbered(each.paths, paths) for each in columns]
        self.source_numbers = [_numbered(each.sources, sources) for each in columns]
        self.paths, self.sources = list(paths), list(sources)
        # A small memory of filters: a person who turns pages asks for the same ones again.
        self.paths_within = lru_cache(maxsize=64)(self._paths_within)

    def _paths_within(self, wanted: tuple[Path, ...]) -> Mask:
        """True for each path that begins with one of those wanted."""
        within = [any(path[: len(prefix)] == prefix for prefix in wanted) for path in self.paths]
        return np.array(within, dtype=bool)

    def sources_among(self, wanted: tuple[str, ...]) -> Mask:
        """True for each source that is wanted."""
        return np.array([source != "" and source in wanted for source in self.sources], dtype=bool)

    def path_counts(self, counts: Numbers) -> dict[Path, int]:
        """From how many documents each path has, how many there are at each path and below it."""
        at_or_below: dict[Path, int] = {}
        for number in np.flatnonzero(counts).tolist():
            count = int(counts[number])
            for prefix in prefixes(self.paths[number]):
                at_or_below[prefix] = at_or_below.get(prefix, 0) + count
        return at_or_below


def _numbered(values: Sequence[object], numbers: dict) -> Numbers:  # type: ignore[type-arg]
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)
