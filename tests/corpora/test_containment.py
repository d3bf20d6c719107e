"""Real articles: any string that stands in one finds it, and counts are those of a plain scan.

WXSEARCH_TESTS_SUBSTRINGS sets how many strings are drawn (2,000; what is promised was
tried with 20,000).
"""

import io
import json
import os
import random
import shutil
from contextlib import closing

import pytest

from support.substrings import differing_totals, drawn_pieces, missed, mixed, texts_of
from wxsearch.benchmarks.corpus import NEWS, compressed_lines
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.ingest.intake import read_articles

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.slow,
    pytest.mark.timeout(3600),
]

ARTICLES, RUNS = 35_939, 3
PIECES = int(os.environ.get("WXSEARCH_TESTS_SUBSTRINGS", "2000"))
TOTALS = min(500, PIECES // 4)
UPDATED, DELETED = 400, 300


@pytest.fixture(scope="module")
def texts(corpora):
    """Titles and bodies as the corpus has them, before anything of ours has read them."""
    rows = map(json.loads, compressed_lines(corpora / NEWS))
    return {row["id"]: (row.get("title") or "", row.get("body") or "") for row in rows}


@pytest.fixture(scope="module")
def directory(corpora, settings, tmp_path_factory):
    """An index of all articles, taken in several runs."""
    directory = tmp_path_factory.mktemp("news") / "index"
    articles = list(read_articles([str(corpora / NEWS)], settings.limits, "jsonl", io.BytesIO()))
    with closing(EmbeddedEngine(directory, settings)) as engine:
        for number in range(RUNS):
            engine.index(articles[number::RUNS])
        assert engine.statistics().articles == ARTICLES
    return directory


@pytest.fixture(scope="module")
def engine(directory, settings):
    """The embedded engine with all articles."""
    with closing(EmbeddedEngine(directory, settings)) as engine:
        yield engine


@pytest.fixture(scope="module")
def changed(directory, texts, settings, tmp_path_factory):
    """An engine of its own after updates and deletions, and the texts that it holds."""
    own = tmp_path_factory.mktemp("changed") / "index"
    shutil.copytree(directory, own)
    chance = random.Random(41)
    chosen = chance.sample(sorted(texts), UPDATED + DELETED)
    with closing(EmbeddedEngine(own, settings)) as engine:
        updates = mixed([engine.get(article_id) for article_id in chosen[:UPDATED]], chance)
        engine.index(updates[::2])
        engine.index(updates[1::2])
        assert engine.delete(chosen[UPDATED:]).deleted == DELETED
        held = texts | texts_of(updates)
        yield engine, {key: held[key] for key in held.keys() - set(chosen[UPDATED:])}, chosen


def test_every_string_finds_its_article(engine, texts, limits, tally):
    """Strings drawn evenly from raw titles and bodies, quoted, each find the article they are from."""
    pieces = drawn_pieces(texts, PIECES, random.Random(42))
    assert missed(engine, pieces, limits) == []
    tally("strings found", len(pieces), PIECES)


def test_totals_are_those_of_a_plain_scan(engine, texts, limits, tally):
    """A string, be it short and frequent, has as many hits as a plain scan of all the text counts."""
    chance = random.Random(43)
    pieces = drawn_pieces(texts, TOTALS, chance) + drawn_pieces(texts, TOTALS // 2, chance, longest=5)
    assert differing_totals(engine, pieces, texts, limits) == []
    tally("totals equal", len(pieces), TOTALS + TOTALS // 2)


@pytest.mark.parametrize("merged", [False, True], ids=["before merging", "after merging"])
def test_changes_leave_nothing_out_and_nothing_behind(changed, texts, limits, tally, merged):
    """After updates and deletions what is new is found, and what is gone is not, merged or not."""
    engine, held, chosen = changed
    if merged:
        engine.merge()
        assert engine.statistics().segments == 1
    chance = random.Random(44)
    updated = {key: held[key] for key in chosen[:UPDATED]}
    pieces = drawn_pieces(held, PIECES // 8, chance) + drawn_pieces(updated, PIECES // 8, chance)
    assert missed(engine, pieces, limits) == []
    gone = {key: texts[key] for key in chosen}
    pieces = [piece for each in (held, updated, gone) for piece in drawn_pieces(each, TOTALS // 5, chance)]
    assert differing_totals(engine, pieces, held, limits) == []
    tally("totals equal", len(pieces), TOTALS // 5 * 3)
