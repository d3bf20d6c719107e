"""What searches over one snapshot share: who is rare, who is long, what took long to find."""

from functools import cached_property

from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.snapshot import Snapshot
from wxsearch.query.tree import Leaf
from wxsearch.search.catalog import Catalog
from wxsearch.search.deadline import Deadline
from wxsearch.search.families import FamilyCatalog
from wxsearch.search.leaf_matching import LeafMatcher, Remembered
from wxsearch.search.scoring import Averages, Scorer, Weights, inverse_frequency

# Matches of looked-up leaves that are kept, in documents of one segment.
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

    def preload(self) -> None:
        """Makes now what the first searches would."""
        _ = self.catalog, self.averages, self.scorers, self.families
        for each in self.snapshot.segments:
            columns = each.segment.columns
            _ = columns.id_rank, columns.path_codes, columns.source_codes, columns.slots("month")

    @cached_property
    def catalog(self) -> Catalog:
        """Paths and sources of the generation."""
        return Catalog([each.segment.columns for each in self.snapshot.segments])

    @cached_property
    def families(self) -> FamilyCatalog:
        """Which articles are copies of one another."""
        return FamilyCatalog(self.snapshot)

    @cached_property
    def averages(self) -> Averages:
        """The live articles and their mean lengths."""
        sums = [0, 0]
        for each in self.snapshot.segments:
            for field, lengths in enumerate(each.segment.lengths):
                sums[field] += int((lengths if each.live is None else lengths[each.live]).sum())
        total = self.snapshot.total
        return Averages(total, *(size / total if total else 0.0 for size in sums))

    @cached_property
    def newest(self) -> int | None:
        """The time of the newest live article; None where none has one."""
        starts = [each.segment.columns.starts[each.mask] for each in self.snapshot.segments]
        newest = max((int(each.max()) for each in starts if len(each)), default=UNDATED)
        return None if newest == UNDATED else newest

    def gram_idf(self, gram: str) -> float:
        """The idf of a character or bigram over the generation."""
        known = self._gram_idf.get(gram)
        if known is None:
            leaf = Leaf(gram, quoted=True)
            frequency = sum(
                LeafMatcher(each.segment, self.remembered[each.segment.name], _NO_DEADLINE).frequencies(
                    leaf, each.live
                )[0]
                for each in self.snapshot.segments
            )
            known = inverse_frequency(frequency, self.averages.articles)
            if len(self._gram_idf) < _KEPT_GRAMS:
                self._gram_idf[gram] = known
        return known

    @cached_property
    def scorers(self) -> list[Scorer]:
        """One a segment."""
        return [Scorer(each.segment.lengths, self.averages, self.weights) for each in self.snapshot.segments]
