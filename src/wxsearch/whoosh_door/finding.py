"""Where strings and runs stand in the documents of a generation, by list or by their texts."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from wxsearch.index.segment.decoding import Counts
from wxsearch.query.tree import Leaf
from wxsearch.search.deadline import Deadline
from wxsearch.search.leaf_matching import LeafMatcher, Remembered
from wxsearch.search.leaf_plan import Term, plan_leaf
from wxsearch.search.matches import Matches
from wxsearch.whoosh_door.documents import Documents, Numbers

# Whoosh asks several times for a term of a query, and for the next one only then.
_KEPT_TERMS = 16
# Documents of strings without a list of their own, for each segment.
_KEPT_DOCUMENTS = 200_000


class Standing(NamedTuple):
    """Ascending documents, deleted ones among them, with occurrences in title and body."""

    documents: Numbers
    in_title: Counts
    in_body: Counts


class Finder:
    """Finds terms; for all threads."""

    def __init__(self, documents: Documents) -> None:
        self.documents = documents
        self._verified = [Remembered(_KEPT_DOCUMENTS) for _ in documents.segments]
        self.find = lru_cache(maxsize=_KEPT_TERMS)(self._find)

    def frequency(self, term: Term) -> int:
        """In how many live documents a term stands, title or body."""
        return int(np.count_nonzero(self.documents.live[self.find(term).documents]))

    def _find(self, term: Term) -> Standing:
        empty = np.empty(0, np.int64)
        found = [Standing(empty, empty, empty)]
        places = zip(self.documents.segments, self._verified, self.documents.begins, strict=False)
        for live, verified, begin in places:
            # A new one for each term: it keeps all that it decodes.
            matcher = LeafMatcher(live.segment, verified, Deadline(float("inf")))
            matches = _matches(matcher, term)
            counts = matches.counts(matches.documents, matches.values)
            found.append(Standing(matches.documents + begin, *counts))
        return Standing(*map(np.concatenate, zip(*found, strict=True)))


def _matches(matcher: LeafMatcher, term: Term) -> Matches:
    if term.kind == "string":
        leaf = Leaf(term.text, quoted=True)
        return matcher.listed(leaf) or matcher.looked_up(plan_leaf(leaf), None)
    found = matcher.term(term)
    assert found is not None
    return found
