"""What every engine promises about facets: category tree, sources, histogram."""

import pytest
from msgspec import UNSET

from wxsearch.categories import written_path
from wxsearch.errors import LimitExceeded


def tree(nodes):
    """Nodes as (label, count, children), with a star where selected."""
    return [(node.label + "*" * node.selected, node.count, tree(node.children)) for node in nodes]


def every_node(nodes):
    for node in nodes:
        yield node
        yield from every_node(node.children)


def sources(result):
    facet = result.facets.source
    return [(bucket.value + "*" * bucket.selected, bucket.count) for bucket in facet.buckets], facet.other


@pytest.fixture
def filed(new_engine, article):
    """Articles of three sources in a tree of categories over three years."""
    rows = [
        ("x", ("首页", "新闻", "国内"), "甲", "2019-05-01"),
        ("x", ("新闻", "国内"), "乙", "2020-05-01"),
        ("x", ("新闻", "国际"), "甲", "2020-06-01"),
        ("x", ("新闻",), "乙", "2021-05-01"),
        ("x", ("体育",), "丙", None),
        ("x", (), None, "2021-06-01"),
        ("y", ("新闻", "国内"), "甲", "2021-05-01"),
    ]
    return new_engine(
        *[
            article(title, breadcrumb=path, source=source, **{"published": time} if time else {})
            for title, path, source, time in rows
        ]
    )


def test_category_tree(filed, ask):
    """A node counts the articles at its path and below; the largest come first, then by label."""
    assert tree(ask(filed, "x").facets.category) == [
        ("新闻", 4, [("国内", 2, []), ("国际", 1, [])]),
        ("体育", 1, []),
    ]


def test_category_node(filed, ask):
    """A node names its whole path and its own label."""
    node = ask(filed, "x").facets.category[0].children[1]
    assert (node.path, node.label) == (("新闻", "国际"), "国际")


def test_equal_categories(new_engine, article, ask):
    """Categories of equal count stand by label in code point order."""
    engine = new_engine(
        *[article("x", breadcrumb=(label,)) for label in ("乙", "b", "甲", "B", "\U0001f600", "\uffee")]
    )
    assert [node.label for node in ask(engine).facets.category] == [
        "B",
        "b",
        "乙",
        "甲",
        "\uffee",
        "\U0001f600",
    ]


def test_same_label_elsewhere(new_engine, article, ask):
    """One label under two parents is two categories."""
    engine = new_engine(article("x", breadcrumb=("甲", "新闻")), article("x", breadcrumb=("乙", "新闻")))
    assert tree(ask(engine, category="甲 > 新闻").facets.category) == [
        ("乙", 1, [("新闻", 1, [])]),
        ("甲", 1, [("新闻*", 1, [])]),
    ]


def test_category_does_not_narrow_itself(filed, ask):
    """A picked category is marked and leaves the tree's counts alone; all else it narrows."""
    before = ask(filed, "x")
    result = ask(filed, "x", category="新闻 > 国际")
    assert tree(result.facets.category) == [
        ("新闻", 4, [("国内", 2, []), ("国际*", 1, [])]),
        ("体育", 1, []),
    ]
    assert [(n.path, n.count) for n in every_node(result.facets.category)] == [
        (n.path, n.count) for n in every_node(before.facets.category)
    ]
    assert result.total == 1
    assert sources(result) == ([("甲", 1)], 0)
    assert [bucket.key for bucket in result.facets.date.buckets] == ["2020-06-01"]


def test_source_does_not_narrow_itself(filed, ask):
    """A picked source is marked and leaves the other sources' counts alone; all else it narrows."""
    result = ask(filed, "x", source="甲")
    assert sources(result) == ([("乙", 2), ("甲*", 2), ("丙", 1)], 0)
    assert tree(result.facets.category) == [("新闻", 2, [("国内", 1, []), ("国际", 1, [])])]
    assert (result.total, result.facets.date.undated) == (2, 0)


def test_dates_narrow_everything(filed, ask):
    """A date range narrows all facets, the histogram included."""
    result = ask(filed, "x", from_="2020", to="2020")
    assert tree(result.facets.category) == [("新闻", 2, [("国内", 1, []), ("国际", 1, [])])]
    assert sources(result) == ([("乙", 1), ("甲", 1)], 0)
    assert sum(bucket.count for bucket in result.facets.date.buckets) == result.total == 2


def test_two_kinds_picked(filed, ask):
    """With both picked, each facet is narrowed by the other one."""
    result = ask(filed, "x", category="新闻", source=["甲", "丙"])
    assert tree(result.facets.category) == [
        ("新闻*", 2, [("国内", 1, []), ("国际", 1, [])]),
        ("体育", 1, []),
    ]
    assert sources(result) == ([("乙", 2), ("甲*", 2), ("丙*", 0)], 0)
    assert result.total == 2


def test_picked_category_without_articles(filed, ask):
    """A picked path is in the tree with its ancestors, even where nothing stands there."""
    result = ask(filed, "y", category=["体育 > 球 > 足球", "新闻 > 国内"])
    assert tree(result.facets.category) == [
        ("新闻", 1, [("国内*", 1, [])]),
        ("体育", 0, [("球", 0, [("足球*", 0, [])])]),
    ]


def test_picked_source_without_articles(filed, ask):
    """A picked source is among the buckets, even where it has nothing."""
    assert sources(ask(filed, "y", source=["丙", "丁"])) == ([("甲", 1), ("丁*", 0), ("丙*", 0)], 0)


def test_other_sources(new_engine, article, ask):
    """The largest sources have buckets; the rest are one number, less those that are picked."""
    letters = "aaaabbbccddef"
    engine = new_engine(*[article("x", id=f"{n}", source=s) for n, s in enumerate(letters)], source_buckets=2)
    assert sources(ask(engine)) == ([("a", 4), ("b", 3)], 6)
    assert sources(ask(engine, source="d")) == ([("a", 4), ("b", 3), ("d*", 2)], 4)
    assert sources(ask(engine, source=["f", "zz", "c", "a"])) == (
        [("a*", 4), ("b", 3), ("c*", 2), ("f*", 1), ("zz*", 0)],
        3,
    )


@pytest.mark.limit("source_buckets")
@pytest.mark.parametrize("more", [0, 1])
def test_default_source_buckets(new_engine, article, ask, more):
    """Fifty sources have buckets of their own; one more is among the others."""
    engine = new_engine(*[article("x", id=f"{n}", source=f"s{n:02}") for n in range(50 + more)])
    buckets, other = sources(ask(engine))
    assert ([value for value, _ in buckets], other) == ([f"s{n:02}" for n in range(50)], more)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2021-01-01T00:00:00", "2021-01-01T00:00:00", ("day", 1)),
        ("2021-01-01T00:00:00", "2021-03-04T00:00:00", ("day", 63)),
        ("2021-01-01T00:00:00", "2021-03-04T00:00:01", ("month", 3)),
        ("2020-01-01T00:00:00", "2026-01-05T00:00:00", ("month", 73)),
        ("2020-01-01T00:00:00", "2026-01-05T00:00:01", ("year", 7)),
        ("1000-01-02", "8999-12-31", ("year", 8000)),
    ],
)
def test_interval_of_span(new_engine, article, ask, first, last, expected):
    """Up to 62 days bars are days, up to 6 times 366 days months, above years."""
    engine = new_engine(article("x", published=last), article("x"), article("x", published=first))
    facet = ask(engine, "x").facets.date
    assert (facet.interval, len(facet.buckets)) == expected
    assert facet.undated == 1
    assert {facet.buckets[0].count, facet.buckets[-1].count} == ({2} if first == last else {1})


def test_interval_follows_the_narrowed_span(filed, ask):
    """The interval is chosen for what is left after query, filters and dates."""
    assert ask(filed, "x").facets.date.interval == "month"
    assert ask(filed, "x", source="乙", from_="2021").facets.date.interval == "day"
    assert ask(filed, "x", category="新闻 > 国际").facets.date.interval == "day"


@pytest.mark.parametrize(("interval", "keys"), [("year", "2019 2020 2021"), ("day", None), ("month", None)])
def test_asked_interval(filed, ask, interval, keys):
    """An interval that is asked for is kept; empty bars between first and last are included."""
    facet = ask(filed, "x", interval=interval).facets.date
    assert facet.interval == interval
    assert sum(bucket.count for bucket in facet.buckets) == 5
    assert keys is None or " ".join(bucket.key for bucket in facet.buckets) == keys
    assert all(a.until == b.since for a, b in zip(facet.buckets, facet.buckets[1:], strict=False))


def test_buckets_in_china(new_engine, article, ask):
    """Bars begin and end at midnight in China."""
    engine = new_engine(
        article("x", published="2021-12-31T15:59:59+00:00"),
        article("x", published="2021-12-31T16:00:00+00:00"),
        article("x", published="2022-01-01"),
    )
    for interval, keys in (
        ("year", "2021 2022"),
        ("month", "2021-12 2022-01"),
        ("day", "2021-12-31 2022-01-01"),
    ):
        buckets = ask(engine, interval=interval).facets.date.buckets
        assert " ".join(bucket.key for bucket in buckets) == keys
        assert [bucket.count for bucket in buckets] == [1, 2]
        assert buckets[0].until == "2022-01-01T00:00:00+08:00"


@pytest.mark.parametrize(("asked", "interval"), [({}, "month"), ({"interval": "day"}, "day")])
def test_nothing_dated(new_engine, article, ask, asked, interval):
    """Where no hit has a time there are no bars, and the undated are counted."""
    engine = new_engine(article("x"), article("x"), article("y", published="2020-01-01"))
    facet = ask(engine, "x", **asked).facets.date
    assert (facet.interval, facet.buckets, facet.undated) == (interval, (), 2)


def test_too_many_buckets(new_engine, article, ask):
    """A histogram of more bars than allowed is refused, naming the parameter, if it was asked for."""
    engine = new_engine(
        article("x", published="2021-01-01"),
        article("x", published="2021-01-11"),
        article("y", published="2021-01-10"),
        date_buckets=10,
    )
    assert len(ask(engine, "y", interval="day").facets.date.buckets) == 1
    assert len(ask(engine, "x", interval="day", to="2021-01-10").facets.date.buckets) == 1
    with pytest.raises(LimitExceeded) as refused:
        ask(engine, "x", interval="day")
    assert refused.value.problems[0].field == "interval"
    assert ask(engine, "x", interval="day", facets="source").total == 2


@pytest.mark.limit("date_buckets")
def test_as_many_buckets_as_allowed(new_engine, article, ask):
    """The limit itself is allowed, one more day is not."""
    days = ("2021-01-01", "2021-01-10", "2021-01-11")
    engine = new_engine(*[article("x", published=day) for day in days], date_buckets=10)
    assert len(ask(engine, "x", interval="day", to="2021-01-10").facets.date.buckets) == 10
    with pytest.raises(LimitExceeded):
        ask(engine, "x", interval="day", to="2021-01-11")


@pytest.mark.parametrize("asked", ["", "category", "source", "date", "date,category"])
def test_only_asked_facets(filed, ask, asked):
    """Facets that are not asked for are absent, not empty."""
    facets = ask(filed, "x", facets=asked).facets
    present = {name for name in ("category", "source", "date") if getattr(facets, name) is not UNSET}
    assert present == set(filter(None, asked.split(",")))


@pytest.mark.parametrize("q", ["", "x", "x y", "-y"])
def test_counts_come_back(filed, ask, q):
    """A path, a source, a bar's from and to, sent back as filters, give exactly their count."""
    facets = ask(filed, q, match="any").facets
    for node in every_node(facets.category):
        assert ask(filed, q, match="any", category=written_path(node.path)).total == node.count
    for bucket in facets.source.buckets:
        assert ask(filed, q, match="any", source=bucket.value).total == bucket.count
    for interval in ("day", "month", "year"):
        buckets = ask(filed, q, match="any", interval=interval).facets.date.buckets
        assert buckets
        for bucket in (bucket for n, bucket in enumerate(buckets) if bucket.count or n % 50 == 0):
            narrowed = ask(filed, q, match="any", from_=bucket.since, to=bucket.until)
            assert narrowed.total == bucket.count


def test_counts_come_back_when_picked(filed, ask):
    """Adding to a pick of the other kind gives the count that the facet showed."""
    facets = ask(filed, "x", category="新闻").facets
    for bucket in facets.source.buckets:
        assert ask(filed, "x", category="新闻", source=bucket.value).total == bucket.count
    facets = ask(filed, "x", source="甲").facets
    for node in every_node(facets.category):
        assert ask(filed, "x", source="甲", category=written_path(node.path)).total == node.count


@pytest.mark.parametrize("interval", ["day", "month", "year"])
def test_bars_end_where_the_dates_do(new_engine, article, ask, interval):
    """A bar that the dates asked for cut through, sent back, gives its count and not the whole bar's."""
    times = [
        "2021-10-01",
        "2021-10-19T08:00:00",
        "2021-10-19T13:00:00",
        "2021-10-19",
        "2021-10-20T09:00:00",
        "2021-12-01",
    ]
    engine = new_engine(*[article("x", published=time) for time in times])
    asked = {"from_": "2021-10-19T12:00:00", "to": "2021-10-20T10:00:00"}
    result = ask(engine, "x", interval=interval, **asked)
    buckets = result.facets.date.buckets
    assert (buckets[0].since, buckets[-1].until) == (f"{asked['from_']}+08:00", f"{asked['to']}+08:00")
    assert sum(bucket.count for bucket in buckets) == result.total == 3
    assert [ask(engine, "x", from_=b.since, to=b.until).total for b in buckets] == [b.count for b in buckets]
