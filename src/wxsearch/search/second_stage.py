"""The second stage of ranking: the best by their leaves are weighed by evidence, and stay the best.

Evidence only adds, so that no article behind the head can come before one in it: pages laid
together are one large page.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wxsearch.search.evidence import EvidenceWeights, Grams, evidence
from wxsearch.search.head import read_head
from wxsearch.search.ranked_list import RankedList, merged
from wxsearch.search.ranking import in_order
from wxsearch.search.scoring import Scorer, rounded


class SecondStage(NamedTuple):
    """Weighs the head of some lists, one a segment as the scorers are."""

    grams: Grams
    k1: float
    weights: EvidenceWeights
    scorers: Sequence[Scorer]

    @property
    def head(self) -> int:
        """How many articles are weighed."""
        return self.weights.head

    def reranked(self, lists: Sequence[RankedList]) -> list[RankedList]:
        """The lists with the best of all weighed and in their new order."""
        return [
            self._weighed(each, scorer, size) if size else each
            for each, scorer, size in zip(lists, self.scorers, self._sizes(lists), strict=True)
        ]

    def _sizes(self, lists: Sequence[RankedList]) -> list[int]:
        """How many of each list are among the best of all."""
        if len(lists) == 1:
            return [min(self.head, len(lists[0].documents))]
        counts = Counter(place.segment.segment.name for place in merged(lists, self.head))
        return [counts[each.segment.segment.name] for each in lists]

    def _weighed(self, ranked: RankedList, scorer: Scorer, size: int) -> RankedList:
        segment, documents = ranked.segment.segment, ranked.documents[:size]
        head = read_head(segment, documents, self.grams.codes, self.weights.head_characters)
        parts = evidence(self.grams, head, scorer.held_back(documents), self.k1, self.weights)
        scores = rounded(ranked.scores[:size] + parts.sum(axis=1))
        order = in_order(segment.columns, documents, scores)
        return RankedList(
            ranked.segment,
            np.concatenate((documents[order], ranked.documents[size:])),
            np.concatenate((scores[order], ranked.scores[size:])),
            parts[order],
        )
