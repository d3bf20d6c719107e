"""What every engine promises about filters: categories, sources, dates, and all together."""

import pytest


@pytest.fixture
def filed(new_engine, article):
    """Articles a to g at different places of the category tree."""
    paths = [
        ("首页", "新闻", "国内"),
        ("新闻", "国内"),
        ("网易首页", "新闻"),
        ("新闻联播",),
        ("Home", "体育", "新闻"),
        ("首页",),
        (),
    ]
    return new_engine(*[article("x", breadcrumb=path) for path in paths])


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("新闻", "a b c"),
        ("新闻 > 国内", "a b"),
        (" 首页>新闻 >国内 ", "a b"),
        ("体育", "e"),
        ("体育 > 新闻", "e"),
        ("国内", ""),
        ("新闻 > 国", ""),
        ("新", ""),
        (["新闻联播", "体育"], "d e"),
        (["新闻 > 国内", "新闻"], "a b c"),
        ([], "a b c d e f g"),
    ],
)
def test_category(filed, ids, category, expected):
    """A category is a whole path from the outermost label on, with all that is below it."""
    assert ids(filed, "x", category=category, sort="newest") == expected


def test_category_label_exact(new_engine, article, ids):
    """Labels compare exactly: case, width and script make a difference, and a > is one character."""
    engine = new_engine(
        *[article("x", breadcrumb=(label,)) for label in ("IT", "it", "ＩＴ", "a>b", "A股", "新聞")]
    )
    for category, expected in (("IT", "a"), ("it", "b"), ("a\\>b", "d"), ("a > b", ""), ("新闻", "")):
        assert ids(engine, category=category) == expected


def test_source(new_engine, article, ids):
    """Sources are compared as a whole and exactly; several are alternatives."""
    sources = ["互联网", "互联", "IT", "it", None, "a, b"]
    engine = new_engine(*[article("x", source=source) for source in sources])
    for source, expected in (
        ("互联网", "a"),
        ("互联", "b"),
        ("IT", "c"),
        ("a, b", "f"),
        ("a", ""),
        (["it", "互联"], "b d"),
    ):
        assert ids(engine, "x", source=source) == expected


@pytest.fixture
def dated(new_engine, article):
    """Articles around midnight of 2021-10-19 in China: s by the second, m by the minute, d by the day."""
    times = {
        "s1": "2021-10-18T23:59:59+08:00",
        "s2": "2021-10-19T00:00:00+08:00",
        "m3": "2021-10-19 12:30",
        "s4": "2021-10-19T23:59:59+08:00",
        "s5": "2021-10-20T00:00:00+08:00",
        "d6": "2021-10-18",
        "d7": "2021-10-19",
        "d8": "2021-10-20",
    }
    return new_engine(
        article("x", id="u9"), *[article("x", id=name, published=t) for name, t in times.items()]
    )


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2021-10-19", "2021-10-19", "s2 d7 m3 s4"),
        ("2021-10-19T00:00:00+08:00", "2021-10-20T00:00:00+08:00", "s2 d7 m3 s4"),
        ("2021-10-18T16:00:00Z", "2021-10-19T16:00:00Z", "s2 d7 m3 s4"),
        ("2021-10-19T00:00:01", "2021-10-19T23:59:59", "d7 m3"),
        ("2021-10-19T12:30:00", "2021-10-19T12:30:01", "d7 m3"),
        ("2021-10-19T12:30:01", "2021-10-19T12:30:02", "d7"),
        ("2021-10-20T00:00:00", None, "d8 s5"),
        ("2021-10-19T23:59:59", None, "d7 s4 d8 s5"),
        (None, "2021-10-18T23:59:59", "d6"),
        (None, "2021-10-18T00:00:00", ""),
        (None, "2021-10-19T00:00:00", "d6 s1"),
        ("2021", "2021", "d6 s1 d7 s2 m3 s4 d8 s5"),
        ("2022", None, ""),
        (None, "2020", ""),
        ("2021-10-19T12:00:00", "2021-10-19T12:00:00", ""),
        ("2021-10-19T13:00:00", "2021-10-19T12:00:00", ""),
        ("2022", "2020", ""),
    ],
)
def test_dates(dated, ids, since, until, expected):
    """A range takes what happened in it; an article of a day covers its whole day; undated ones never."""
    bounds = {"from_": since, "to": until}
    given = {name: value for name, value in bounds.items() if value is not None}
    found = ids(dated, "x", sort="oldest", **given).split()
    assert sorted(found) == sorted(expected.split())


def test_no_dates(dated, ask):
    """Without a range undated articles are there."""
    assert ask(dated, "x").total == 9


def test_kinds_narrow_each_other(new_engine, article, ids, request_for):
    """Query, category, source and dates all have to hold, for pages and scans."""
    engine = new_engine(
        article("x", breadcrumb=("新闻",), source="甲", published="2021-01-01"),
        article("y", breadcrumb=("新闻",), source="甲", published="2021-01-01"),
        article("x", breadcrumb=("体育",), source="甲", published="2021-01-01"),
        article("x", breadcrumb=("新闻",), source="乙", published="2021-01-01"),
        article("x", breadcrumb=("新闻",), source="甲", published="2020-01-01"),
    )
    narrowed = {"category": "新闻", "source": "甲", "from_": "2021"}
    assert ids(engine, "x", **narrowed) == "a"
    for left_out, expected in (("category", "a c"), ("source", "a d"), ("from_", "a e")):
        fewer = {name: value for name, value in narrowed.items() if name != left_out}
        assert ids(engine, "x", **fewer) == expected
        assert " ".join(hit.id for hit in engine.scan(request_for("x", **fewer))) == expected
    assert ids(engine, **narrowed) == "a b"
