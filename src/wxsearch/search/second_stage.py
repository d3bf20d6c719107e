"""The second stage of ranking: the best by their leaves are weighed more closely, and stay the best.

It only adds, so that no article behind the head can come before one in it: pages laid
together are one large page.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wxsearch.search import evidence
from wxsearch.search.evidence import EvidenceWeights, Grams
from wxsearch.search.head import read_head
from wxsearch.search.ranked_list import RankedList, merged
from wxsearch.search.ranking import in_order
from wxsearch.search.recency import RecencyWeights, recency
from wxsearch.search.scoring import Scorer, Scores, rounded

PARTS = (*evidence.PARTS, "recency")
"""What the second stage adds, in the order of the parts."""


class SecondStage(NamedTuple):
    """Weighs the head of some lists, one a segment as the scorers are.

    Without `grams` the query has no wording; without `newest` no article has a date.
    """

    grams: Grams | None
    k1: float
    weights: EvidenceWeights
    recency: RecencyWeights | None
    newest: int | None
    scorers: Sequence[Scorer]

    @property
    def head(self) -> int:
        """How many articles are weighed."""
        return self.weights.head

    def reranked(self, lists: Sequence[RankedList]) -> list[RankedList]:
        """The lists with the best of all weighed and in their new order."""
        best = max((each.scores[0] for each in lists if len(each.scores)), default=0.0)
        return [
            self._weighed(each, scorer, size, best) if size else each
            for each, scorer, size in zip(lists, self.scorers, self._sizes(lists), strict=True)
        ]

    def _sizes(self, lists: Sequence[RankedList]) -> list[int]:
        """How many of each list are among the best of all."""
        if len(lists) == 1:
            return [min(self.head, len(lists[0].documents))]
        counts = Counter(place.segment.segment.name for place in merged(lists, self.head))
        return [counts[each.segment.segment.name] for each in lists]

    def _weighed(self, ranked: RankedList, scorer: Scorer, size: int, best: float) -> RankedList:
        head = RankedList(ranked.segment, ranked.documents[:size], ranked.scores[:size])
        parts = self._parts(head, scorer, best)
        scores = rounded(head.scores + parts.sum(axis=1))
        order = in_order(ranked.segment.segment.columns, head.documents, scores)
        return RankedList(
            ranked.segment,
            np.concatenate((head.documents[order], ranked.documents[size:])),
            np.concatenate((scores[order], ranked.scores[size:])),
            parts[order],
        )

    def _parts(self, ranked: RankedList, scorer: Scorer, best: float) -> Scores:
        """What each article of a list gets, a row each; `best` is the best score of all before."""
        segment, documents = ranked.segment.segment, ranked.documents
        parts = np.zeros((len(documents), len(PARTS)))
        if self.grams is not None:
            head = read_head(segment, documents, self.grams.codes, self.weights.head_characters)
            held_back = scorer.held_back(documents)
            parts[:, :-1] = evidence.evidence(self.grams, head, held_back, self.k1, self.weights)
        if self.recency is not None and self.newest is not None:
            parts[:, -1] = best * recency(segment.columns.starts[documents], self.newest, self.recency)
        return parts
