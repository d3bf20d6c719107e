"""The report over made-up measurements."""

import io

import pytest
from rich.console import Console

from wxsearch.benchmarks.contender import Answer
from wxsearch.benchmarks.corpus import Corpus
from wxsearch.benchmarks.machine import describe_machine
from wxsearch.benchmarks.measurement import Asked
from wxsearch.benchmarks.product import Product
from wxsearch.benchmarks.queries import Question
from wxsearch.benchmarks.report import Report, describe_material, report_engines, yardstick
from wxsearch.benchmarks.table import print_report
from wxsearch.benchmarks.worker import Building

CORPUS = Corpus(
    lines="", cut="", origin="generated", articles=1000, tokens=5000, text_bytes=2_000_000, paths=[()],
    reading_seconds=1.0, cutting_seconds=3.0,
)  # fmt: skip
QUESTIONS = [
    Question(kind="and", words=("a", "b")),
    Question(kind="or", words=("a", "b")),
    Question(kind="heavy", words=("的",)),
]


def _building(cpu_seconds, *, cuts_itself=False):
    return Building(
        version="1", cuts_itself=cuts_itself, cpu_seconds=cpu_seconds, wall_seconds=2 * cpu_seconds,
        peak_bytes=100, index_bytes=3_000_000,
    )  # fmt: skip


def _asked(cpu_ms, totals=(0, 2, 3)):
    answers = [Answer(total=total, top=[], categories={}, months={}) for total in totals]
    return Asked(cpu_ms=cpu_ms, wall_ms=[2 * ms for ms in cpu_ms], answers=answers, peak_bytes=50)


BUILT = {"wxsearch": _building(5.0, cuts_itself=True), "tantivy": _building(1.0)}
ASKED = {"wxsearch": _asked([4.0, 9.0, 100.0], totals=(0, 2, 4)), "tantivy": _asked([1.0, 1.0, 10.0])}


@pytest.fixture(scope="module")
def engines():
    return report_engines(CORPUS, QUESTIONS, BUILT, ASKED)


def test_ratios_are_to_tantivy_and_leave_heavy_questions_apart(engines):
    """`all` is the geometric mean over everything but the heavy questions."""
    ratios = {kind: timing.ratio for kind, timing in engines["wxsearch"].timings.items()}
    assert ratios == pytest.approx({"all": 6.0, "and": 4.0, "or": 9.0, "heavy": 10.0})
    assert {timing.ratio for timing in engines["tantivy"].timings.values()} == {1.0}


def test_without_tantivy_there_are_no_ratios():
    """Ratios are to tantivy or absent, never silently to another engine."""
    alone = report_engines(
        CORPUS, QUESTIONS, {"wxsearch": BUILT["wxsearch"]}, {"wxsearch": ASKED["wxsearch"]}
    )
    assert {timing.ratio for timing in alone["wxsearch"].timings.values()} == {None}


def test_rates_count_reading_and_cutting_for_everyone(engines):
    """From lines a rival bears the cutting too; from tokens wxsearch is relieved of it."""
    ours, theirs = engines["wxsearch"].indexing, engines["tantivy"].indexing
    assert (ours.from_lines, ours.from_tokens, ours.derived) == (200, 1000, "from_tokens")
    assert (theirs.from_lines, theirs.from_tokens, theirs.derived) == (200, 1000, "from_lines")


def test_differences_are_counted_and_named(engines):
    """A total that differs lowers the share of its kind and is listed with both totals."""
    ours = engines["wxsearch"]
    assert {kind: agreement.counts_equal for kind, agreement in ours.agreement.items()} == {
        "all": 1, "and": 1, "or": 1, "heavy": 0,
    }  # fmt: skip
    assert [(each.question, each.total, each.expected) for each in ours.differences] == [(QUESTIONS[2], 4, 3)]
    assert engines["tantivy"].differences == []


def test_sizes_and_empty_answers(engines):
    """Index bytes are set against text bytes; questions without hits are counted."""
    assert engines["tantivy"].bytes_ratio == 1.5
    assert engines["tantivy"].timings["all"].without_hits == 1
    assert engines["tantivy"].timings["all"].wall_ms["max"] == 2.0


@pytest.mark.parametrize("names", [("wxsearch", "tantivy"), ("whoosh", "sqlite")])
def test_yardstick_is_tantivy_where_it_takes_part(names):
    """Agreement is with tantivy, else with the first engine."""
    assert yardstick(names) == ("tantivy" if "tantivy" in names else "whoosh")


def test_table_has_a_column_an_engine_and_the_ratios(engines):
    """What is printed is a Markdown table with the figures of every engine."""
    report = Report(
        machine=describe_machine((1.0, 1.0, 1.0)),
        material=describe_material(CORPUS, QUESTIONS, 3),
        yardstick="tantivy",
        engines=engines,
        product=Product(typed_to_tree_ms=0.5, fresh_search_ms=400.0),
    )
    printed = io.StringIO()
    print_report(report, Console(file=printed, width=140))
    rows = {
        cells[0]: cells[1:]
        for line in printed.getvalue().splitlines()
        if line.startswith("|")
        for cells in [[cell.strip() for cell in line.strip().strip("|").split("|")]]
    }
    assert rows[""] == ["wxsearch", "tantivy"]
    assert rows["all, x"] == ["6.00", "1.00"]
    assert rows["heavy, ms"] == ["100 / 100 / 100", "10 / 10 / 10"]
    assert rows["articles/CPU s from tokens"] == ["~1,000", "1,000"]
    assert "400 ms of wall time" in printed.getvalue()
