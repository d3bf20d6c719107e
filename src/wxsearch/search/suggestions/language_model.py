"""What is likely to be written: the characters and bigrams of the index as a model of its language."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import BORDER
from wxsearch.analysis.runs import is_ideograph
from wxsearch.index.segment.alphabet import Characters
from wxsearch.index.segment.dictionary import Dictionary
from wxsearch.index.snapshot import Snapshot

Codes = NDArray[np.uint32]
"""Code points of folded characters."""
Frequencies = NDArray[np.intp]
Logs = NDArray[np.float64]

# How much a character's bare frequency counts beside what stands before it (Dirichlet), as a share of all
# documents: what was seen in a small index says less of the language, but all there is.
_PRIOR = 0.0005


class LanguageModel:
    """Probabilities of a character after another, by the documents of a snapshot that have both together.

    Deleted documents count until they are merged away.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._dictionaries = [each.segment.dictionary for each in snapshot.segments]
        self._prior = _PRIOR * max(1, sum(each.segment.count for each in snapshot.segments))

    @cached_property
    def characters(self) -> Codes:
        """The ideographs of the index, ascending."""
        codes = np.flatnonzero(self._by_code)
        return codes[[is_ideograph(chr(code)) for code in codes.tolist()]].astype(np.uint32)

    def frequencies(self, codes: Codes) -> Frequencies:
        """How many documents have each character."""
        return self._by_code[codes]

    def together(self, firsts: Codes, seconds: Codes) -> Frequencies:
        """How many documents have each of `firsts` (rows) right before each of `seconds` (columns)."""
        found = np.zeros((len(firsts), len(seconds)), np.intp)
        for each in self._dictionaries:
            found += each.bigram_frequencies(_numbers(each, firsts), _numbers(each, seconds))
        return found

    def followers(self, first: int) -> tuple[Codes, Frequencies]:
        """The ideographs that stand right after one, and in how many documents."""
        codes, frequencies = [np.empty(0, np.uint32)], [np.empty(0, np.intp)]
        for each in self._dictionaries:
            number = int(_numbers(each, np.array([first], np.uint32))[0])
            seconds, counts = each.followers(number)
            # The rarest characters may share a number beyond the alphabet.
            within = seconds <= len(each.alphabet)
            codes.append(each.alphabet.codes.take(seconds[within] - 1))
            frequencies.append(counts[within])
        found, which = np.unique(np.concatenate(codes), return_inverse=True)
        counted = np.bincount(which, np.concatenate(frequencies), len(found)).astype(np.intp)
        wanted = self._is_ideograph.take(found)
        return found[wanted], counted[wanted]

    def first(self, codes: Codes) -> Logs:
        """Logarithms of the probability that each character stands anywhere."""
        return np.log((self.frequencies(codes) + 0.5) / self._sum)

    def after(self, firsts: Codes, seconds: Codes) -> Logs:
        """Logarithms of the probability of each of `seconds` (columns) after each of `firsts` (rows)."""
        alone = (self.frequencies(seconds) + 0.5) / self._sum
        before = self.frequencies(firsts)[:, None]
        return np.log((self.together(firsts, seconds) + self._prior * alone) / (before + self._prior))

    @cached_property
    def _by_code(self) -> Frequencies:
        found = np.zeros(BORDER + 1, np.intp)
        for each in self._dictionaries:
            found[each.alphabet.codes] += each.character_frequencies()
        return found

    @cached_property
    def _is_ideograph(self) -> NDArray[np.bool_]:
        found = np.zeros(BORDER + 1, bool)
        found[self.characters] = True
        return found

    @cached_property
    def _sum(self) -> int:
        return int(self._by_code.sum()) + 1


def _numbers(dictionary: Dictionary, codes: Codes) -> Characters:
    """The numbers of characters in a segment, 0 where it has none."""
    listed = dictionary.alphabet.codes
    places = np.minimum(listed.searchsorted(codes), len(listed) - 1)
    return np.where(listed[places] == codes, places + 1, 0).astype(np.uint16)
