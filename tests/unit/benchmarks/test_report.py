"""The report of a run, as a file and as tables."""

import io

import pytest
from msgspec.structs import replace
from rich.console import Console

from wxsearch.benchmarks.comparison import describe_material
from wxsearch.benchmarks.gates import Gate
from wxsearch.benchmarks.growth import Growth
from wxsearch.benchmarks.machine import describe_machine
from wxsearch.benchmarks.report import Report, read_report, write_report
from wxsearch.benchmarks.table import print_report
from wxsearch.errors import InvalidRequest


@pytest.fixture
def report(made_up_corpus, one_of_each, engines, product):
    return Report(
        machine=describe_machine((1.0, 1.0, 1.0)),
        material=describe_material(made_up_corpus, one_of_each, 3, whole=True),
        yardstick="tantivy",
        engines=engines,
        product=product,
        growth=None,
        gates=[],
    )


def printed(report):
    file = io.StringIO()
    print_report(report, Console(file=file, width=140))
    text = file.getvalue()
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return text, {row[0]: row[1:] for row in rows}, rows


def test_table_has_a_column_an_engine_and_the_ratios(report):
    """What is printed is a Markdown table with the figures of every engine."""
    text, rows, _ = printed(report)
    assert rows[""] == ["wxsearch", "tantivy"]
    assert rows["all, x"] == ["6.00", "1.00"]
    assert rows["heavy, ms"] == ["100 / 100 / 100", "10 / 10 / 10"]
    assert rows["all, p99 x"] == ["8.91", "1.00"]
    assert rows["articles/CPU s from tokens"] == ["~1,000", "1,000"]
    assert (rows["own MB, opened"], rows["own MB, all asked"]) == (["30", "30"], ["40", "40"])
    assert "400 ms of wall time" in text
    assert "first 2 / 15 ms, again 0.1 / 0.5 ms; slowest at first: '的发展'" in text
    assert "Growth" not in text
    assert "Required" not in text


def test_memory_that_the_system_does_not_tell_is_left_blank(report):
    """Where the kernel keeps no such figures nothing is made up."""
    engines = {name: replace(engine, own_bytes=None) for name, engine in report.engines.items()}
    assert printed(replace(report, engines=engines))[1]["own MB, all asked"] == ["", ""]


def test_growth_is_a_table_of_its_own(report):
    """Each kind shows how many times longer each engine took."""
    grown = Growth(smaller=1000, larger=4000, medians={"wxsearch": {"or": 2.504}, "tantivy": {"or": 2.1}})
    text, rows, _ = printed(replace(report, growth=grown))
    assert "from 1,000 to 4,000 articles" in text
    assert rows["or, growth"] == ["2.50", "2.10"]


def test_required_figures_come_last(report):
    """Each gate shows what is required, what was measured, and whether that is reached."""
    gates = [Gate(figure="all, x", most=0.6, measured=0.42), Gate(figure="rate", least=2000, measured=1999)]
    _, _, rows = printed(replace(report, gates=gates))
    assert rows[-2:] == [["all, x", "≤ 0.6", "0.42", "reached"], ["rate", "≥ 2000", "1999", "missed"]]


def test_a_report_is_read_as_it_was_written(report, tmp_path):
    """bench.json holds everything, gates and growth included."""
    grown = Growth(smaller=1000, larger=4000, medians={"wxsearch": {"or": 2.5}})
    whole = replace(report, growth=grown, gates=[Gate(figure="all, x", most=0.6, measured=0.7)])
    write_report(whole, tmp_path / "bench.json")
    assert read_report(tmp_path / "bench.json") == whole


@pytest.mark.parametrize("content", [None, b"{}", b"no JSON"], ids=["absent", "other", "broken"])
def test_what_is_no_report_is_refused(tmp_path, content):
    """A file that is not there, or is something else, is named."""
    if content is not None:
        (tmp_path / "bench.json").write_bytes(content)
    with pytest.raises(InvalidRequest, match=r"bench\.json is no report"):
        read_report(tmp_path / "bench.json")
