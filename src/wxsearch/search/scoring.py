"""BM25 over title and body (Robertson et al. 1994), for arrays of documents of a collection.

score = sum over leaves of idf * (title weight * sat(title) + sat(body)), with
sat = tf (k1 + 1) / (tf + k1 (1 - b + b length / average length)), and the idf of Lucene,
which is never negative: ln(1 + (N - df + 0.5) / (df + 0.5)). One df for both fields: an
article counts where either has the leaf.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW, OVERFLOW_BYTE, PLAIN, Bytes
from wxsearch.search.evidence import EvidenceWeights
from wxsearch.search.matches import Matches
from wxsearch.search.recency import RecencyWeights
from wxsearch.search.scored_leaves import ScoredLeaves

Scores = NDArray[np.float64]
Rough = NDArray[np.float32]

SIGNIFICANT_DIGITS = 6

# Few scores are rounded one by one faster than together.
_ROUNDED_SINGLY = 35
_ROUNDED = f"%.{SIGNIFICANT_DIGITS}g"
# Powers of ten that are exact.
_POWERS = np.array([float(10**power) for power in range(23)])
_MIDDLE = 1e-6

# Rough scores, and rounding, move a score by less than one part in 10^5: a wider net holds all ties.
MARGIN = 1e-4
# Leaves in more than such a share of the documents may be left out of rough scores, as long as no more
# documents are left for exact ones.
_FREQUENT_SHARE = 0.2
_FEW_CONTENDERS = 500
# It takes some forty bytes for each leaf and document.
_SCORED_AT_ONCE = 20_000

# At most so many scores of which the best one stands for all, and how many such groups there have to be for
# each of the best.
_GROUP = 32
_GROUPS_A_PLACE = 16

_ROUGH_TITLE, _ROUGH_BODY = IN_TITLE.astype(np.float32), IN_BODY.astype(np.float32)
_COUNTS = np.stack((IN_TITLE, IN_BODY)).astype(np.float64)
"""By value: the occurrences in the title and in the body, a row each."""
_PLAIN, _OVERFLOW = np.array(PLAIN, np.uint8), np.array(OVERFLOW, np.uint8)


class Weights(NamedTuple):
    """The constants of the formula, what a title counts beside 1.0 for the body, and what the second
    stage weighs, if there is to be one; `copies` is the margin of precedence.
    """

    k1: float
    b: float
    title: float
    evidence: EvidenceWeights | None = None
    recency: RecencyWeights | None = None
    copies: float = 0.0


class Averages(NamedTuple):
    """What scores need of the whole generation: live articles and their mean lengths."""

    articles: int
    title: float
    body: float


class Gain(NamedTuple):
    """How often a leaf stands in the title and in the body of a document, and what each adds to its score."""

    in_title: int
    in_body: int
    by_title: float
    by_body: float


def inverse_frequency(frequency: int, articles: int) -> float:
    """The idf of a leaf; 0 for one that no article has."""
    return log(1 + (articles - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0


class Scorer:
    """Scores documents of a collection; made once a generation."""

    def __init__(self, lengths: tuple[Counts, Counts], averages: Averages, weights: Weights) -> None:
        self._weights = weights
        self._count = len(lengths[0])
        # Of titles and of bodies, a row each; for all leaves at once.
        self._held_back = np.stack(
            [
                _held_back(lengths[0], averages.title, weights),
                _held_back(lengths[1], averages.body, weights),
            ]
        )
        self._rough_held_back_title, self._rough_held_back = self._held_back.astype(np.float32)
        self._fields = (weights.k1 + 1) * weights.title, weights.k1 + 1

    def held_back(self, documents: Numbers) -> Scores:
        """What the tf in bodies is divided by beside itself."""
        return self._held_back[1].take(documents)

    def exact(self, documents: Numbers, leaves: ScoredLeaves) -> Scores:
        """The scores of documents, from the leaves and their idf."""
        if len(documents) > _SCORED_AT_ONCE:
            parts = np.split(documents, range(_SCORED_AT_ONCE, len(documents), _SCORED_AT_ONCE))
            return np.concatenate([self.exact(part, leaves) for part in parts])
        saturated = self._saturated(self._counts(documents, leaves), documents)
        weights = np.array([field * idf for field in self._fields for idf in leaves.idf])
        scores: Scores = weights @ saturated.reshape(len(weights), len(documents))
        return scores

    def gains(self, document: int, leaves: ScoredLeaves) -> list[Gain]:
        """What makes the exact score of one document: what each of the leaves adds to it."""
        one = np.array([document])
        counts = self._counts(one, leaves)
        (titles, bodies), saturated = counts[..., 0].tolist(), self._saturated(counts, one)[..., 0].tolist()
        of_title, of_body = self._fields
        return [
            Gain(int(title), int(body), of_title * idf * by_title, of_body * idf * by_body)
            for title, body, by_title, by_body, idf in zip(
                titles, bodies, *saturated, leaves.idf, strict=True
            )
        ]

    def _saturated(self, counts: Scores, documents: Numbers) -> Scores:
        """What counts are worth, more and more of them ever less."""
        divisors = self._held_back.take(documents, axis=1)[:, None] + counts
        return np.divide(counts, divisors, out=divisors)

    def _counts(self, documents: Numbers, leaves: ScoredLeaves) -> Scores:
        """How often leaves stand in titles and in bodies: by field, leaf and document."""
        # All leaves at once: the number of calls is what takes time.
        values = leaves.values(documents)
        counts = _COUNTS.take(values, axis=1)
        if OVERFLOW_BYTE in values.tobytes():
            for row, at in zip(*(values == _OVERFLOW).nonzero(), strict=True):
                each = leaves.matches[row].counts(documents[at : at + 1], values[row, at : at + 1])
                counts[:, row, at] = np.concatenate(each)
        return counts

    def contenders(self, documents: Numbers, leaves: ScoredLeaves, most: int) -> Numbers:
        """Those of the documents that can be among the best `most`, by rough scores.

        The more frequent leaves are left out of those as long as what they could add leaves few
        documents to choose from, as in MaxScore (Turtle and Flood 1995).
        """
        is_frequent = list(map(self._is_frequent, leaves.matches))
        rare = [row for row, is_one in enumerate(is_frequent) if not is_one]
        frequent = [row for row, is_one in enumerate(is_frequent) if is_one]
        frequent.sort(key=leaves.idf.__getitem__)
        scores = self._listed(leaves, rare)
        if frequent and not rare:
            self._add_dense(scores, leaves, frequent.pop())
        bound = (self._weights.k1 + 1) * (1 + self._weights.title)
        while True:
            left_out = bound * sum(leaves.idf[row] for row in frequent)
            found = scores.take(documents)
            least = worst_of_best(found, most) * (1 - MARGIN) - left_out
            if least > 0 or not frequent:
                # Few of many: looking for their places first is far faster than choosing by a mask.
                chosen = (found >= least).nonzero()[0]
                if len(chosen) <= _FEW_CONTENDERS or not frequent:
                    return documents.take(chosen)
            self._add_dense(scores, leaves, frequent.pop())

    def _is_frequent(self, matches: Matches) -> bool:
        return matches.is_dense or matches.frequency > _FREQUENT_SHARE * self._count

    def _listed(self, leaves: ScoredLeaves, rows: Sequence[int]) -> Rough:
        """Scores by lists of documents, all at once."""
        if not rows:
            return np.zeros(self._count, np.float32)
        together = leaves.together(rows)
        gained, over = self._roughly(together.values, together.documents)
        if len(over):
            of = together.leaf_of(over)
            for row in set(of.tolist()):
                places = over[of == row]
                gained[places] = self._overflowing(leaves.matches[row], together.documents[places])
        factors = self._factors([leaves.idf[row] for row in rows])
        gained *= factors.repeat([leaves.matches[row].frequency for row in rows])
        return np.bincount(together.documents, gained, self._count).astype(np.float32)

    def _add_dense(self, scores: Rough, leaves: ScoredLeaves, row: int) -> None:
        matches = leaves.matches[row]
        gained, over = self._roughly(matches.dense, None)
        if len(over):
            gained[over] = self._overflowing(matches, over)
        gained *= self._factors([leaves.idf[row]])
        scores += gained

    def _factors(self, idf: Sequence[float]) -> Rough:
        return np.array([each * (self._weights.k1 + 1) for each in idf], np.float32)

    def _roughly(self, values: Bytes, documents: Numbers | None) -> tuple[Rough, Numbers]:
        """What documents, or all there are, gain by their values, before idf and k1 + 1.

        And the places of those whose value does not say it.
        """
        # As far as a value says how often in the body alone, it is that number.
        held_back = self._rough_held_back if documents is None else self._rough_held_back.take(documents)
        gained = values.astype(np.float32)
        gained /= gained + held_back
        special = (values > _PLAIN).nonzero()[0]
        if len(special) == 0:
            return gained, special
        values = values.take(special)
        in_title, in_body = _ROUGH_TITLE.take(values), _ROUGH_BODY.take(values)
        in_title /= in_title + self._rough_held_back_title.take(
            special if documents is None else documents.take(special)
        )
        in_title *= np.float32(self._weights.title)
        in_body /= in_body + held_back.take(special)
        in_title += in_body
        gained[special] = in_title
        return gained, special.take((values == _OVERFLOW).nonzero()[0])

    def _overflowing(self, matches: Matches, documents: Numbers) -> Scores:
        """The same of documents whose value does not say it."""
        in_title, in_body = matches.counts(documents, np.full(len(documents), OVERFLOW, np.uint8))
        held_back_title, held_back = self._held_back
        by_title = in_title / (in_title + held_back_title.take(documents))
        return self._weights.title * by_title + in_body / (in_body + held_back.take(documents))


def worst_of_best(scores: Rough | Scores, most: int) -> float:
    """No more than the last of the best `most` scores, and 0 where there are not so many.

    Of many scores those compared are the best of each group, since most are alike, and
    partitioning is slow with equal numbers.
    """
    group = min(len(scores) // (max(most, 1) * _GROUPS_A_PLACE), _GROUP)
    if group > 1:
        columns = len(scores) // group
        scores = scores[: columns * group].reshape(group, columns).max(axis=0)
    place = len(scores) - most
    if place < 0:
        return 0.0
    scores = scores.copy()
    scores.partition(place)
    return float(scores[place])


def rounded(scores: Scores) -> Scores:
    """Scores to six significant digits, so that the order of sums cannot break ties."""
    if len(scores) <= _ROUNDED_SINGLY:
        return _rounded_singly(scores)
    with np.errstate(divide="ignore"):
        digits = SIGNIFICANT_DIGITS - 1 - np.floor(np.log10(scores))
    fitting = (digits >= 0) & (digits < len(_POWERS))
    powers = _POWERS.take(np.where(fitting, digits, 0).astype(np.intp))
    scaled = scores * powers
    found: Scores = np.rint(scaled) / powers
    # Near the middle between two, and near a power of ten, a product says too little.
    least, most = 10.0 ** (SIGNIFICANT_DIGITS - 1), 10.0**SIGNIFICANT_DIGITS - 1
    doubtful = ~fitting | (np.abs(scaled % 1 - 0.5) < _MIDDLE) | (scaled < least) | (scaled > most)
    found[doubtful] = _rounded_singly(scores[doubtful])
    return found


def _rounded_singly(scores: Scores) -> Scores:
    return np.array([float(_ROUNDED % score) for score in scores.tolist()], dtype=np.float64)


def _held_back(lengths: Counts, average: float, weights: Weights) -> Scores:
    relative = lengths / average if average else np.zeros(len(lengths))
    # Never 0, so that no match at all is 0 / more than 0.
    return np.maximum(weights.k1 * (1 - weights.b + weights.b * relative), 1e-12)
