"""The second stage of ranking: the best by their leaves are weighed more closely, and stay the best.

It only adds, so that no article behind the head can come before one in it: pages laid
together are one large page.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from wxsearch.index.segment.decoding import Numbers
from wxsearch.search import evidence
from wxsearch.search.evidence import HEADLINE, EvidenceWeights, Grams
from wxsearch.search.families import FamilyCatalog
from wxsearch.search.head import read_head
from wxsearch.search.precedence import lifts
from wxsearch.search.ranked_list import RankedList, merged
from wxsearch.search.ranking import in_order
from wxsearch.search.recency import RecencyWeights, recency
from wxsearch.search.scoring import Scorer, Scores, rounded

PARTS = (*evidence.PARTS, "recency", "first")
"""What the second stage adds, in the order of the parts."""

_RECENCY, _FIRST = PARTS.index("recency"), PARTS.index("first")


class SecondStage(NamedTuple):
    """Weighs the head of some lists, one a segment as the scorers are.

    Without `grams` the query has no wording; without `newest` no article has a date; without
    `families` none has copies, or they are not to be told apart.
    """

    grams: Grams | None
    k1: float
    weights: EvidenceWeights
    recency: RecencyWeights | None
    newest: int | None
    scorers: Sequence[Scorer]
    families: FamilyCatalog | None = None
    copies: float = 0.0

    @property
    def head(self) -> int:
        """How many articles are weighed at most."""
        return self.weights.head

    def reranked(self, lists: Sequence[RankedList]) -> list[RankedList]:
        """The lists with the best of all weighed and in their new order."""
        best = max((each.scores[0] for each in lists if len(each.scores)), default=0.0)
        sizes = self._sizes(lists)
        heads = [
            self._with_parts(
                RankedList(each.segment, each.documents[:size], each.scores[:size]), scorer, best
            )
            for each, scorer, size in zip(lists, self.scorers, sizes, strict=True)
        ]
        heads = _weighed(heads)
        if self.families is not None:
            gains = lifts(heads, self.families, self.copies)
            heads = [_lifted(head, gain) for head, gain in zip(heads, gains, strict=True)]
        return [
            _ordered(head, each, size) if size else each
            for head, each, size in zip(heads, lists, sizes, strict=True)
        ]

    def _sizes(self, lists: Sequence[RankedList]) -> list[int]:
        """How many of each list are weighed."""
        if len(lists) == 1:
            return [self._size(self._read_of(lists[0]))]
        places = [place.segment.segment.name for place in merged(lists, self.head)]
        # The places of a list are in its order.
        read = {each.segment.segment.name: iter(self._read_of(each).tolist()) for each in lists}
        size = self._size(np.array([next(read[name]) for name in places], np.int64))
        counts = Counter(places[:size])
        return [counts[each.segment.segment.name] for each in lists]

    def _read_of(self, ranked: RankedList) -> Numbers:
        """How many characters are read of each of the best of a list."""
        documents = ranked.documents[: self.head]
        title, body = (lengths.take(documents) for lengths in ranked.segment.segment.lengths)
        return title + np.minimum(body, self.weights.head_characters)

    def _size(self, read: Numbers) -> int:
        """How many articles are weighed, given what is read of each: texts cost time, not articles."""
        fitting = int(read.cumsum().searchsorted(self.weights.head_total, side="right"))
        return max(fitting, min(self.weights.head_least, len(read)))

    def _with_parts(self, head: RankedList, scorer: Scorer, best: float) -> RankedList:
        """The head of a list with its parts."""
        return replace(head, parts=self._parts(head, scorer, best)) if len(head.documents) else head

    def _parts(self, ranked: RankedList, scorer: Scorer, best: float) -> Scores:
        """What each article of a list gets, a row each; `best` is the best score of all before."""
        segment, documents = ranked.segment.segment, ranked.documents
        parts = np.zeros((len(documents), len(PARTS)))
        if self.grams is not None:
            texts, headlines = read_head(
                segment,
                documents,
                self.grams.codes,
                self.weights.head_characters,
                self.weights.headline_characters,
            )
            held_back = scorer.held_back(documents)
            parts[:, : len(evidence.PARTS)] = evidence.evidence(
                self.grams, texts, headlines, held_back, self.k1, self.weights
            )
        if self.recency is not None and self.newest is not None:
            parts[:, _RECENCY] = best * recency(segment.columns.starts[documents], self.newest, self.recency)
        return parts


def _weighed(heads: Sequence[RankedList]) -> list[RankedList]:
    """Heads with the scores that their parts give, in the order of before.

    What an article got by a headline that it announces cannot be taken from it: each gets what is missing
    to the most that one of them did.
    """
    found = [head.parts[:, HEADLINE].max() for head in heads if head.parts is not None]
    most = max(found, default=0.0)
    weighed = []
    for head in heads:
        if head.parts is None:
            weighed.append(head)
            continue
        parts = head.parts.copy()
        parts[:, HEADLINE] = most - parts[:, HEADLINE]
        weighed.append(replace(head, scores=rounded(head.scores + parts.sum(axis=1)), parts=parts))
    return weighed


def _lifted(head: RankedList, gains: Scores) -> RankedList:
    if head.parts is None or not gains.any():
        return head
    parts = head.parts.copy()
    parts[:, _FIRST] = gains
    return replace(head, scores=rounded(head.scores + gains), parts=parts)


def _ordered(head: RankedList, whole: RankedList, size: int) -> RankedList:
    """The whole list with its weighed head in the order of the new scores."""
    order = in_order(head.segment.segment.columns, head.documents, head.scores)
    return RankedList(
        whole.segment,
        np.concatenate((head.documents[order], whole.documents[size:])),
        np.concatenate((head.scores[order], whole.scores[size:])),
        None if head.parts is None else head.parts[order],
    )
