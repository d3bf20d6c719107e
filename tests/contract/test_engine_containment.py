"""What every engine promises of any string: it finds all articles that hold it, and no others.

In small, over generated articles with odd signs strewn in; tests/corpora/test_containment.py
does the same over real ones.
"""

import random
from collections.abc import Callable
from contextlib import closing
from typing import NamedTuple

import pytest

from support.substrings import differing_totals, drawn_pieces, missed, mixed, texts_of
from wxsearch.benchmarks.generated import generated_articles
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.engines.memory import MemoryEngine

ARTICLES, RUNS = 240, 4
PIECES, TOTALS = 300, 100
# What folds, vanishes, separates, has two code units, or means something to the query language.
ODD = [
    "iPhone15",
    "A股",
    "２０２１年",
    "é",
    "e\u0301",
    "𠮷野家",
    "國際",
    "Ⅻ",
    "½",
    "한국",
    "ß",
    "ﬁ",
    "C++",
    "3.5%",
    "℃",
]
ODD += ["，“", "”", '"', "\\", "-", "—", "「", "😀", "\u200b", "\u3000", "\t", "\n\n", " ", "…", "~", "OR"]


class Kind(NamedTuple):
    """How an engine is made, and how its segments are merged into one (the oracle has but one)."""

    made: Callable
    merge: Callable


def memory(directory, settings):
    """The oracle with the rule of containment."""
    return MemoryEngine(settings.limits, settings.ranking, settings.query.relax_below)


KINDS = [
    pytest.param(Kind(memory, lambda _: None), id="memory"),
    pytest.param(Kind(EmbeddedEngine, lambda engine: engine.merge()), id="embedded"),
]


@pytest.fixture(scope="module", params=KINDS)
def kind(request):
    """The kind of engine that the suite is run over."""
    return request.param


@pytest.fixture(scope="module")
def articles(make_article):
    """Generated articles with odd signs at places by chance."""
    chance = random.Random(20)
    made = list(generated_articles(ARTICLES))
    return [
        make_article(row["id"], strewn(row["title"], 2, chance), strewn(row["body"], 40, chance))
        for row in made
    ]


def strewn(text, count, chance):
    characters = list(text)
    for _ in range(count):
        characters.insert(chance.randint(0, len(characters)), chance.choice(ODD))
    return "".join(characters)


@pytest.fixture(scope="module")
def engine(kind, articles, settings, tmp_path_factory):
    """An engine that took the articles in several runs."""
    with closing(kind.made(tmp_path_factory.mktemp("containment") / "index", settings)) as engine:
        for number in range(RUNS):
            engine.index(articles[number::RUNS])
        yield engine


@pytest.fixture(scope="module")
def changed(kind, articles, settings, tmp_path_factory):
    """An engine after updates and deletions, and the texts that it holds."""
    chance = random.Random(21)
    updated, gone = (articles[number::RUNS] for number in (1, 2))
    updates = mixed(updated, chance)
    with closing(kind.made(tmp_path_factory.mktemp("changed") / "index", settings)) as engine:
        engine.index(articles)
        engine.index(updates[::2])
        engine.index(updates[1::2])
        engine.delete([article.id for article in gone])
        held = texts_of(articles) | texts_of(updates)
        yield engine, {key: held[key] for key in held.keys() - texts_of(gone).keys()}


def test_every_piece_finds_its_article(engine, articles, limits):
    """Any piece of a title or body, across whatever stands in it, finds the article it is from."""
    pieces = drawn_pieces(texts_of(articles), PIECES, random.Random(22))
    assert missed(engine, pieces, limits) == []


def test_totals_are_those_of_a_plain_scan(engine, articles, limits):
    """A string, be it short and frequent, has as many hits as there are articles with it in title or body."""
    texts, chance = texts_of(articles), random.Random(23)
    pieces = drawn_pieces(texts, TOTALS, chance) + drawn_pieces(texts, TOTALS, chance, longest=5)
    assert differing_totals(engine, pieces, texts, limits) == []


@pytest.mark.parametrize("merged", [False, True], ids=["before merging", "after merging"])
def test_changes_leave_nothing_out_and_nothing_behind(kind, changed, articles, limits, merged):
    """After updates and deletions what is new is found, and what is gone is not, merged or not."""
    engine, held = changed
    if merged:
        kind.merge(engine)
        assert engine.statistics().segments == 1
    chance = random.Random(24)
    pieces = drawn_pieces(held, PIECES // 3, chance)
    assert missed(engine, pieces, limits) == []
    pieces = drawn_pieces(held, TOTALS // 2, chance) + drawn_pieces(texts_of(articles), TOTALS // 2, chance)
    assert differing_totals(engine, pieces, held, limits) == []
