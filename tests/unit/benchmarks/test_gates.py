"""The figures that are required of wxsearch."""

import pytest
from msgspec.structs import replace

from wxsearch.benchmarks.comparison import describe_material
from wxsearch.benchmarks.corpus import NEWS
from wxsearch.benchmarks.gates import Gate, gates, required_of
from wxsearch.benchmarks.growth import Growth

KINDS = ("and", "or", "phrase", "filter")
NAMES = ["wxsearch", "tantivy"]


@pytest.fixture
def material(made_up_corpus, one_of_each):
    described = describe_material(made_up_corpus, one_of_each, 3, whole=True)
    return replace(described, origin=NEWS)


@pytest.fixture
def enlarged(material):
    return replace(material, articles=4 * material.originals)


@pytest.mark.parametrize(
    ("measured", "reached"),
    [(0.6, True), (0.61, False), (0.1, True)],
)
def test_an_upper_bound_is_reached_at_itself(measured, reached):
    """At most 0.6 allows 0.6 and not more."""
    assert Gate(figure="x", most=0.6, measured=measured).reached is reached


@pytest.mark.parametrize(("measured", "reached"), [(2000, True), (1999.9, False), (9000, True)])
def test_a_lower_bound_is_reached_at_itself(measured, reached):
    """At least 2,000 allows 2,000 and not less."""
    assert Gate(figure="x", least=2000, measured=measured).reached is reached


def test_every_figure_has_a_gate(material, engines, product):
    """What was measured is held against what is required, figure by figure."""
    found = {gate.figure: (gate.measured, gate.reached) for gate in gates(material, engines, product, None)}
    assert found == {
        "all, x": (pytest.approx(6.0), False),
        "and, x": (pytest.approx(4.0), False),
        "or, x": (pytest.approx(9.0), False),
        "phrase, x": (pytest.approx(6.0), False),
        "filter, x": (pytest.approx(6.0), False),
        "all, p99 ms: tantivy's": (pytest.approx(8.91), False),
        "heavy, x": (pytest.approx(10.0), False),
        "typed query to tree, ms": (0.5, False),
        "second stage adds, ms": (0.7, True),
        "second stage, x the rest of its answer": (1.5, True),
        "worst string, first time, ms": (15.0, True),
        "worst string, again, ms": (0.5, True),
        "fresh process, ms": (400.0, True),
        "articles/CPU s from lines": (200.0, False),
        "index bytes / text bytes": (1.5, False),
        "own MB, opened": (30.0, True),
    }


def test_enlarged_corpus_has_gates_of_its_own(enlarged, engines, product):
    """At four times the articles the ratios may be higher, and growth is bounded."""
    grown = Growth(smaller=1000, larger=4000, medians={"wxsearch": dict.fromkeys(KINDS, 2.5)})
    found = {gate.figure: gate.reached for gate in gates(enlarged, engines, product, grown)}
    assert found == {
        "all, x, four times the articles": False,
        "or, x, four times the articles": False,
        "and, growth of p50": False,
        "or, growth of p50": True,
        "phrase, growth of p50": False,
        "filter, growth of p50": False,
    }


def test_growth_counts_from_either_side_and_only_over_four_times(material, enlarged, engines, product):
    """A comparison with four times the articles gives the gates of growth, any other does not."""
    medians = {"wxsearch": dict.fromkeys(KINDS, 1.0)}
    for larger, count in ((4000, 4), (2000, 0)):
        grown = Growth(smaller=1000, larger=larger, medians=medians)
        for each in (material, enlarged):
            found = gates(each, engines, product, grown)
            assert sum("growth" in gate.figure for gate in found) == count


def test_nothing_is_required_of_other_runs(material, engines, product):
    """Generated articles, parts of the real ones, other multiples and other engines have no gates."""
    others = [{"origin": "generated"}, {"whole": False}, {"articles": 2 * material.originals}]
    for change in others:
        assert not required_of(replace(material, **change), NAMES)
        assert gates(replace(material, **change), engines, product, None) == []
    assert not required_of(material, ["wxsearch", "sqlite"])
    assert not required_of(material, ["tantivy"])


def test_memory_that_is_not_told_has_no_gate(material, engines, product):
    """Where the system does not tell a process's own memory nothing is claimed of it."""
    untold = engines | {"wxsearch": replace(engines["wxsearch"], opened_bytes=None)}
    found = {gate.figure for gate in gates(material, untold, product, None)}
    assert "own MB, opened" not in found
    assert "all, x" in found
