"""The ranking of wxsearch as a weighting for Whoosh's Searcher."""

from functools import cached_property
from math import inf
from typing import Any, Literal, NamedTuple

from whoosh.scoring import BaseScorer, WeightingModel, WeightScorer

from wxsearch.query.tree import Leaf
from wxsearch.search.leaf_plan import Term, plan_leaf
from wxsearch.search.scoring import SIGNIFICANT_DIGITS, inverse_frequency
from wxsearch.whoosh_door.finding import Finder


class _Scored(NamedTuple):
    text: Literal["title", "body"]
    kind: Literal["string", "run"]


_SCORED = {
    "title": _Scored("title", "string"),
    "title_runs": _Scored("title", "run"),
    "body": _Scored("body", "string"),
    "body_runs": _Scored("body", "run"),
}
# Equal scores are moved apart by less than their last digit.
_APART = 1e-9


class TitleAndBody(WeightingModel):
    """Scores as the first stage of wxsearch does (search/scoring.py), for indexes of wxsearch.

    What wxsearch asks for as one leaf is Or([Term("title", text), Term("body", text)]) here.
    Equal scores are newest first, undated last, then by id: Whoosh orders them by document,
    so the scores say it in digits behind the sixth.
    """

    use_final = True

    def __init__(self, k1: float, b: float, title_weight: float) -> None:
        self.k1 = k1
        self.b = b
        self.title_weight = title_weight

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> BaseScorer:  # noqa: ARG002 - Whoosh's signature
        """See WeightingModel; terms of other fields count 1."""
        scored = _SCORED.get(fieldname)
        if scored is None:
            return WeightScorer(1.0)
        return _TextScorer(self, _finder(searcher), scored, text.decode())

    def final(self, searcher: Any, docnum: int, score: float) -> float:
        """The score to six significant digits, a trifle lower for what is to come later.

        Not higher: Whoosh leaves out what by its own bounds cannot reach the hits it has.
        """
        documents = _finder(searcher).documents
        rounded = float(f"{score:.{SIGNIFICANT_DIGITS}g}")
        return rounded * (1 - _APART * int(documents.places[docnum]) / documents.count)


class _TextScorer(BaseScorer):
    def __init__(self, weighting: TitleAndBody, finder: Finder, scored: _Scored, text: str) -> None:
        self._weighting = weighting
        self._finder = finder
        self._scored = scored
        self._text = text

    def score(self, matcher: Any) -> float:
        """What the term adds to the score of a document."""
        weighting, frequency = self._weighting, matcher.weight()
        relative = int(self._lengths[matcher.id()]) / self._average
        held_back = weighting.k1 * (1 - weighting.b + weighting.b * relative)
        return float(self._factor * frequency * (weighting.k1 + 1) / (frequency + held_back))

    def max_quality(self) -> float:
        """No bound: rounding may lift a score above any that is exact."""
        return inf

    @cached_property
    def _factor(self) -> float:
        # Only now: a prefix has thousands of terms, of which Whoosh then asks no score.
        leaf = Leaf(self._text, quoted=True)
        parts = plan_leaf(leaf).parts if self._scored.kind == "string" else (Term("run", self._text),)
        frequency = min(map(self._finder.frequency, parts))
        idf = inverse_frequency(frequency, self._finder.documents.total)
        return idf * (self._weighting.title_weight if self._scored.text == "title" else 1.0)

    @cached_property
    def _lengths(self) -> Any:
        return self._finder.documents.lengths[self._scored.text]

    @cached_property
    def _average(self) -> float:
        documents = self._finder.documents
        return float(self._lengths[documents.live].sum()) / documents.total


def _finder(searcher: Any) -> Finder:
    reader = searcher.reader()
    finder: Finder = reader.codec().finder(reader.storage(), reader.segment())
    return finder
