"""What every engine promises about fields, filters and stars inside a query."""

import pytest

from wxsearch.query.tree import AtLeast, Leaf, Optional, Query


@pytest.fixture
def news(new_engine, article):
    """An engine over four articles that differ in title, source, category and time."""
    return new_engine(
        article(
            "港口航运",
            "铁路",
            source="互联网",
            breadcrumb=("首页", "物流", "行业"),
            published="2021-10-19",
        ),
        article(
            "铁路", "港口航运", source="新华社 北京", breadcrumb=("物流",), published="2021-10-20T08:00:00"
        ),
        article("港口", "航运", source="互联网", breadcrumb=("国际", "物流"), published="2022-01-01"),
        article("公路港口航运"),
    )


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("title:港口", "c a d"),
        ("title:港口航运", "a d"),
        ('title:"港口航运"', "a d"),
        ("title:公路港口航运", "d"),
        ("港口 -title:港口", "b"),
        ("title:港口 铁路", "a"),
        ("标题：(铁路 OR 公路)", "b d"),
        ("source:互联网", "c a"),
        ("来源:互", ""),
        ('source:"新华社 北京"', "b"),
        ("港口 -source:互联网", "b d"),
        ("category:物流", "b a"),
        ("分类:首页>物流>行业", "a"),
        ("category:国际 > 物流 港口", "c"),
        ("-category:物流", "c d"),
        ("date:2021-10", "b a"),
        ("date:2021-10-20..", "c b"),
        ("before:2021-10-20", "a"),
        ("after:2021-10-20 before:2022", "b"),
        ("-date:2021", "c d"),
        ("date:2022..2021", ""),
        ("source:互联网 OR title:铁路", "c b a"),
    ],
)
def test_fields_and_filters(news, ids, q, found):
    """Fields look in the title alone, filters by source, category and time; all can be taken away."""
    assert ids(news, q, sort="newest") == found


@pytest.mark.parametrize(
    ("q", "same"),
    [
        ("source:互联网", {"source": "互联网"}),
        ('category:"首页 > 物流"', {"category": "首页 > 物流"}),
        ("date:2021-10..2021-12", {"from_": "2021-10", "to": "2021-12"}),
        ("after:2021-10-20T08:00:00", {"from_": "2021-10-20T08:00:00"}),
        ("before:2021-10-20T08:00:00", {"to": "2021-10-20T08:00:00"}),
    ],
)
def test_filters_are_read_as_parameters_are(news, ask, q, same):
    """A filter in the query has the hits, in the order and with the scores, of the parameter."""
    for words in ("", "港口 "):
        found, expected = ask(news, words + q), ask(news, words, **same)
        shown = [[(hit.id, hit.score) for hit in result.hits] for result in (found, expected)]
        assert shown[0] == shown[1]
        assert shown[0]


def test_filters_alone_rank_nothing(news, ask):
    """A query of filters has its articles newest first, without a score."""
    hits = ask(news, "source:互联网").hits
    assert [(hit.id, hit.score) for hit in hits] == [("c", None), ("a", None)]


def test_filters_in_the_query_narrow_all_counts(news, ask):
    """What the query says of source and category narrows those facets too, unlike the parameters."""
    asked = {"sort": "newest", "facets": "source,category"}
    facets = ask(news, "港口 source:互联网 category:国际", **asked).facets
    assert [bucket.value for bucket in facets.source.buckets] == ["互联网"]
    assert [node.path for node in facets.category] == [("国际",)]


@pytest.mark.parametrize("word", ["港口", "长江大桥", '"长江 大桥"', "a股"])
def test_a_title_scores_without_the_body(new_engine, article, ask, word):
    """What stands in the body adds nothing to the score of a word of the title, nor makes it a hit."""
    text = word.strip('"')
    engine = new_engine(
        article(text, "航运"),
        article(text, text),
        article("航运", text),
        article("江大 长江 江 大桥 a 股", text),
    )
    both, titles = ask(engine, word).hits, ask(engine, f"title:{word}").hits
    assert both[0].id == "b"
    assert {hit.id for hit in titles} == {"a", "b"}
    assert titles[0].score == titles[1].score


def test_a_title_is_marked_in_the_title(new_engine, article, ask):
    """A word of the title is marked there and not in the body."""
    (hit,) = ask(new_engine(article("港口", "港口 航运")), "title:港口 航运").hits
    assert hit.highlights.title.marks == ((0, 2),)
    assert hit.highlights.body[0].marks == ((3, 5),)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("c*", "a b"),
        ("ch*", "a b"),
        ("ch", "b"),
        ("20*", "a c"),
        ("2021*", "a"),
        ("01*", ""),
        ("iphone1*", "c"),
        ("title:ch*", "a"),
        ("-20*", "b"),
        ("港口*", "a"),
    ],
)
def test_stars(new_engine, article, ids, q, found):
    """A star stands for whatever goes on a run of letters or digits, however short its beginning."""
    engine = new_engine(
        article("chenkai 2021", "港口"), article("said", "ch said"), article("iPhone-15", "号201，a20b")
    )
    assert ids(engine, q, sort="newest") == found


def test_stars_mark_what_was_typed(new_engine, article, ask):
    """Of a run that goes on, the beginning is marked."""
    (hit,) = ask(new_engine(article("陈凯chenkai2021")), "ch* 20*").hits
    assert hit.highlights.title.marks == ((2, 4), (9, 11))


def test_at_least(new_engine, article, request_for):
    """So many children match or more; what is Optional is not counted."""
    engine = new_engine(article("x y"), article("x z"), article("z 长江大桥"), article("w"))
    children = (*map(Leaf, ("x", "y", "长江大桥")), Optional(Leaf("z")))
    expected = {0: "a b c d", 1: "a b c", 2: "a", 3: "", 4: ""}
    for count, found in expected.items():
        request = request_for("x", sort="newest")
        changed = type(request)(query=Query("", AtLeast(count, children), ""), sort="newest")
        assert " ".join(hit.id for hit in engine.search(changed).hits) == found


def test_notes(new_engine, article, ask):
    """The answer says in sentences what was read as text."""
    understood = ask(new_engine(article("港口")), "港口 OR date:明天 (").query_understood
    assert understood.query == "港口 OR date 明天"
    no_date, bracket = understood.notes
    assert no_date.startswith("date:明天 is no date")
    assert bracket.startswith("the bracket ( has no partner")
