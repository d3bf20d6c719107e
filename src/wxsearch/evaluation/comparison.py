"""Two rankings of the same queries, compared query by query."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from wxsearch.evaluation.bootstrap import figures
from wxsearch.evaluation.collection import Collection
from wxsearch.evaluation.measures import MEASURES, measured

# What is less is the noise of sums.
_EQUAL = 1e-9


class Difference(Struct, frozen=True):
    """The mean of the differences with its 95 % interval, and how many queries became what."""

    mean: float
    low: float
    high: float
    better: int
    worse: int
    equal: int


class Comparison(Struct, frozen=True):
    """What changed since an earlier run, by measure; more is better."""

    run: str
    queries: int
    measures: dict[str, Difference]


def compare(
    collection: Collection,
    rankings: Mapping[str, Sequence[str]],
    earlier: Mapping[str, Sequence[str]],
    name: str,
) -> Comparison:
    """Compares with the rankings of an earlier run; a query that it does not have had no hits there."""
    judged = collection.judged()
    differences = measured(rankings, collection.judgements, judged) - measured(
        earlier, collection.judgements, judged
    )
    changes = {
        measure: Difference(
            figure.mean,
            figure.low,
            figure.high,
            better=int((column > _EQUAL).sum()),
            worse=int((column < -_EQUAL).sum()),
            equal=int((abs(column) <= _EQUAL).sum()),
        )
        for measure, figure, column in zip(MEASURES, figures(differences), differences.T, strict=True)
    }
    return Comparison(name, len(judged), changes)
