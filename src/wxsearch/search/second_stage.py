"""The second stage of ranking: the best by their leaves are weighed more closely, and stay the best.

It only adds, so that no article behind the head can come before one in it: pages laid
together are one large page.
"""

from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from wxsearch.index.segment.decoding import Numbers
from wxsearch.search import evidence
from wxsearch.search.collection import Collection
from wxsearch.search.evidence import HEADLINE, EvidenceWeights, Grams
from wxsearch.search.families import FamilyCatalog
from wxsearch.search.head import read_head
from wxsearch.search.precedence import lifts
from wxsearch.search.ranked_list import RankedList
from wxsearch.search.ranking import in_order
from wxsearch.search.recency import RecencyWeights, recency
from wxsearch.search.scoring import Scorer, Scores, rounded

PARTS = (*evidence.PARTS, "recency", "first")
"""What the second stage adds, in the order of the parts."""

_RECENCY, _FIRST = PARTS.index("recency"), PARTS.index("first")


class SecondStage(NamedTuple):
    """Weighs the head of a list.

    Without `grams` the query has no wording; without `newest` no article has a date; without
    `families` none has copies, or they are not to be told apart.
    """

    collection: Collection
    grams: Grams | None
    k1: float
    weights: EvidenceWeights
    recency: RecencyWeights | None
    newest: int | None
    scorer: Scorer
    families: FamilyCatalog | None = None
    copies: float = 0.0

    @property
    def head(self) -> int:
        """How many articles are weighed at most."""
        return self.weights.head

    def reranked(self, ranked: RankedList) -> RankedList:
        """The list with its best weighed and in their new order."""
        size = self._size(ranked.documents[: self.head])
        if size == 0:
            return ranked
        documents = ranked.documents[:size]
        parts = self._parts(documents, float(ranked.scores[0]))
        head = RankedList(documents, rounded(ranked.scores[:size] + parts.sum(axis=1)), parts)
        if self.families is not None:
            head = self._lifted(head, self.families)
        order = in_order(self.collection, head.documents, head.scores, size)
        assert head.parts is not None
        return RankedList(
            np.concatenate((head.documents[order], ranked.documents[size:])),
            np.concatenate((head.scores[order], ranked.scores[size:])),
            head.parts[order],
        )

    def _size(self, best: Numbers) -> int:
        """How many articles are weighed, of the best of all: texts cost time, not articles."""
        title, body = (lengths.take(best) for lengths in self.collection.lengths)
        read = title + np.minimum(body, self.weights.head_characters)
        fitting = int(read.cumsum().searchsorted(self.weights.head_total, side="right"))
        return max(fitting, min(self.weights.head_least, len(best)))

    def _parts(self, documents: Numbers, best: float) -> Scores:
        """What each article gets, a row each; `best` is the best score of all before."""
        parts = np.zeros((len(documents), len(PARTS)))
        if self.grams is not None:
            self._weigh(self.grams, documents, parts[:, : len(evidence.PARTS)])
        if self.recency is not None and self.newest is not None:
            starts = self.collection.starts.take(documents)
            parts[:, _RECENCY] = best * recency(starts, self.newest, self.recency)
        return parts

    def _weigh(self, grams: Grams, documents: Numbers, parts: Scores) -> None:
        """Sets the parts of evidence.

        What an article got by a headline that it announces cannot be taken from it: each gets what is
        missing to the most that one of them did.
        """
        weights, collection = self.weights, self.collection
        held_back = self.scorer.held_back(documents)
        each, order = collection.by_segment(documents)
        texts, headlines = read_head(each, grams.codes, weights.head_characters, weights.headline_characters)
        parts[order] = evidence.evidence(grams, texts, headlines, held_back[order], self.k1, weights)
        parts[:, HEADLINE] = parts[:, HEADLINE].max() - parts[:, HEADLINE]

    def _lifted(self, head: RankedList, families: FamilyCatalog) -> RankedList:
        """The head with what the first published of families get."""
        if families.places.take(head.documents).max() < 0:
            # Nothing here has copies, as is mostly so.
            return head
        gains = lifts(head, self.collection.starts.take(head.documents), families, self.copies)
        if head.parts is None or not gains.any():
            return head
        parts = head.parts.copy()
        parts[:, _FIRST] = gains
        return replace(head, scores=rounded(head.scores + gains), parts=parts)
