"""Looking up what a leaf matches in one segment: candidates by the lists of its parts, then their texts."""

from operator import attrgetter
from typing import Protocol

import numpy as np

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.alphabet import OTHER
from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.segment import Segment
from wxsearch.search.bounds import Bounds, occurrence_bounds, within_whole_runs
from wxsearch.search.deadline import Deadline
from wxsearch.search.leaf_plan import LeafPlan, Term
from wxsearch.search.matches import Matches, counted, in_title, kept, nothing, values_at
from wxsearch.search.verification import count_in_texts

_BIGRAM = 2
# Looking a document up takes about as long as reading so many postings of a list.
_POSTINGS_A_LOOK = 400
_LIST_OVERHEAD = 2_000
# For fewer candidates, reading the lists of all pieces takes longer than their texts.
_BOUNDS_LEAST = 16
# Documents looked up between two looks at the clock.
_STEP = 500


class TermLists(Protocol):
    """The lists of terms in the segment; search.leaf_matching.LeafMatcher has them."""

    def term(self, term: Term) -> Matches | None:
        """What a term matches by lists alone, or None where it has none of its own."""

    def part(self, part: Term) -> Matches:
        """What a part of a leaf matches; a character that shares its list with others, too much."""


class TextLookup:
    """Looks leaves up in the texts of one segment, for one query."""

    def __init__(self, segment: Segment, lists: TermLists, deadline: Deadline) -> None:
        self._segment = segment
        self._lists = lists
        self._deadline = deadline

    def found(self, plan: LeafPlan, within: Numbers | None) -> tuple[Matches, bool]:
        """What a leaf matches, and whether there was time to look into all candidates.

        With `within` (ascending), other documents are not looked at, and may be missing.
        """
        return self._counted(plan, self._candidates(plan, within))

    def _candidates(self, plan: LeafPlan, within: Numbers | None) -> Numbers:
        """Documents that have all parts, or few enough of more that all can be looked up."""
        cover = self._cover(plan)
        if plan.leaf.field:
            cover = [in_title(each, self._segment.count) for each in cover]
        lists = sorted(cover, key=attrgetter("frequency"))
        candidates = within
        if candidates is None:
            candidates, lists = lists[0].documents, lists[1:]
        for each in lists:
            if each.frequency + _LIST_OVERHEAD > len(candidates) * _POSTINGS_A_LOOK:
                break
            candidates = kept(candidates, each, self._segment.count)
        for seam in plan.seams:
            candidates = self._with_seam(candidates, seam)
        return candidates

    def _with_seam(self, candidates: Numbers, seam: str) -> Numbers:
        """Those that have two characters together, or each of them beside a separator."""
        together, first, second = (
            values_at(self._lists.part(Term("string", gram)), candidates) > 0
            for gram in (seam, seam[0] + SEPARATOR, SEPARATOR + seam[1])
        )
        return candidates[together | (first & second)]

    def _cover(self, plan: LeafPlan) -> list[Matches]:
        """Lists that every match is on: of the longest grams that have one, and of other parts."""
        if not plan.is_together:
            return [self._lists.part(part) for part in plan.parts]
        dictionary = self._segment.dictionary
        numbers = dictionary.numbers(plan.leaf.text)
        if numbers is None:
            return [nothing(self._segment.count)]
        if len(numbers) < _BIGRAM:
            return [self._lists.part(part) for part in plan.parts]
        lists: list[Matches] = [self._lists.part(Term("run", run)) for run in plan.edges]
        covered = bytearray(len(numbers) - 1)
        for start, length, longer in dictionary.longer_grams(numbers):
            inside = slice(start, start + length - 1)
            if not all(covered[inside]):
                covered[inside] = b"\1" * (length - 1)
                lists.append(longer)
        for start, done in enumerate(covered):
            if not done:
                found = dictionary.gram(numbers[start : start + _BIGRAM])
                if found is None:
                    return [nothing(self._segment.count)]
                lists.append(found)
        return lists

    def _counted(self, plan: LeafPlan, candidates: Numbers) -> tuple[Matches, bool]:
        """Matches among candidates, and whether there was time for all of them."""
        title, body = np.zeros(len(candidates), np.int64), np.zeros(len(candidates), np.int64)
        open_ones = np.arange(len(candidates))
        bounds = self._bounds(plan, candidates)
        if bounds is not None:
            decided = bounds.decided
            title, body = np.where(decided, bounds.most, 0)
            open_ones = (~decided).nonzero()[0]
        whole = True
        for start in range(0, len(open_ones), _STEP):
            if self._deadline.passed():
                whole = False
                break
            step = open_ones[start : start + _STEP]
            title[step], body[step] = count_in_texts(self._segment, plan, candidates[step])
        if plan.leaf.field:
            body[:] = 0
        return counted(candidates, title, body, self._segment.count), whole

    def _bounds(self, plan: LeafPlan, candidates: Numbers) -> Bounds | None:
        if not plan.is_together or len(candidates) < _BOUNDS_LEAST:
            return None
        dictionary = self._segment.dictionary
        numbers = dictionary.numbers(plan.leaf.text)
        if numbers is None or OTHER in numbers or (plan.is_string and len(numbers) <= _BIGRAM):
            return None
        bounds = occurrence_bounds(dictionary, numbers, candidates)
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
    return np.stack(matches.counts(documents, values_at(matches, documents)))
