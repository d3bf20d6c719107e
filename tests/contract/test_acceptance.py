"""The acceptance pairs: what people type, what stands on the page, and whether it has to be found.

acceptance.jsonl has one case a line. Those of a kind are asked over one engine, each about an
article of its own, with every word required.
"""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from wxsearch.dates import CHINA
from wxsearch.ingest.byline import NO_BYLINE, read_byline

LINES = Path(__file__).with_name("acceptance.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
FOUND = [case for case in CASES if "match" in case]
MARKED = [case for case in CASES if "marks" in case]
DATES = [case for case in CASES if "published" in case]


def name(case):
    return " | ".join(str(case[key]) for key in ("group", "query", "text") if key in case)


@pytest.fixture(scope="module")
def filled(make_engine, make_article):
    """An engine by its name that holds an article for each case, told apart by their sources."""

    @cache
    def fill(kind):
        engine = make_engine(kind)
        engine.index(
            make_article(str(n), "测试", case["text"], source=str(n)) for n, case in enumerate(FOUND)
        )
        return engine

    return fill


@pytest.fixture(params=["memory", "embedded"])
def engine(request, filled):
    return filled(request.param)


def test_every_case_is_asked():
    """Each line of the file is a query to be found or not, or a date."""
    assert len(FOUND) + len(DATES) == len(CASES) == 148


@pytest.mark.parametrize("case", FOUND, ids=name)
def test_what_is_typed_is_found_or_not(engine, ask, case):
    """The article is found exactly where the pair says so."""
    result = ask(engine, case["query"], match="all", source=str(FOUND.index(case)))
    assert result.total == case["match"]


@pytest.mark.parametrize("case", MARKED, ids=name)
def test_what_is_typed_is_marked(engine, ask, case):
    """The marks of the body, in code points of the original text, are those of the pair."""
    (hit,) = ask(engine, case["query"], match="all", source=str(FOUND.index(case))).hits
    (passage,) = hit.highlights.body
    assert (passage.start, passage.text) == (0, case["text"])
    assert [list(mark) for mark in passage.marks] == case["marks"]


@pytest.mark.parametrize("case", DATES, ids=name)
def test_dates_are_read_as_they_stand(case):
    """A line of a page that holds the text is published then, as exactly as it says, or it tells no time."""
    found = read_byline(case["text"]) or NO_BYLINE
    assert found.precision == case["precision"]
    assert instant(found.published) == instant(case["published"])


def instant(text):
    """A time as a number; a date alone begins in China."""
    if text is None:
        return None
    time = datetime.fromisoformat(text)
    return (time if time.tzinfo else time.replace(tzinfo=CHINA)).timestamp()
