"""A small corpus, cut once for all tests of the benchmarks, and measurements made up."""

import pytest

from wxsearch.benchmarks.comparison import report_engines
from wxsearch.benchmarks.containment import Containment
from wxsearch.benchmarks.contender import Answer
from wxsearch.benchmarks.corpus import Corpus, cut_corpus, write_lines
from wxsearch.benchmarks.measurement import Asked
from wxsearch.benchmarks.product import Product
from wxsearch.benchmarks.queries import Question
from wxsearch.benchmarks.worker import Building


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory, limits):
    """Forty generated articles, read and cut."""
    folder = tmp_path_factory.mktemp("corpus")
    origin = write_lines(None, 40, folder / "lines.jsonl")
    return cut_corpus(folder / "lines.jsonl", folder / "cut.jsonl", origin, limits)


@pytest.fixture(scope="session")
def made_up_corpus():
    """A thousand articles that took four seconds to read and cut."""
    return Corpus(
        lines="", cut="", origin="generated", articles=1000, originals=1000, tokens=5000,
        text_bytes=2_000_000, paths=[()], reading_seconds=1.0, cutting_seconds=3.0,
    )  # fmt: skip


@pytest.fixture(scope="session")
def one_of_each():
    """A question of each kind."""
    kinds = ("and", "or", "phrase", "filter")
    return [*(Question(kind=kind, words=("a", "b")) for kind in kinds), Question(kind="heavy", words=("的",))]


def _building(cpu_seconds, *, cuts_itself=False):
    return Building(
        version="1", cuts_itself=cuts_itself, cpu_seconds=cpu_seconds, wall_seconds=2 * cpu_seconds,
        peak_bytes=100, index_bytes=3_000_000,
    )  # fmt: skip


def _asked(cpu_ms, *totals):
    return Asked(
        cpu_ms=cpu_ms,
        wall_ms=[2 * ms for ms in cpu_ms],
        answers=[Answer(total=total, top=[], categories={}, months={}) for total in totals],
        peak_bytes=50,
        opened_bytes=30_000_000,
        own_bytes=40_000_000,
    )


@pytest.fixture(scope="session")
def built():
    """One indexed from lines in five seconds, the other from tokens in one."""
    return {"wxsearch": _building(5.0, cuts_itself=True), "tantivy": _building(1.0)}


@pytest.fixture(scope="session")
def asked():
    """The two asked one question of each kind; they differ in the total of the heavy one."""
    return {
        "wxsearch": _asked([4.0, 9.0, 6.0, 6.0, 100.0], 0, 2, 2, 2, 4),
        "tantivy": _asked([1.0, 1.0, 1.0, 1.0, 10.0], 0, 2, 2, 2, 3),
    }


@pytest.fixture(scope="session")
def engines(made_up_corpus, one_of_each, built, asked):
    """The figures of the two engines."""
    return report_engines(made_up_corpus, one_of_each, built, asked)


@pytest.fixture(scope="session")
def product():
    """What is measured of wxsearch alone."""
    strings = Containment(
        strings=9, first_ms={"p50": 2.0, "max": 15.0}, again_ms={"p50": 0.1, "max": 0.5}, slowest="的发展"
    )
    return Product(
        typed_to_tree_ms=0.5,
        page_ms={"word": 2.0, "typed": 9.0},
        second_stage_ms=0.7,
        second_stage_x=1.5,
        fresh_search_ms=400.0,
        containment=strings,
    )
