"""A leaf with its variants, in every engine: one word that is written in several ways."""

import pytest
from msgspec.structs import replace

from wxsearch.query.tree import And, Leaf, Not, Query, Synonyms

SOFTWARE = Synonyms((Leaf("软件"), Leaf("软体")))


@pytest.fixture
def found(request_for):
    """The ids and scores of a tree's hits."""

    def ask(engine, root):
        result = engine.search(replace(request_for(), query=Query("", root, "")))
        return {hit.id: hit.score for hit in result.hits}

    return ask


def test_any_of_the_writings_is_found(new_engine, article, ids):
    """A word finds what other regions write, in traditional characters too, and OR, AND and - as well."""
    engine = new_engine(
        article("软件园", published="2021-03-03"),
        article("軟體業", published="2021-02-02"),
        article("软硬兼施"),
    )
    assert ids(engine, "软件", sort="newest") == "a b"
    assert ids(engine, "软体 園") == "a"
    assert ids(engine, "-软件") == "c"
    assert ids(engine, '"软件"') == "a"
    assert ids(engine, "软件", expand="") == ids(engine, "软件", expand="number, synonym") == "a"
    assert ids(engine, "软件", expand="regional", sort="newest") == "a b"


def test_all_writings_are_one_word_of_the_rank(new_engine, article, found):
    """Occurrences are added up, so that it does not matter which writing stands how often."""
    engine = new_engine(
        article(body="软件软件与软体"),
        article(body="软体软件与软件"),
        article(body="软件及其他用品"),
        article(body="空空如也的文章"),
    )
    scores = found(engine, SOFTWARE)
    assert scores["a"] == scores["b"] > scores["c"]
    assert found(engine, And((SOFTWARE, Leaf("空空")))) == {}
    assert set(found(engine, Not(SOFTWARE))) == {"d"}


def test_what_was_typed_says_how_rare_the_word_is(new_engine, article, found):
    """A rare variant makes the word no rarer: its df is that of the first."""
    engine = new_engine(
        *(article(body="软件一") for _ in range(5)), article(body="软体一"), article(body="无")
    )
    scores = found(engine, SOFTWARE)
    assert len(set(scores.values())) == 1
    assert scores["a"] == found(engine, Leaf("软件"))["a"]


def test_all_writings_are_marked(new_engine, article, ask):
    """Each place is marked, whatever is written there."""
    engine = new_engine(article("软件与軟體", "軟體。"))
    (hit,) = ask(engine, "软件").hits
    assert hit.highlights.title.marks == ((0, 2), (3, 5))
    assert [passage.marks for passage in hit.highlights.body] == [((0, 2),)]


def test_a_variant_may_hold_a_blank(new_engine, article, found):
    """A quoted variant stands wherever a separator does."""
    engine = new_engine(article("“十四五”规划"), article("十四五规划"), article("十四五的规划"))
    both = Synonyms((Leaf("十四五规划"), Leaf("十四五 规划", quoted=True)))
    assert set(found(engine, both)) == {"a", "b"}


def test_variants_are_told(new_engine, article, ask):
    """The answer prints what was typed, and names in a note what was looked for beside it."""
    understood = ask(new_engine(article("软件")), "软件 无锡").query_understood
    assert understood.query == "软件 无锡"
    assert understood.notes == ("软件 → 软体: what other regions say is looked for as well",)
