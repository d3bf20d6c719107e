"""Finding what a leaf matches in one segment: by its list, or by its parts and the text."""

from collections import OrderedDict
from operator import attrgetter
from threading import Lock

import numpy as np

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.index.segment.alphabet import OTHER
from wxsearch.index.segment.decoding import Counts, Numbers, Postings
from wxsearch.index.segment.dictionary import LONGEST_GRAM
from wxsearch.index.segment.segment import Mask, Segment
from wxsearch.query.tree import Leaf, QueryTerm, Synonyms
from wxsearch.search.bounds import Bounds, occurrence_bounds, within_whole_runs
from wxsearch.search.deadline import Deadline
from wxsearch.search.leaf_plan import LeafPlan, Term, plan_leaf
from wxsearch.search.matches import Matches, counted, in_title, kept, nothing, postings_of, united, values_at
from wxsearch.search.verification import count_in_texts

_BIGRAM = 2
# Looking a document up takes about as long as reading so many postings of a list.
_POSTINGS_A_LOOK = 400
_LIST_OVERHEAD = 2_000
# For fewer candidates, reading the lists of all pieces takes longer than their texts.
_BOUNDS_LEAST = 16
# Lists of so many documents are kept once they are decoded: they are of words that come again.
_LONG = 1_000
# Documents looked up between two looks at the clock.
_STEP = 500


class Remembered:
    """What took long to find in a segment, the last used of it; for all threads.

    Leaves that were looked up in full, long lists, which keep what was decoded of them, and the lists of
    leaves and their variants together;
    of each kind at most `most_documents` in all, so that lists never drive out leaves.
    """

    def __init__(self, most_documents: int) -> None:
        self._most = most_documents
        self._held: dict[type, OrderedDict[QueryTerm | Term, Matches]] = {
            kind: OrderedDict() for kind in (Leaf, Synonyms, Term)
        }
        self._documents = dict.fromkeys(self._held, 0)
        self._lock = Lock()

    def get(self, key: QueryTerm | Term) -> Matches | None:
        """What a leaf or term matches, if it is known."""
        held = self._held[type(key)]
        with self._lock:
            found = held.get(key)
            if found is not None:
                held.move_to_end(key)
            return found

    def put(self, key: QueryTerm | Term, matches: Matches) -> None:
        """Keeps what a leaf or term matches, in place of what was not asked for in longer."""
        kind = type(key)
        held = self._held[kind]
        with self._lock:
            if key in held:
                return
            held[key] = matches
            self._documents[kind] += _room(matches)
            while self._documents[kind] > self._most:
                self._documents[kind] -= _room(held.popitem(last=False)[1])


class LeafMatcher:
    """The matches of leaves and terms in one segment, for one query; each is found once."""

    def __init__(self, segment: Segment, remembered: Remembered, deadline: Deadline) -> None:
        self.segment = segment
        self._remembered = remembered
        self._deadline = deadline
        self._terms: dict[Term, Matches | None] = {}
        self._listed: dict[QueryTerm, Matches | None] = {}
        self._none = nothing(segment.count)

    def listed(self, asked: QueryTerm) -> Matches | None:
        """What a leaf matches, or one with its variants, where that takes no look into texts; else None."""
        # Asked several times for each: the answer is kept, None too.
        if asked in self._listed:
            return self._listed[asked]
        if isinstance(asked, Leaf):
            single = plan_leaf(asked).single
            found = None if single is None else self.term(single)
            if found is None:
                found = self._remembered.get(asked)
        else:
            found = self._united(asked)
        self._listed[asked] = found
        return found

    def term(self, term: Term) -> Matches | None:
        """What a term matches by lists alone, or None where it has none of its own."""
        if term in self._terms:
            return self._terms[term]
        found = self._remembered.get(term)
        if found is None:
            if term.field:
                found = self._in_title(self.term(term._replace(field="")))
            else:
                found = self._string(term.text) if term.kind == "string" else self._runs(term)
            if found is not None and found.frequency >= _LONG:
                self._remembered.put(term, found)
        self._terms[term] = found
        return found

    def cost(self, asked: QueryTerm) -> tuple[int, int]:
        """Orders terms: lists before looks into texts, and by how many documents there can be."""
        listed = self.listed(asked)
        if listed is not None:
            return 0, listed.frequency
        if isinstance(asked, Leaf):
            return 1, min(self.part(part).frequency for part in plan_leaf(asked).parts)
        return 1, sum(self.cost(leaf)[1] for leaf in asked.children)

    def part(self, part: Term) -> Matches:
        """What a part of a leaf matches; a character that shares its list with others, too much."""
        return self.term(part) or self._shared(part.text)

    def looked_up(self, plan: LeafPlan, within: Numbers | None) -> Matches:
        """What the leaf matches, by candidates from its parts and their texts.

        With `within` (ascending), other documents are not looked at, and may be missing.
        """
        candidates = self._candidates(plan, within)
        matches, whole = self._counted(plan, candidates)
        if whole and within is None:
            self._remembered.put(plan.leaf, matches)
        return matches

    def frequencies(self, leaf: Leaf, live: Mask | None) -> list[int]:
        """How many documents match each part of a leaf, deleted ones left out."""
        plan = plan_leaf(leaf)
        if live is None:
            if (
                len(plan.parts) == 1
                and plan.single == plan.parts[0]
                and (listed := self.listed(leaf)) is not None
            ):
                return [listed.frequency]
            numbers = self.segment.dictionary.numbers(leaf.text) if plan.is_string else None
            if numbers is not None and len(numbers) >= _BIGRAM and OTHER not in numbers:
                number = dict(zip(leaf.text, numbers, strict=True))
                frequency = self.segment.dictionary.bigram_frequency
                return [frequency(number[part.text[0]], number[part.text[1]]) for part in plan.parts]
        return [self._frequency(part, live) for part in plan.parts]

    def _frequency(self, part: Term, live: Mask | None) -> int:
        matches = self.term(part)
        if matches is None:
            quoted = Leaf(part.text, quoted=True)
            matches = self.listed(quoted) or self.looked_up(plan_leaf(quoted), None)
        return matches.frequency if live is None else int(np.count_nonzero(live[matches.documents]))

    def _united(self, synonyms: Synonyms) -> Matches | None:
        found = self._remembered.get(synonyms)
        if found is None:
            lists = [listed for leaf in synonyms.children if (listed := self.listed(leaf)) is not None]
            if len(lists) < len(synonyms.children):
                return None
            found = united(postings_of(lists), self.segment.count)
            self._remembered.put(synonyms, found)
        return found

    def _string(self, text: str) -> Matches | None:
        numbers = self.segment.dictionary.numbers(text)
        if numbers is None:
            return self._none
        if len(numbers) > LONGEST_GRAM or OTHER in numbers:
            return None
        found = self.segment.dictionary.gram(numbers)
        return self._none if found is None and len(numbers) <= _BIGRAM else found

    def _in_title(self, whole: Matches | None) -> Matches | None:
        return None if whole is None else in_title(whole, self.segment.count)

    def _shared(self, text: str) -> Matches:
        numbers = self.segment.dictionary.numbers(text)
        assert numbers is not None
        return self.segment.dictionary.gram(numbers) or self._none

    def _runs(self, term: Term) -> Matches:
        if term.kind == "run":
            return self.segment.dictionary.run(term.text) or self._none
        found = self.segment.dictionary.runs_beginning(term.text)
        return united(found, self.segment.count) if isinstance(found, Postings) else found or self._none

    def _candidates(self, plan: LeafPlan, within: Numbers | None) -> Numbers:
        """Documents that have all parts, or few enough of more that all can be looked up."""
        cover = self._cover(plan)
        if plan.leaf.field:
            cover = [in_title(each, self.segment.count) for each in cover]
        lists = sorted(cover, key=attrgetter("frequency"))
        candidates = within
        if candidates is None:
            candidates, lists = lists[0].documents, lists[1:]
        for each in lists:
            if each.frequency + _LIST_OVERHEAD > len(candidates) * _POSTINGS_A_LOOK:
                break
            candidates = kept(candidates, each, self.segment.count)
        for seam in plan.seams:
            candidates = self._with_seam(candidates, seam)
        return candidates

    def _with_seam(self, candidates: Numbers, seam: str) -> Numbers:
        """Those that have two characters together, or each of them beside a separator."""
        together, first, second = (
            values_at(self.part(Term("string", gram)), candidates) > 0
            for gram in (seam, seam[0] + SEPARATOR, SEPARATOR + seam[1])
        )
        return candidates[together | (first & second)]

    def _cover(self, plan: LeafPlan) -> list[Matches]:
        """Lists that every match is on: of the longest grams that have one, and of other parts."""
        if not plan.is_together:
            return [self.part(part) for part in plan.parts]
        dictionary = self.segment.dictionary
        numbers = dictionary.numbers(plan.leaf.text)
        if numbers is None:
            return [self._none]
        if len(numbers) < _BIGRAM:
            return [self.part(part) for part in plan.parts]
        lists: list[Matches] = [self.part(Term("run", run)) for run in plan.edges]
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
                    return [self._none]
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
            title[step], body[step] = count_in_texts(self.segment, plan, candidates[step])
        if plan.leaf.field:
            body[:] = 0
        return counted(candidates, title, body, self.segment.count), whole

    def _bounds(self, plan: LeafPlan, candidates: Numbers) -> Bounds | None:
        if not plan.is_together or len(candidates) < _BOUNDS_LEAST:
            return None
        dictionary = self.segment.dictionary
        numbers = dictionary.numbers(plan.leaf.text)
        if numbers is None or OTHER in numbers or (plan.is_string and len(numbers) <= _BIGRAM):
            return None
        bounds = occurrence_bounds(dictionary, numbers, candidates)
        for run in plan.edges:
            if bounds is None:
                break
            string = self._string(run)
            bounds = within_whole_runs(
                bounds,
                _counts(self.part(Term("run", run)), candidates),
                None if string is None else _counts(string, candidates),
            )
        return bounds


def _counts(matches: Matches, documents: Numbers) -> Counts:
    """Occurrences in titles and bodies, a row each."""
    if matches.frequency == 0:
        return np.zeros((2, len(documents)), np.int64)
    return np.stack(matches.counts(documents, values_at(matches, documents)))


def _room(matches: Matches) -> int:
    # A leaf that matches nothing takes room too.
    return matches.frequency + 16
