"""Looking up what a leaf matches in one segment: candidates by the lists of its parts, then their texts."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Protocol

import numpy as np

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.alphabet import OTHER
from wxsearch.index.segment.decoding import Counts, Numbers, PostingList
from wxsearch.index.segment.segment import Segment
from wxsearch.index.segment.values import PLAIN
from wxsearch.search.bounds import Bounds, occurrence_bounds, within_whole_runs
from wxsearch.search.deadline import Deadline
from wxsearch.search.leaf_plan import LeafPlan, Term
from wxsearch.search.matches import Matches, counted, in_title, kept, nothing
from wxsearch.search.verification import count_in_texts

_BIGRAM = 2
_frequency = attrgetter("frequency")
# The texts of so few documents are looked at at once.
_FEWEST = 2
# Where a list is as short as this, reading those of longer grams takes longer than the few texts.
_RARE = 64
# Reading a list spares about half of the looks but one. Half a look takes about as long as so many postings,
# and to begin a list as the overhead.
_POSTINGS_A_LOOK = 1_000
_LIST_OVERHEAD = 1_500
# For fewer candidates, reading the lists of all pieces takes longer than their texts; for few, where
# pieces share a single character: bounds then decide hardly one in ten.
_BOUNDS_LEAST, _BOUNDS_FEW = 16, 128
_SHARED_BY_FEW = 2
# Documents looked up between two looks at the clock.
_STEP = 500


Narrowing = Callable[[Numbers], Numbers]
"""Leaves some of the ascending documents that it is given."""


class TermLists(Protocol):
    """The lists of terms in the segment; search.leaf_matching.LeafMatcher has them."""

    def term(self, term: Term) -> Matches | None:
        """What a term matches by lists alone, or None where it has none of its own."""

    def gram(self, numbers: tuple[int, ...]) -> PostingList | None:
        """The list of a few characters, by their numbers; see Dictionary.gram."""

    def part(self, part: Term) -> Matches:
        """What a part of a leaf matches; a character that shares its list with others, too much."""


class TextLookup:
    """Looks leaves up in the texts of one segment, for one query."""

    def __init__(self, segment: Segment, lists: TermLists, deadline: Deadline) -> None:
        self._segment = segment
        self._lists = lists
        self._deadline = deadline

    def found(
        self, plan: LeafPlan, within: Numbers | None, needed: Narrowing | None = None
    ) -> tuple[Matches, bool]:
        """What a leaf matches, and whether there was time to look into all candidates.

        Documents that are not `within` (ascending), or that `needed` does not leave, are not looked at and
        may be missing.
        """
        candidates = self._candidates(plan, within)
        if needed is not None:
            candidates = needed(candidates)
        candidates = self._possible(plan, candidates)
        if len(candidates) == 0:
            return nothing(self._segment.count), True
        return self._counted(plan, candidates)

    def _candidates(self, plan: LeafPlan, within: Numbers | None) -> Numbers:
        """Documents that have all parts, or few enough of more that all can be looked up."""
        size = self._segment.count
        lists = self._cover(plan)
        candidates = within
        if candidates is None:
            rarest, *lists = lists
            candidates = (in_title(rarest, size) if plan.leaf.field else rarest).documents
        for each in lists:
            # A dense list is read at the candidates alone.
            postings = _LIST_OVERHEAD + (0 if each.is_dense else each.frequency)
            if postings > (len(candidates) - 1) * _POSTINGS_A_LOOK:
                continue
            if plan.leaf.field:
                candidates = candidates[each.values_at(candidates) > PLAIN]
            else:
                candidates = kept(candidates, each)
        return candidates

    def _possible(self, plan: LeafPlan, candidates: Numbers) -> Numbers:
        """Those of the candidates that more than the lists of the parts speaks for."""
        for seam in plan.seams:
            candidates = self._with_seam(candidates, seam)
        if plan.is_together and len(candidates) > 1:
            candidates = self._segment.signatures.possible(candidates, plan.leaf.text)
        return candidates

    def _with_seam(self, candidates: Numbers, seam: str) -> Numbers:
        """Those that have two characters together, or may have a separator between."""
        together, first, second = (
            self._lists.part(Term("string", gram)).holds(candidates)
            for gram in (seam, seam[0] + SEPARATOR, SEPARATOR + seam[1])
        )
        apart = candidates[first & second & ~together]
        if len(apart) == 0:
            return candidates[together]
        apart = self._segment.signatures.possible(apart, SEPARATOR.join(seam))
        return np.sort(np.concatenate((candidates[together], apart)))

    def _cover(self, plan: LeafPlan) -> list[Matches]:
        """Lists that every match is on, the shortest first: of grams, and of other parts."""
        dictionary = self._segment.dictionary
        numbers = dictionary.numbers(plan.leaf.text) if plan.is_together else []
        if numbers is None:
            return [nothing(self._segment.count)]
        if len(numbers) < _BIGRAM:
            return sorted(map(self._lists.part, plan.parts), key=_frequency)
        lists: list[Matches] = [self._lists.part(Term("run", run)) for run in plan.edges]
        bigrams: list[Matches] = []
        for pair in pairwise(numbers):
            found = self._lists.gram(pair)
            if found is None:
                return [nothing(self._segment.count)]
            if found.frequency <= _FEWEST:
                return [found]
            bigrams.append(found)
        shortest = min(map(_frequency, bigrams))
        lists += bigrams if shortest <= _RARE else self._longest(numbers, bigrams)
        lists.sort(key=_frequency)
        return lists

    def _longest(self, numbers: list[int], bigrams: list[Matches]) -> Iterator[Matches]:
        """The lists of the longest grams of a string that have one, instead of those of their bigrams."""
        covered = bytearray(len(bigrams))
        for start, length, longer in self._segment.dictionary.longer_grams(numbers):
            inside = slice(start, start + length - 1)
            if not all(covered[inside]):
                covered[inside] = b"\1" * (length - 1)
                yield longer
        for bigram, done in zip(bigrams, covered, strict=True):
            if not done:
                yield bigram

    def _counted(self, plan: LeafPlan, candidates: Numbers) -> tuple[Matches, bool]:
        """Matches among candidates, and whether there was time for all of them."""
        bounds = self._bounds(plan, candidates)
        if bounds is None:
            title, body, whole = self._in_texts(plan, candidates)
        else:
            title, body = bounds.most
            open_ones = (~bounds.decided).nonzero()[0]
            title[open_ones], body[open_ones], whole = self._in_texts(plan, candidates[open_ones])
        if plan.leaf.field:
            body[:] = 0
        return counted(candidates, title, body, self._segment.count), whole

    def _in_texts(self, plan: LeafPlan, documents: Numbers) -> tuple[Counts, Counts, bool]:
        """Occurrences in titles and bodies, as far as there was time, and whether that was for all."""
        if 0 < len(documents) <= _STEP and not self._deadline.passed():
            return *count_in_texts(self._segment, plan, documents), True
        title, body = np.zeros(len(documents), np.int64), np.zeros(len(documents), np.int64)
        for start in range(0, len(documents), _STEP):
            if self._deadline.passed():
                return title, body, False
            step = slice(start, start + _STEP)
            title[step], body[step] = count_in_texts(self._segment, plan, documents[step])
        return title, body, True

    def _bounds(self, plan: LeafPlan, candidates: Numbers) -> Bounds | None:
        if not plan.is_together or len(candidates) < _BOUNDS_LEAST:
            return None
        dictionary = self._segment.dictionary
        numbers = dictionary.numbers(plan.leaf.text)
        if numbers is None or OTHER in numbers or (plan.is_string and len(numbers) <= _BIGRAM):
            return None
        shared = _SHARED_BY_FEW if len(candidates) < _BOUNDS_FEW else 1
        separator = dictionary.alphabet.separator
        bounds = occurrence_bounds(self._lists.gram, separator, numbers, candidates, shared)
        for run in plan.edges:
            if bounds is None:
                break
            string = self._lists.term(Term("string", run))
            bounds = within_whole_runs(
                bounds,
                _counts(self._lists.part(Term("run", run)), candidates),
                None if string is None else _counts(string, candidates),
            )
        return bounds


def _counts(matches: Matches, documents: Numbers) -> Counts:
    """Occurrences in titles and bodies, a row each."""
    if matches.frequency == 0:
        return np.zeros((2, len(documents)), np.int64)
    return np.stack(matches.counts(documents, matches.values_at(documents)))
