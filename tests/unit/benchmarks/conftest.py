"""A small corpus, cut once for all tests of the benchmarks."""

import pytest

from wxsearch.benchmarks.corpus import cut_corpus, write_lines


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory, limits):
    """Forty generated articles, read and cut."""
    folder = tmp_path_factory.mktemp("corpus")
    origin = write_lines(None, 40, folder / "lines.jsonl")
    return cut_corpus(folder / "lines.jsonl", folder / "cut.jsonl", origin, limits)
