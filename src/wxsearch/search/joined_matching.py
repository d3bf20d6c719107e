"""Finding what a leaf matches in all segments of a collection."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from wxsearch.index.segment.decoding import Numbers
from wxsearch.query.tree import Leaf, QueryTerm
from wxsearch.search.collection import Collection
from wxsearch.search.joined_matches import JoinedMatches
from wxsearch.search.leaf_matching import LeafMatcher
from wxsearch.search.leaf_plan import LeafPlan
from wxsearch.search.matches import Matches, nothing
from wxsearch.search.text_lookup import Narrowing


class Matcher(Protocol):
    """The matches of leaves in a collection, for one query; LeafMatcher is one for a single segment."""

    def listed(self, asked: QueryTerm) -> Matches | None:
        """What a leaf matches, or one with its variants, where that takes no look into texts; else None."""

    def cost(self, asked: QueryTerm) -> tuple[int, int]:
        """Orders terms: lists before looks into texts, and by how many documents there can be."""

    def looked_up(self, plan: LeafPlan, within: Numbers | None, needed: Narrowing | None = None) -> Matches:
        """What the leaf matches, at least of those documents `within` (ascending) that `needed` leaves."""

    def frequencies(self, leaf: Leaf) -> list[int]:
        """How many documents match each part of a leaf, deleted ones left out."""


class JoinedMatcher:
    """Asks the matchers of all segments; see Matcher."""

    def __init__(self, collection: Collection, matchers: Sequence[LeafMatcher]) -> None:
        self._collection = collection
        self._matchers = matchers
        self._listed: dict[QueryTerm, Matches | None] = {}

    def listed(self, asked: QueryTerm) -> Matches | None:
        """See Matcher."""
        if asked not in self._listed:
            self._listed[asked] = self._joined_lists(asked)
        return self._listed[asked]

    def _joined_lists(self, asked: QueryTerm) -> Matches | None:
        parts: list[Matches] = []
        for matcher in self._matchers:
            part = matcher.listed(asked)
            if part is None:
                return None
            parts.append(part)
        return JoinedMatches(parts, self._collection.begins)

    def cost(self, asked: QueryTerm) -> tuple[int, int]:
        """See Matcher."""
        costs = [matcher.cost(asked) for matcher in self._matchers]
        return max((kind for kind, _ in costs), default=0), sum(documents for _, documents in costs)

    def looked_up(self, plan: LeafPlan, within: Numbers | None, needed: Narrowing | None = None) -> Matches:
        """See Matcher."""
        begins = self._collection.begins
        cuts = None if within is None else within.searchsorted(begins).tolist()
        parts: list[Matches] = []
        for number, matcher in enumerate(self._matchers):
            own = within
            if within is not None and cuts is not None:
                if cuts[number] == cuts[number + 1]:
                    parts.append(nothing(matcher.segment.count))
                    continue
                own = within[cuts[number] : cuts[number + 1]] - begins[number]
            ours = None if needed is None else _from(begins[number], needed)
            parts.append(matcher.listed(plan.leaf) or matcher.looked_up(plan, own, ours))
        return JoinedMatches(parts, begins)

    def frequencies(self, leaf: Leaf) -> list[int]:
        """See Matcher."""
        each = [matcher.frequencies(leaf) for matcher in self._matchers]
        return np.sum(each, axis=0).tolist() if each else [0]


def _from(begin: int, needed: Narrowing) -> Narrowing:
    """The same for documents that are numbered from another one on."""
    return lambda documents: needed(documents + begin) - begin
