"""Choosing engines by name."""

import pytest

from wxsearch.benchmarks.lineup import ENGINES, chosen, contender
from wxsearch.errors import InvalidRequest, StartProblem


def test_every_engine_can_be_made():
    """Each name leads to an engine of that name, with a version."""
    for name in ENGINES:
        assert contender(name).name == name
        assert contender(name).version()[0].isdigit()


def test_unknown_engine_is_named_with_those_there_are():
    """A misspelt engine is refused with the list of right names."""
    with pytest.raises(InvalidRequest, match=r"'xapian'.*wxsearch, tantivy, sqlite, whoosh"):
        chosen(["wxsearch", "xapian"])


def test_missing_tantivy_says_what_to_do(monkeypatch):
    """The package tantivy is a test requirement: where it is absent the error says how to go on."""
    monkeypatch.setattr("wxsearch.benchmarks.lineup.find_spec", lambda _: None)
    assert chosen(["whoosh", "sqlite", "whoosh"]) == ("whoosh", "sqlite")
    with pytest.raises(StartProblem, match=r"make .venv/test.*--engines wxsearch,sqlite,whoosh"):
        chosen(ENGINES)
