"""The figures that wxsearch has to reach on the real articles, and what they came out at."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from wxsearch.benchmarks.comparison import ALL, YARDSTICK, EngineReport, Material
from wxsearch.benchmarks.corpus import NEWS
from wxsearch.benchmarks.growth import Growth
from wxsearch.benchmarks.product import Product

_OURS = "wxsearch"
_KINDS = ("and", "or", "phrase", "filter")
_MB = 1e6


class Gate(Struct, frozen=True, kw_only=True):
    """A figure that is required: at most `most` or at least `least`, and what was measured."""

    figure: str
    most: float | None = None
    least: float | None = None
    measured: float

    @property
    def reached(self) -> bool:
        """Whether the figure is what it has to be."""
        above = self.most is not None and self.measured > self.most
        below = self.least is not None and self.measured < self.least
        return not (above or below)


def required_of(material: Material, names: Sequence[str]) -> bool:
    """Whether figures are required of such a run: all of the real, once or four times."""
    whole = material.origin == NEWS and material.whole and {_OURS, YARDSTICK} <= set(names)
    return whole and material.articles in (material.originals, 4 * material.originals)


def gates(
    material: Material,
    engines: Mapping[str, EngineReport],
    product: Product | None,
    growth: Growth | None,
) -> list[Gate]:
    """The gates of the run; none where nothing is required of it."""
    if not required_of(material, list(engines)) or product is None:
        return []
    ours = engines[_OURS]
    ratios = {kind: timing.ratio for kind, timing in ours.timings.items() if timing.ratio is not None}
    if material.articles > material.originals:
        return [*_enlarged(ratios), *_grown(growth)]
    p99 = ours.timings[ALL].cpu_ms["p99"], engines[YARDSTICK].timings[ALL].cpu_ms["p99"]
    return [*_speed(ratios, p99), *_product(product), *_size(ours), *_grown(growth)]


def _speed(ratios: Mapping[str, float], p99: tuple[float, float]) -> Iterator[Gate]:
    yield Gate(figure="all, x", most=0.6, measured=ratios[ALL])
    for kind in _KINDS:
        yield Gate(figure=f"{kind}, x", most=1.0, measured=ratios[kind])
    yield Gate(figure="all, p99 ms: tantivy's", most=p99[1], measured=p99[0])
    yield Gate(figure="heavy, x", most=0.8, measured=ratios["heavy"])


def _product(product: Product) -> Iterator[Gate]:
    containment = product.containment
    yield Gate(figure="typed query to tree, ms", most=0.15, measured=product.typed_to_tree_ms)
    yield Gate(figure="second stage adds, ms", most=1, measured=product.second_stage_ms)
    yield Gate(figure="second stage, x the rest of its answer", most=2, measured=product.second_stage_x)
    yield Gate(figure="worst string, first time, ms", most=20, measured=containment.first_ms["max"])
    yield Gate(figure="worst string, again, ms", most=1, measured=containment.again_ms["max"])
    yield Gate(figure="fresh process, ms", most=400, measured=product.fresh_search_ms)


def _size(ours: EngineReport) -> Iterator[Gate]:
    yield Gate(figure="articles/CPU s from lines", least=2000, measured=ours.indexing.from_lines)
    yield Gate(figure="index bytes / text bytes", most=1.1, measured=ours.bytes_ratio)
    if ours.opened_bytes is not None:
        yield Gate(figure="own MB, opened", most=80, measured=ours.opened_bytes / _MB)


def _enlarged(ratios: Mapping[str, float]) -> Iterator[Gate]:
    yield Gate(figure="all, x, four times the articles", most=0.7, measured=ratios[ALL])
    yield Gate(figure="or, x, four times the articles", most=1.0, measured=ratios["or"])


def _grown(growth: Growth | None) -> Iterator[Gate]:
    if growth is None or _OURS not in growth.medians or growth.larger != 4 * growth.smaller:
        return
    for kind in _KINDS:
        most = 3 if kind == "or" else 2
        yield Gate(figure=f"{kind}, growth of p50", most=most, measured=growth.medians[_OURS][kind])
