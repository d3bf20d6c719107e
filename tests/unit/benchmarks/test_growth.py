"""How times grow from one run to another."""

import pytest
from msgspec.structs import replace

from wxsearch.benchmarks.comparison import describe_material
from wxsearch.benchmarks.growth import growth, require_comparable
from wxsearch.errors import InvalidRequest


@pytest.fixture
def material(made_up_corpus, one_of_each):
    return describe_material(made_up_corpus, one_of_each, 3, whole=True)


def slower(engines, times):
    """The same figures with every median so many times as large."""
    return {
        name: replace(
            engine,
            timings={
                kind: replace(timing, cpu_ms=timing.cpu_ms | {"p50": times * timing.cpu_ms["p50"]})
                for kind, timing in engine.timings.items()
            },
        )
        for name, engine in engines.items()
    }


@pytest.mark.parametrize("larger_first", [True, False])
def test_growth_goes_from_the_smaller_run_to_the_larger(engines, larger_first):
    """Whichever run is the present one, the ratio is larger to smaller."""
    runs = [(1000, engines), (4000, slower(engines, 3.0))]
    if larger_first:
        runs.reverse()
    grown = growth(*runs[0], *runs[1])
    assert (grown.smaller, grown.larger) == (1000, 4000)
    assert grown.medians.keys() == {"wxsearch", "tantivy"}
    for ratios in grown.medians.values():
        assert ratios == dict.fromkeys(("all", "and", "or", "phrase", "filter", "heavy"), 3.0)


def test_engines_of_one_run_only_are_left_out(engines):
    """Growth needs both runs."""
    assert growth(1000, engines, 4000, {"tantivy": engines["tantivy"]}).medians.keys() == {"tantivy"}


@pytest.mark.parametrize(
    "change",
    [{"origin": "other"}, {"originals": 500}, {"questions": {"and": 1}}, {"articles": 1000}],
    ids=lambda change: next(iter(change)),
)
def test_runs_that_do_not_compare_are_refused(material, change):
    """The same questions over another multiple of the same articles, or nothing."""
    other = replace(material, articles=4000)
    require_comparable(material, other)
    with pytest.raises(InvalidRequest, match="--compare"):
        require_comparable(material, replace(other, **change))
