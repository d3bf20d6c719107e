"""How times grow with the corpus: two runs over different multiples of the same articles."""

from collections.abc import Mapping
from operator import itemgetter

from msgspec import Struct

from wxsearch.benchmarks.comparison import EngineReport, Material
from wxsearch.errors import InvalidRequest


class Growth(Struct, frozen=True, kw_only=True):
    """From `smaller` to `larger` articles: ratios of the median processor times, a kind each."""

    smaller: int
    larger: int
    medians: dict[str, dict[str, float]]


def require_comparable(material: Material, other: Material) -> None:
    """Raises InvalidRequest unless the same questions meet different multiples of the same articles."""
    if (material.origin, material.originals, material.questions) != (
        other.origin,
        other.originals,
        other.questions,
    ):
        raise InvalidRequest("--compare: the other run had other articles or other questions")
    if material.articles == other.articles:
        raise InvalidRequest("--compare: the other run had as many articles; give this one another --times")


def growth(
    articles: int,
    engines: Mapping[str, EngineReport],
    other_articles: int,
    others: Mapping[str, EngineReport],
) -> Growth:
    """The growth of every engine that is in both runs, whichever of them is the larger."""
    runs = sorted([(articles, engines), (other_articles, others)], key=itemgetter(0))
    (smaller, before), (larger, after) = runs
    return Growth(
        smaller=smaller,
        larger=larger,
        medians={name: _ratios(before[name], after[name]) for name in engines if name in others},
    )


def _ratios(before: EngineReport, after: EngineReport) -> dict[str, float]:
    return {
        kind: timing.cpu_ms["p50"] / before.timings[kind].cpu_ms["p50"]
        for kind, timing in after.timings.items()
    }
