"""A whole run in small, with every engine in its own process."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wxsearch.benchmarks.lineup import ENGINES

KINDS = {"all", "and", "or", "phrase", "filter", "heavy"}


@pytest.fixture(scope="module")
def run(tmp_path_factory, environment):
    folder = tmp_path_factory.mktemp("bench")
    options = ["--articles", "60", "--queries", "0.1", "--rounds", "1", "--json", str(folder / "bench.json")]
    done = subprocess.run(
        [sys.executable, "-m", "wxsearch.benchmarks", *options],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    return json.loads((folder / "bench.json").read_text(encoding="utf-8")), done.stdout


def test_all_engines_give_the_same_answers(run):
    """On the generated corpus totals and both tables of counts are equal in every kind."""
    report, _ = run
    assert list(report["engines"]) == list(ENGINES)
    for engine in report["engines"].values():
        shares = {kind: agreement["counts_equal"] for kind, agreement in engine["agreement"].items()}
        assert shares == dict.fromkeys(KINDS, 1.0)
        assert engine["differences"] == []


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
        assert engine["peak_searching_bytes"] > 10_000_000
    assert report["material"]["articles"] == 60
    assert report["product"]["fresh_search_ms"] > report["product"]["typed_to_tree_ms"] > 0


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
