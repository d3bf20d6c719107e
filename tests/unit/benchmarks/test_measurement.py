"""A whole run in small, with every engine in its own process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wxsearch.benchmarks.lineup import ENGINES

KINDS = {"all", "and", "or", "phrase", "filter", "heavy"}


@pytest.fixture(scope="module")
def bench(environment):
    """Runs the command in small."""

    def run(*options):
        return subprocess.run(
            [sys.executable, "-m", "wxsearch.benchmarks", "--queries", "0.1", "--rounds", "1", *options],
            env=environment,
            capture_output=True,
            check=False,
            text=True,
            encoding="utf-8",
        )

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def run(bench, folder):
    done = bench("--articles", "60", "--json", folder / "bench.json")
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "bench.json").read_text(encoding="utf-8")), done.stdout


def test_rivals_give_the_same_answers(run):
    """On the generated corpus totals and both tables of counts are equal in every kind."""
    report, _ = run
    assert list(report["engines"]) == list(ENGINES)
    for name in set(ENGINES) - {"wxsearch"}:
        engine = report["engines"][name]
        shares = {kind: agreement["counts_equal"] for kind, agreement in engine["agreement"].items()}
        assert shares == dict.fromkeys(KINDS, 1.0)
        assert engine["differences"] == []


def test_wxsearch_finds_what_rivals_find(run):
    """Totals are at least those of the others; what is more stands inside their words."""
    report, _ = run
    ours = report["engines"]["wxsearch"]
    assert {agreement["totals_reached"] for agreement in ours["agreement"].values()} == {1.0}
    assert all(each["total"] > each["expected"] for each in ours["differences"])


def test_report_has_every_figure(run):
    """Percentiles and ratios a kind, both rates, size and memory are there and positive."""
    report, _ = run
    for engine in report["engines"].values():
        assert engine["timings"].keys() == KINDS
        for timing in engine["timings"].values():
            assert 0 < timing["cpu_ms"]["p50"] <= timing["cpu_ms"]["p95"] <= timing["cpu_ms"]["p99"]
            assert timing["wall_ms"]["p50"] > 0
            assert timing["ratio"] > 0
        assert engine["indexing"]["from_lines"] < engine["indexing"]["from_tokens"]
        assert engine["bytes_ratio"] > 1
        assert engine["peak_indexing_bytes"] > 10_000_000
        assert engine["peak_searching_bytes"] >= engine["own_bytes"] > 10_000_000
        assert engine["opened_bytes"] > 10_000_000
    assert report["material"]["articles"] == 60
    assert report["product"]["fresh_search_ms"] > report["product"]["typed_to_tree_ms"] > 0
    assert min(report["product"]["page_ms"].values()) > report["product"]["typed_to_tree_ms"]
    assert report["product"]["containment"]["strings"] > 3
    assert (report["growth"], report["gates"]) == (None, [])


def test_report_shows_no_paths(run, root):
    """bench.json and the table can be shown to anyone."""
    report, printed = run
    for text in (json.dumps(report), printed):
        assert str(root) not in text
        assert str(Path.home()) not in text


def test_table_is_printed_and_nothing_else(run):
    """Standard output is the table and its notes; progress goes elsewhere."""
    _, printed = run
    assert printed.splitlines()[0].startswith("60 articles (generated)")
    assert "| filter, ms" in printed
    assert "round 1 of 1" not in printed


def test_growth_is_told_beside_another_run(run, bench, folder):
    """Twice the articles are compared with the run before, for the engines that are in both."""
    target = folder / "twice.json"
    options = ["--articles", "60", "--times", "2", "--engines", "tantivy,sqlite"]
    done = bench(*options, "--compare", folder / "bench.json", "--json", target)
    assert done.returncode == 0, done.stderr
    growth = json.loads(target.read_text(encoding="utf-8"))["growth"]
    assert (growth["smaller"], growth["larger"]) == (60, 120)
    assert {name: set(ratios) for name, ratios in growth["medians"].items()} == {
        "tantivy": KINDS, "sqlite": KINDS,
    }  # fmt: skip
    assert "| or, growth" in done.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--compare", "bench.json"], "had as many articles"),
        (["--compare", "absent.json"], "is no report"),
        (["--gate"], "needs all real articles"),
    ],
)
def test_what_cannot_be_told_is_refused_before_the_long_part(run, bench, folder, options, message):
    """A comparison that says nothing, and gates without the real articles, end the run at once."""
    options = [folder / option if option.endswith(".json") else option for option in options]
    done = bench("--articles", "60", "--engines", "sqlite", "--json", folder / "none.json", *options)
    assert (done.returncode, done.stdout) == (1, "")
    assert message in done.stderr
    assert "indexed" not in done.stderr
    assert not (folder / "none.json").exists()
