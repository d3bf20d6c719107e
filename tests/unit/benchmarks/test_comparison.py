"""The comparison of engines over made-up measurements."""

import pytest

from wxsearch.benchmarks.comparison import report_engines, yardstick


def test_ratios_are_to_tantivy_and_leave_heavy_questions_apart(engines):
    """`all` is the geometric mean over everything but the heavy questions."""
    ratios = {kind: timing.ratio for kind, timing in engines["wxsearch"].timings.items()}
    assert ratios == pytest.approx(
        {"all": 6.0, "and": 4.0, "or": 9.0, "phrase": 6.0, "filter": 6.0, "heavy": 10.0}
    )
    assert {timing.ratio for timing in engines["tantivy"].timings.values()} == {1.0}


def test_without_tantivy_there_are_no_ratios(made_up_corpus, one_of_each, built, asked):
    """Ratios are to tantivy or absent, never silently to another engine."""
    ours = ({"wxsearch": measured["wxsearch"]} for measured in (built, asked))
    alone = report_engines(made_up_corpus, one_of_each, *ours)
    assert {timing.ratio for timing in alone["wxsearch"].timings.values()} == {None}


def test_rates_count_reading_and_cutting_for_everyone(engines):
    """From lines a rival bears the cutting too; from tokens wxsearch is relieved of it."""
    ours, theirs = engines["wxsearch"].indexing, engines["tantivy"].indexing
    assert (ours.from_lines, ours.from_tokens, ours.derived) == (200, 1000, "from_tokens")
    assert (theirs.from_lines, theirs.from_tokens, theirs.derived) == (200, 1000, "from_lines")


def test_differences_are_counted_and_named(engines, one_of_each):
    """A total that differs lowers the share of its kind and is listed with both totals."""
    ours = engines["wxsearch"]
    assert {kind: agreement.counts_equal for kind, agreement in ours.agreement.items()} == {
        "all": 1, "and": 1, "or": 1, "phrase": 1, "filter": 1, "heavy": 0,
    }  # fmt: skip
    assert [(each.question, each.total, each.expected) for each in ours.differences] == [
        (one_of_each[4], 4, 3)
    ]
    assert engines["tantivy"].differences == []


def test_a_higher_total_misses_nothing(engines):
    """Whether a total is lower than the yardstick's is told apart from whether it is equal."""
    assert {agreement.totals_reached for agreement in engines["wxsearch"].agreement.values()} == {1.0}


def test_a_lower_total_is_counted(made_up_corpus, one_of_each, built, asked):
    """Where the yardstick finds more, the share of its kind says so."""
    swapped = {"wxsearch": asked["tantivy"], "tantivy": asked["wxsearch"]}
    ours = report_engines(made_up_corpus, one_of_each, built, swapped)["wxsearch"]
    assert (ours.agreement["heavy"].totals_reached, ours.agreement["all"].totals_reached) == (0, 1)


def test_sizes_and_empty_answers(engines):
    """Index bytes are set against text bytes; questions without hits are counted."""
    assert engines["tantivy"].bytes_ratio == 1.5
    assert engines["tantivy"].timings["all"].without_hits == 1
    assert engines["tantivy"].timings["all"].wall_ms["max"] == 2.0


@pytest.mark.parametrize("names", [("wxsearch", "tantivy"), ("whoosh", "sqlite")])
def test_yardstick_is_tantivy_where_it_takes_part(names):
    """Agreement is with tantivy, else with the first engine."""
    assert yardstick(names) == ("tantivy" if "tantivy" in names else "whoosh")
