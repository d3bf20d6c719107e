"""BM25 over title and body (Robertson et al. 1994), for arrays of documents of a collection.

score = sum over leaves of idf * (title weight * sat(title) + sat(body)), with
sat = tf (k1 + 1) / (tf + k1 (1 - b + b length / average length)), and the idf of Lucene,
which is never negative: ln(1 + (N - df + 0.5) / (df + 0.5)). One df for both fields: an
article counts where either has the leaf.
"""

from collections.abc import Sequence
from math import log
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.segment.decoding import Counts, Numbers
from wxsearch.index.segment.values import IN_BODY, IN_TITLE, OVERFLOW, PLAIN, Bytes
from wxsearch.search.evidence import EvidenceWeights
from wxsearch.search.matches import Matches, values_at
from wxsearch.search.recency import RecencyWeights

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
_MARGIN = 1e-4
# Leaves in more than such a share of the documents may be left out of rough scores, as long as no more
# documents are left for exact ones.
_FREQUENT_SHARE = 0.2
_FEW_CONTENDERS = 500

# At most so many scores of which the best one stands for all, and how many such groups there have to be for
# each of the best.
_GROUP = 32
_GROUPS_A_PLACE = 16

_ROUGH_TITLE, _ROUGH_BODY = IN_TITLE.astype(np.float32), IN_BODY.astype(np.float32)
_IN_TITLE, _IN_BODY = IN_TITLE.astype(np.float64), IN_BODY.astype(np.float64)
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
        self._held_back_title = _held_back(lengths[0], averages.title, weights)
        self._held_back = _held_back(lengths[1], averages.body, weights)
        self._rough_held_back = self._held_back.astype(np.float32)
        self._rough_held_back_title = self._held_back_title.astype(np.float32)

    def held_back(self, documents: Numbers) -> Scores:
        """What the tf in bodies is divided by beside itself."""
        return self._held_back.take(documents)

    def exact(self, documents: Numbers, leaves: Sequence[tuple[Matches, float]]) -> Scores:
        """The scores of documents, from the leaves and their idf, in the order of the leaves."""
        in_title, in_body = self._frequencies(documents, leaves)
        saturated = in_body
        saturated /= in_body + self._held_back.take(documents)
        if in_title is not None:
            in_title /= in_title + self._held_back_title.take(documents)
            in_title *= self._weights.title
            saturated += in_title
        scores: Scores = np.array([idf for _, idf in leaves]) @ saturated
        scores *= self._weights.k1 + 1
        return scores

    def gains(self, document: int, leaves: Sequence[tuple[Matches, float]]) -> list[Gain]:
        """What makes the exact score of one document: what each of the leaves adds to it."""
        one = np.array([document])
        in_title, in_body = self._frequencies(one, leaves)
        if in_title is None:
            in_title = np.zeros_like(in_body)
        by_title = self._weights.title * (in_title / (in_title + self._held_back_title.take(one)))
        by_body = in_body / (in_body + self._held_back.take(one))
        weights = (self._weights.k1 + 1) * np.array([[idf] for _, idf in leaves])
        rows = np.hstack((in_title, in_body, weights * by_title, weights * by_body)).tolist()
        return [Gain(int(title), int(body), *gained) for title, body, *gained in rows]

    def _frequencies(
        self, documents: Numbers, leaves: Sequence[tuple[Matches, float]]
    ) -> tuple[Scores | None, Scores]:
        """How often leaves stand in titles, None where none does, and in bodies."""
        # All leaves at once, a row each: the number of calls is what takes time.
        values = np.empty((len(leaves), len(documents)), np.uint8)
        for row, (matches, _) in enumerate(leaves):
            values[row] = values_at(matches, documents)
        in_body = _IN_BODY.take(values)
        if not np.count_nonzero(values > _PLAIN):
            return None, in_body
        in_title = _IN_TITLE.take(values)
        for row, at in zip(*(values == _OVERFLOW).nonzero(), strict=True):
            counts = leaves[row][0].counts(documents[at : at + 1], values[row, at : at + 1])
            in_title[row, at], in_body[row, at] = (float(count[0]) for count in counts)
        return in_title, in_body

    def contenders(self, documents: Numbers, leaves: Sequence[tuple[Matches, float]], most: int) -> Numbers:
        """Those of the documents that can be among the best `most`, by rough scores.

        The more frequent leaves are left out of those as long as what they could add leaves few
        documents to choose from, as in MaxScore (Turtle and Flood 1995).
        """
        rare = [(matches, idf) for matches, idf in leaves if not self._is_frequent(matches)]
        frequent = [(matches, idf) for matches, idf in leaves if self._is_frequent(matches)]
        frequent.sort(key=itemgetter(1))
        scores = self._listed(rare)
        if frequent and not rare:
            self._add_dense(scores, *frequent.pop())
        bound = (self._weights.k1 + 1) * (1 + self._weights.title)
        while True:
            left_out = bound * sum(idf for _, idf in frequent)
            found = scores.take(documents)
            least = worst_of_best(found, most) * (1 - _MARGIN) - left_out
            if least > 0 or not frequent:
                # Few of many: looking for their places first is far faster than choosing by a mask.
                chosen = (found >= least).nonzero()[0]
                if len(chosen) <= _FEW_CONTENDERS or not frequent:
                    return documents.take(chosen)
            self._add_dense(scores, *frequent.pop())

    def _is_frequent(self, matches: Matches) -> bool:
        return matches.is_dense or matches.frequency > _FREQUENT_SHARE * self._count

    def _listed(self, leaves: Sequence[tuple[Matches, float]]) -> Rough:
        """Scores by lists of documents, all at once."""
        if not leaves:
            return np.zeros(self._count, np.float32)
        documents = np.concatenate([matches.documents for matches, _ in leaves])
        values = np.concatenate([matches.values for matches, _ in leaves])
        frequencies = [matches.frequency for matches, _ in leaves]
        gained, over = self._roughly(values, documents)
        if len(over):
            of = np.searchsorted(np.cumsum(frequencies), over, "right")
            for number in set(of.tolist()):
                places = over[of == number]
                gained[places] = self._overflowing(leaves[number][0], documents[places])
        gained *= np.repeat(self._factors(leaves), frequencies)
        return np.bincount(documents, gained, self._count).astype(np.float32)

    def _add_dense(self, scores: Rough, matches: Matches, idf: float) -> None:
        gained, over = self._roughly(matches.dense, None)
        if len(over):
            gained[over] = self._overflowing(matches, over)
        gained *= self._factors([(matches, idf)])
        scores += gained

    def _factors(self, leaves: Sequence[tuple[Matches, float]]) -> Rough:
        return np.array([idf * (self._weights.k1 + 1) for _, idf in leaves], np.float32)

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
        return in_body / (in_body + self._held_back[documents]) + self._weights.title * in_title / (
            in_title + self._held_back_title[documents]
        )


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
