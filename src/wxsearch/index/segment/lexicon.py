"""The strings of a segment's dictionary in their order; the lists themselves are in dictionary.py."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import merge
from itertools import dropwhile
from typing import Any

import numpy as np

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.run_lists import KEY_BYTES, run_key

_BITS = 16
_SHIFTS = (48, 32, 16, 0)


class Lexicon:
    """What has a list: grams in the order of their characters, and runs likewise.

    Left out are grams that a separator begins or ends, and those of the rarest characters
    where these share a number.
    """

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self._sections = sections

    def grams(self, start: str = "") -> Iterator[str]:
        """All grams that are not before `start`."""
        codes = self._sections["alphabet"]
        first = 1 + (int(codes.searchsorted(ord(start[0]))) if start else 0)
        return dropwhile(lambda gram: gram < start, merge(self._short(first), self._longer(first)))

    def runs(self, start: str = "") -> Iterator[str]:
        """All whole runs that are not before `start`."""
        name = start.encode()
        # Bytes of UTF-8 stand in the order of the characters.
        runs = dropwhile(lambda run: run < name, merge(self._short_runs(name), self._long_runs))
        return (run.decode() for run in runs)

    def _short(self, first: int) -> Iterator[str]:
        """Characters and bigrams that begin with a character of this number or a later one."""
        counted, firsts, seconds = (
            self._sections[name] for name in ("characters", "bigram_firsts", "bigram_seconds")
        )
        for number in range(first, len(self._characters)):
            character = self._characters[number]
            if character == SEPARATOR:
                continue
            if counted[number]:
                yield character
            for second in seconds[firsts[number] : firsts[number + 1]].tolist():
                if second < len(self._characters) and self._characters[second] != SEPARATOR:
                    yield character + self._characters[second]

    def _longer(self, first: int) -> Iterator[str]:
        terms = self._sections["longer_terms"]
        place = int(terms.searchsorted(np.uint64(first << _SHIFTS[0])))
        for term in terms[place:].tolist():
            numbers = [term >> shift & ((1 << _BITS) - 1) for shift in _SHIFTS]
            if max(numbers) < len(self._characters):
                yield "".join(map(self._characters.__getitem__, numbers))

    def _short_runs(self, start: bytes) -> Iterator[bytes]:
        terms = self._sections["run_terms"]
        place = int(terms.searchsorted(np.uint64(run_key(start[:KEY_BYTES]))))
        return (int(key).to_bytes(KEY_BYTES, "big").rstrip(b"\0") for key in terms[place:].tolist())

    @cached_property
    def _characters(self) -> list[str]:
        """By number; 0 fills up a gram of three characters."""
        return ["", *map(chr, self._sections["alphabet"].tolist())]

    @cached_property
    def _long_runs(self) -> list[bytes]:
        whole, ends = bytes(self._sections["long_runs"]), self._sections["long_run_ends"].tolist()
        return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]
