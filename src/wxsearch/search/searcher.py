"""What searches over one snapshot share: who is rare, who is long, what took long to find."""

from functools import cached_property

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.snapshot import Snapshot
from wxsearch.query.tree import Leaf
from wxsearch.search import string_marks
from wxsearch.search.collection import Collection
from wxsearch.search.deadline import Deadline
from wxsearch.search.families import FamilyCatalog
from wxsearch.search.joined_matching import JoinedMatcher, Matcher
from wxsearch.search.leaf_matching import LeafMatcher, Remembered
from wxsearch.search.scoring import Averages, Scorer, Weights, inverse_frequency

# Of each kind of matches that leaf_matching.Remembered keeps, so many documents for each segment.
_KEPT_DOCUMENTS = 200_000
# A gram of two characters needs no look into texts that could last.
_NO_DEADLINE = Deadline(float("inf"))
# Characters and bigrams whose idf is kept.
_KEPT_GRAMS = 100_000


class Searcher:
    """What searches over a snapshot share; safe for threads."""

    def __init__(self, snapshot: Snapshot, weights: Weights, before: "Searcher | None" = None) -> None:
        self.snapshot = snapshot
        self.weights = weights
        self._gram_idf: dict[str, float] = {}
        known = {} if before is None else before.remembered
        self.remembered: dict[str, Remembered] = {
            each.segment.name: known.get(each.segment.name) or Remembered(_KEPT_DOCUMENTS)
            for each in snapshot.segments
        }

        self.collection = Collection(snapshot.segments)

    def preload(self) -> None:
        """Makes now what the first searches would."""
        self.collection.preload()
        for each in self.snapshot.segments:
            string_marks.preload(each.segment.frames.numbering)
        _ = self.averages, self.scorer, self.families

    def matcher(self, deadline: Deadline) -> Matcher:
        """What finds the leaves of one query."""
        matchers = [
            LeafMatcher(each.segment, self.remembered[each.segment.name], deadline, each.live)
            for each in self.snapshot.segments
        ]
        return matchers[0] if len(matchers) == 1 else JoinedMatcher(self.collection, matchers)

    @cached_property
    def families(self) -> FamilyCatalog:
        """Which articles are copies of one another."""
        return FamilyCatalog(self.snapshot.families, self.collection)

    @cached_property
    def averages(self) -> Averages:
        """The live articles and their mean lengths."""
        live, total = self.collection.live, self.snapshot.total
        sums = (int((each if live is None else each[live]).sum()) for each in self.collection.lengths)
        return Averages(total, *(size / total if total else 0.0 for size in sums))

    @cached_property
    def newest(self) -> int | None:
        """The time of the newest live article; None where none has one."""
        starts, live = self.collection.starts, self.collection.live
        newest = int((starts if live is None else starts[live]).max(initial=UNDATED))
        return None if newest == UNDATED else newest

    def gram_idf(self, gram: str) -> float:
        """The idf of a character or bigram over the generation."""
        known = self._gram_idf.get(gram)
        if known is None:
            frequency = self.matcher(_NO_DEADLINE).frequencies(Leaf(gram, quoted=True))[0]
            known = inverse_frequency(frequency, self.averages.articles)
            if len(self._gram_idf) < _KEPT_GRAMS:
                self._gram_idf[gram] = known
        return known

    @cached_property
    def scorer(self) -> Scorer:
        """What scores the articles of the collection."""
        return Scorer(self.collection.lengths, self.averages, self.weights)
