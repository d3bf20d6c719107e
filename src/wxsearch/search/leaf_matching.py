"""Finding what a leaf matches in one segment: by its list, or by a look into texts."""

from collections import OrderedDict
from itertools import pairwise
from threading import Lock

import numpy as np

from wxsearch.index.segment.alphabet import OTHER
from wxsearch.index.segment.decoding import Numbers, PostingList
from wxsearch.index.segment.dictionary import LONGEST_GRAM
from wxsearch.index.segment.segment import Mask, Segment
from wxsearch.query.tree import Leaf, QueryTerm, Synonyms
from wxsearch.search.deadline import Deadline
from wxsearch.search.leaf_plan import LeafPlan, Term, plan_leaf
from wxsearch.search.matches import Matches, in_title, nothing, united
from wxsearch.search.text_lookup import Narrowing, TextLookup

_BIGRAM = 2
# Lists of so many documents are kept with what is decoded of them: they are of words that come again.
_LONG = 1_000


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
        found = held.get(key)
        if found is not None:
            with self._lock:
                # Another thread may have driven it out since.
                if key in held:
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

    def __init__(
        self, segment: Segment, remembered: Remembered, deadline: Deadline, live: Mask | None = None
    ) -> None:
        """Without `live` none of the documents is deleted."""
        self.segment = segment
        self._live = live
        self._remembered = remembered
        self._deadline = deadline
        self._terms: dict[Term, Matches | None] = {}
        self._listed: dict[QueryTerm, Matches | None] = {}
        self._grams: dict[tuple[int, ...], PostingList | None] = {}
        self._pairs: dict[str, list[int]] = {}
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
            kind, text, field = term
            if field:
                found = self._in_title(self.term(term._replace(field="")))
            else:
                found = self._string(text) if kind == "string" else self._runs(term)
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
            plan = plan_leaf(asked)
            pairs = self._pair_frequencies(plan)
            return 1, min(pairs or (self.part(part).frequency for part in plan.parts))
        return 1, sum(self.cost(leaf)[1] for leaf in asked.children)

    def part(self, part: Term) -> Matches:
        """What a part of a leaf matches; a character that shares its list with others, too much."""
        return self.term(part) or self._shared(part.text)

    def gram(self, numbers: tuple[int, ...]) -> PostingList | None:
        """The list of a few characters, by their numbers; see Dictionary.gram."""
        # Asked for candidates, for bounds of them, and again for what they are worth.
        if numbers not in self._grams:
            self._grams[numbers] = self.segment.dictionary.gram(numbers)
        return self._grams[numbers]

    def looked_up(self, plan: LeafPlan, within: Numbers | None, needed: Narrowing | None = None) -> Matches:
        """What the leaf matches, by candidates from its parts and their texts.

        Documents that are not `within` (ascending), or that `needed` does not leave, are not looked at and
        may be missing.
        """
        matches, whole = TextLookup(self.segment, self, self._deadline).found(plan, within, needed)
        if whole and within is None and needed is None:
            self._remembered.put(plan.leaf, matches)
        return matches

    def frequencies(self, leaf: Leaf) -> list[int]:
        """How many documents match each part of a leaf, deleted ones left out."""
        plan = plan_leaf(leaf)
        if self._live is None:
            if plan.is_part and (listed := self.listed(leaf)) is not None:
                return [listed.frequency]
            if pairs := self._pair_frequencies(plan):
                return pairs
        return [self._frequency(part) for part in plan.parts]

    def _pair_frequencies(self, plan: LeafPlan) -> list[int]:
        """How many documents have each of the parts, where those are pairs with lists of their own; or []."""
        if not plan.is_string:
            return []
        # Asked for an order, and again for what the leaf is worth.
        text = plan.leaf.text
        if text not in self._pairs:
            self._pairs[text] = self._frequencies_of_pairs(text)
        return self._pairs[text]

    def _frequencies_of_pairs(self, text: str) -> list[int]:
        numbers = self.segment.dictionary.numbers(text)
        if numbers is None or len(numbers) < _BIGRAM or OTHER in numbers:
            return []
        # Each pair once, as parts are.
        lists = map(self.gram, dict.fromkeys(pairwise(numbers)))
        return [0 if each is None else each.frequency for each in lists]

    def _frequency(self, part: Term) -> int:
        matches = self.term(part)
        if matches is None:
            quoted = Leaf(part.text, quoted=True)
            matches = self.listed(quoted) or self.looked_up(plan_leaf(quoted), None)
        if self._live is None:
            return matches.frequency
        return int(np.count_nonzero(self._live[matches.documents]))

    def _united(self, synonyms: Synonyms) -> Matches | None:
        found = self._remembered.get(synonyms)
        if found is None:
            lists = [listed for leaf in synonyms.children if (listed := self.listed(leaf)) is not None]
            if len(lists) < len(synonyms.children):
                return None
            found = united(lists, self.segment.count)
            self._remembered.put(synonyms, found)
        return found

    def _string(self, text: str) -> Matches | None:
        dictionary = self.segment.dictionary
        numbers = dictionary.alphabet.numbers_of(text)
        if numbers is None:
            return self._none
        if len(numbers) > LONGEST_GRAM or OTHER in numbers:
            return None
        found = dictionary.gram(numbers)
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
        return united(found, self.segment.count) if isinstance(found, list) else found


def _room(matches: Matches) -> int:
    # A leaf that matches nothing takes room too.
    return matches.frequency + 16
