"""What every engine answers where too few articles have all words of a query."""

import pytest

from wxsearch.models import Relaxation


@pytest.fixture
def relaxing(new_engine):
    """An engine that relaxes where no article has all words."""
    return lambda *items, relax_below=1: new_engine(*items, relax_below=relax_below)


@pytest.fixture
def told(ask, ids):
    """The rung, the words given up and the hits of a query, in the order of ids."""

    def answered(engine, q, **parameters):
        result = ask(engine, q, **parameters)
        found = " ".join(sorted(hit.id for hit in result.hits))
        rung = result.relaxed and (result.relaxed.rung, *result.relaxed.dropped)
        return rung, found

    return answered


def test_what_has_all_words_is_the_answer(relaxing, article, told):
    """Where an article has all words nothing is relaxed; match=all never is, and match=any as ever."""
    engine = relaxing(article("港口 铁路"), article("港口"), article("铁路"))
    assert told(engine, "港口 铁路") == (None, "a")
    assert told(engine, "港口 航空") == (("any", "航空"), "a b")
    assert told(engine, "港口 航空", match="all") == (None, "")
    assert told(engine, "港口 航空", match="any") == (None, "a b")


def test_most_words_come_before_any(relaxing, article, told):
    """Of three words two are enough, of six four; only where nothing has so many is one enough."""
    engine = relaxing(article("港口 铁路"), article("铁路 航空"), article("仓储"), article("无关"))
    assert told(engine, "港口 铁路 航空") == (("most", "港口", "航空"), "a b")
    assert told(engine, "港口 铁路 航空 仓储 冷链 快递") == (
        ("any", "港口", "铁路", "航空", "仓储", "冷链", "快递"),
        "a b c",
    )
    engine.index([article("港口 铁路 航空 仓储", id="d")])
    assert told(engine, "港口 铁路 航空 仓储 冷链 快递") == (("most", "冷链", "快递"), "d")


def test_joined_words_are_taken_apart_first(relaxing, article, told):
    """A word that was joined is found by its words, all of them; the answer says which word is in pieces."""
    engine = relaxing(
        article("天津的铁路沿线，经过蓟州", "港口"), article("津蓟铁路沿线"), article("铁路沿线 港口")
    )
    assert told(engine, "津蓟铁路沿线 港口") == (("most", "津蓟铁路沿线"), "a")
    assert told(engine, "津蓟铁路沿线") == (None, "b")
    engine.delete(["a", "b"])
    assert told(engine, "津蓟铁路沿线 港口") == (("any", "津蓟铁路沿线"), "c")
    assert told(engine, "津蓟铁路沿线") == (("any", "津蓟铁路沿线"), "c")


def test_a_word_of_single_characters_is_taken_apart_into_pairs(relaxing, article, told):
    """What the dictionary has no word of is asked for by its bigrams, all or any of them."""
    engine = relaxing(article("惺有钟惺"), article("钟惺"), article("钟，惺，有"))
    assert told(engine, "钟惺有") == (("most", "钟惺有"), "a")
    engine.delete(["a"])
    assert told(engine, "钟惺有") == (("any", "钟惺有"), "b")


def test_a_number_is_taken_apart(relaxing, article, told):
    """Where no article has a number with its sign, its digits are asked for, and it is told as typed."""
    engine = relaxing(article("5月3日"), article("5人"))
    assert told(engine, "5.3%") == (("most", "5.3"), "a")
    assert told(engine, "5.3*") == (None, "")
    engine.index([article("增长5.3%", id="c")])
    assert told(engine, "5.3%") == (None, "c")


@pytest.mark.parametrize(
    "q", ["港口", '"港口" "航空"', "title:港口 title:航空", "港口 OR 航空", "(港口 OR 航空) 铁路", "的"]
)
def test_there_may_be_nothing_to_relax(relaxing, article, told, q):
    """One word alone, strings, words of the title and an OR are asked for or nothing is found."""
    engine = relaxing(article("铁", "仓储"))
    assert told(engine, q) == (None, "")


def test_what_is_marked_stays_required(relaxing, article, told):
    """Strings, fields, filters, an OR and what is taken away are so at every rung."""
    engine = relaxing(
        article("港口 铁路 仓储", source="甲"),
        article("港口 仓储", source="甲"),
        article("港口 铁路", source="乙"),
    )
    assert told(engine, '港口 航空 "铁路"') == (("any", "航空"), "a c")
    assert told(engine, "港口 航空 source:甲") == (("any", "航空"), "a b")
    assert told(engine, "港口 航空 title:铁路 -仓储") == (("any", "航空"), "c")
    assert told(engine, "港口 航空 (铁路 OR 冷链)") == (("any", "航空"), "a c")
    assert told(engine, '港口 航空 "冷链"') == (None, "")


def test_nothing_at_any_rung(relaxing, article, told):
    """Where not even one of the words is found the answer is that for all of them."""
    assert told(relaxing(article("仓储")), "港口 铁路 航空") == (None, "")


@pytest.mark.parametrize(("below", "rung"), [(0, None), (2, None), (3, ("most", "航空"))])
def test_how_few_articles_are_too_few(relaxing, article, told, below, rung):
    """A query is relaxed where fewer than relax_below articles have all words; 0 relaxes none."""
    engine = relaxing(*(article("港口 铁路 航空") for _ in range(2)), article("港口 铁路"), relax_below=below)
    assert told(engine, "港口 铁路 航空") == (rung, "a b c" if rung else "a b")


def test_a_rung_that_finds_no_more_is_none(relaxing, article, told):
    """Where fewer words find the same articles nothing is relaxed; of two such rungs the stricter counts."""
    engine = relaxing(article("港口 铁路 航空"), article("港口 铁路"), article("仓储"), relax_below=9)
    assert told(engine, "仓储") == (None, "c")
    assert told(engine, "港口 铁路") == (None, "a b")
    assert told(engine, "港口 铁路 航空") == (("most", "航空"), "a b")


def test_the_rung_is_the_same_under_any_filter(relaxing, article, ask, told, request_for):
    """It is chosen without the parameters' filters: a count of a facet is what a click on it shows."""
    engine = relaxing(
        article("港口 铁路", source="甲", breadcrumb=("物流",), published="2021-01-01"),
        article("港口 铁路 航空", source="乙", breadcrumb=("要闻",), published="2022-01-01"),
        article("港口 冷链", source="丙", breadcrumb=("要闻",), published="2023-01-01"),
    )
    q = "港口 铁路 航空"
    assert told(engine, q, source="甲") == (None, "")
    for q, rung in (("港口 铁路 仓储", ("most", "仓储")), ("港口 快递", ("any", "快递"))):
        whole = ask(engine, q)
        for bucket in whole.facets.source.buckets:
            assert ask(engine, q, source=bucket.value).total == bucket.count
        for node in whole.facets.category:
            assert ask(engine, q, category=node.label).total == node.count
        for bucket in whole.facets.date.buckets:
            assert ask(engine, q, from_=bucket.since, to=bucket.until).total == bucket.count
        for given in ({"source": "甲"}, {"from_": "2023"}, {"sort": "oldest"}, {"offset": "1", "size": "1"}):
            result = ask(engine, q, **given)
            assert result.relaxed == Relaxation(rung[0], rung[1:])
            hits = list(engine.scan(request_for(q, **given)))
            assert len(hits) == result.total


def test_changes_choose_anew(relaxing, article, told):
    """The rung is that of the newest generation."""
    engine = relaxing(article("港口"))
    assert told(engine, "港口 铁路") == (("any", "铁路"), "a")
    engine.index([article("港口 铁路", id="b")])
    assert told(engine, "港口 铁路") == (None, "b")
    engine.delete(["b"])
    assert told(engine, "港口 铁路") == (("any", "铁路"), "a")


def test_what_is_there_is_marked_and_the_query_is_as_typed(relaxing, article, ask):
    """Marks are of the words that are there, pieces too; what was understood is the whole query."""
    engine = relaxing(article("港口在铁路沿线"))
    result = ask(engine, "津蓟铁路沿线 港口 航空的")
    assert result.query_understood.query == "津蓟铁路沿线 港口 航空 的"
    assert result.relaxed == Relaxation("any", ("津蓟铁路沿线", "航空"))
    assert result.hits[0].highlights.title.marks == ((0, 2), (3, 7))


def test_a_word_is_told_as_it_was_typed(relaxing, article, told):
    """Folded, with its star, without its variants; a variant stands for its word."""
    engine = relaxing(article("軟體 港口"), article("无关"))
    assert told(engine, "软件 港口 Chen*") == (("most", "chen*"), "a")
    assert told(engine, "軟件 Ab*") == (("any", "ab*"), "a")
