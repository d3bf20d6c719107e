"""From a query tree to the documents of a collection that match it."""

from collections.abc import Sequence
from functools import partial
from operator import attrgetter

import numpy as np

from wxsearch.index.segment.decoding import Numbers
from wxsearch.query.tree import (
    And,
    AtLeast,
    Everything,
    Filter,
    InSpan,
    Leaf,
    Node,
    Not,
    Optional,
    Or,
    QueryTerm,
    Synonyms,
    Unranked,
)
from wxsearch.search.filters import Filters
from wxsearch.search.joined_matching import Matcher
from wxsearch.search.leaf_plan import plan_leaf
from wxsearch.search.matches import Matches, kept, united
from wxsearch.search.text_lookup import Narrowing

_NONE = np.empty(0, np.intp)
_FREQUENCY = attrgetter("frequency")
# The costs of lists, and of looks into texts, where there is no document.
_NOTHING_THERE = {(0, 0), (1, 0)}
# What an And does not look for among its children.
_NOT_WANTED = (Optional, Not)
_TERMS = (Leaf, Synonyms)


class Evaluation:
    """A tree over a collection. Documents are ascending arrays; deleted ones are among them."""

    def __init__(self, matcher: Matcher, filters: Filters, span: InSpan | None = None) -> None:
        """With a span, what is looked up in texts may miss documents outside it."""
        self._matcher = matcher
        self._filters = filters
        self._needed: Narrowing | None = None
        if span is not None and not span.is_whole:
            self._needed = partial(filters.in_span, span=span)
        self._size = filters.collection.count
        # Leaves that were looked up in texts, and among which documents.
        self._looked_up: dict[Leaf, tuple[Numbers | None, Matches]] = {}

    def documents(self, node: Node, within: Numbers | None = None) -> Numbers:
        """The documents that match a node; with `within`, those of them."""
        if isinstance(node, _TERMS):
            matches = self.term(node, within)
            return matches.documents if within is None else kept(within, matches)
        if isinstance(node, And):
            return self._all_of(node, within)
        if isinstance(node, Or):
            return self._any_of(node, within)
        if isinstance(node, Unranked):
            return self.documents(node.child, within)
        if isinstance(node, AtLeast):
            return self._at_least(node, within)
        return self._left_by(node, self._everything(within))

    def term(self, term: QueryTerm, within: Numbers | None) -> Matches:
        """What a term matches, at least among the documents `within`."""
        listed = self._matcher.listed(term)
        if listed is not None:
            return listed
        if isinstance(term, Leaf):
            return self._in_texts(term, within)
        return united([self.term(leaf, within) for leaf in term.children], self._size)

    def _in_texts(self, leaf: Leaf, within: Numbers | None) -> Matches:
        if leaf in self._looked_up:
            covered, matches = self._looked_up[leaf]
            if covered is None or (within is not None and self._inside(within, covered)):
                return matches
        matches = self._matcher.looked_up(plan_leaf(leaf), within, self._needed)
        self._looked_up[leaf] = within, matches
        return matches

    def _in_texts_and(self, leaf: Leaf, lists: Sequence[Matches]) -> Numbers:
        """The documents of a leaf that is looked up, not all of those that are not on all lists."""

        def on_all(documents: Numbers) -> Numbers:
            for each in lists:
                if len(documents) == 0:
                    return documents
                documents = kept(documents, each)
            return documents if self._needed is None else self._needed(documents)

        matches = self._matcher.looked_up(plan_leaf(leaf), None, on_all)
        # Of others nothing is known.
        self._looked_up[leaf] = matches.documents, matches
        return matches.documents

    def _all_of(self, node: And, within: Numbers | None) -> Numbers:
        lists, others = self._parted(node)
        # Before any list is read.
        if others and self._cost(others[0]) in _NOTHING_THERE:
            return _NONE
        lists.sort(key=_FREQUENCY)
        if within is None and lists and others:
            rarest = others[0]
            if isinstance(rarest, Leaf) and self._cost(rarest)[1] < lists[0].frequency:
                del others[0]
                within = self._in_texts_and(rarest, lists)
        for matches in lists:
            within = matches.documents if within is None else kept(within, matches)
            if len(within) == 0:
                return within
        for child in others:
            within = self.documents(child, within)
            if len(within) == 0:
                return within
        left = self._everything(within)
        for child in node.children:
            if isinstance(child, Not):
                left = self._without(left, child)
        return left

    def _parted(self, node: And) -> tuple[list[Matches], list[Node]]:
        """Lists that all have to be on, and what else has to match, the cheapest first."""
        lists: list[Matches] = []
        others: list[Node] = []
        for child in node.children:
            if isinstance(child, _TERMS) and (listed := self._matcher.listed(child)) is not None:
                lists.append(listed)
            elif not isinstance(child, _NOT_WANTED):
                others.append(child)
        return lists, sorted(others, key=self._cost)

    def _any_of(self, node: Or, within: Numbers | None) -> Numbers:
        mask = np.zeros(self._size, bool)
        for child in node.children:
            asked = child.child if isinstance(child, Unranked) else child
            if isinstance(asked, _TERMS):
                matches = self.term(asked, within)
                if matches.is_dense:
                    mask |= matches.mask
                else:
                    mask[matches.documents] = True
            elif not isinstance(asked, Optional):
                mask[self.documents(asked, within)] = True
        return mask.nonzero()[0] if within is None else within[mask[within]]

    def _left_by(self, node: Node, documents: Numbers) -> Numbers:
        """What a node that has no lists of its own leaves of some documents."""
        if isinstance(node, Filter):
            return self._filters.kept(documents, node)
        if isinstance(node, Not):
            return self._without(documents, node)
        return documents if isinstance(node, Everything) else _NONE

    def _at_least(self, node: AtLeast, within: Numbers | None) -> Numbers:
        children = sorted(
            (child for child in node.children if not isinstance(child, Optional)), key=self._cost
        )
        counts = np.zeros(self._size, np.int16)
        for place, child in enumerate(children):
            missing = node.count - (len(children) - place)
            if missing > 0:
                # Who has fewer by now cannot have enough of them in the end.
                enough = self._everything(within)
                within = enough[counts[enough] >= missing]
            counts[self.documents(child, within)] += 1
        left = self._everything(within)
        return left[counts[left] >= node.count]

    def _without(self, within: Numbers, node: Not) -> Numbers:
        mask = np.zeros(self._size, bool)
        mask[self.documents(node.child, within)] = True
        return within[~mask[within]]

    def _inside(self, documents: Numbers, others: Numbers) -> bool:
        mask = np.zeros(self._size, bool)
        mask[others] = True
        return bool(mask[documents].all())

    def _everything(self, within: Numbers | None) -> Numbers:
        return np.arange(self._size) if within is None else within

    def _cost(self, node: Node) -> tuple[int, int]:
        """Orders what all has to match: lists, the rarest first, filters, looks into texts, all other nodes.

        The second number is how many documents there can be, but for the last kind, of which nobody knows.
        """
        if isinstance(node, Unranked):
            return self._matcher.cost(node.child)
        if isinstance(node, _TERMS):
            return self._matcher.cost(node)
        return (0, self._size) if isinstance(node, Filter) else (2, 0)
