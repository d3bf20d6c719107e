import msgspec
import pytest

from wxsearch.errors import InvalidArticle, TooLarge
from wxsearch.ingest.record import article_of
from wxsearch.models import Link

FULL = {
    "id": "河-1",
    "url": "https://news.example/a/1",
    "title": "老码头的夜班船",
    "body": "船开了。\n灯亮着。",
    "published": "2023-04-05 06:07",
    "source": "江畔晚报",
    "breadcrumb": ["首页", "城市"],
    "author": "林渡",
    "keywords": ["码头", "夜班"],
    "previous": {"title": "前一天", "url": "https://news.example/a/0"},
    "next": None,
}


def test_every_key_has_its_field(limits):
    """A full record becomes an article with every value in its field."""
    article = article_of(FULL, limits)
    assert (article.id, article.title, article.author) == ("河-1", "老码头的夜班船", "林渡")
    assert (article.published, article.precision) == ("2023-04-05T06:07:00+08:00", "minute")
    assert article.breadcrumb == ("首页", "城市")
    assert article.previous == Link("前一天", "https://news.example/a/0")
    assert article.next is None
    assert article.extra == {}


@pytest.mark.parametrize("empty", [None, "", " \u3000\n"])
def test_null_and_empty_equal_absent(limits, empty):
    """A key with null, an empty text or blanks is as if it were not there."""
    bare = {"title": "题"}
    keys = ("id", "url", "body", "published", "precision", "source", "author", "previous", "next")
    assert article_of({**bare, **dict.fromkeys(keys, empty)}, limits) == article_of(bare, limits)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": 5}, "title"),
        ({"body": ["段"]}, "body"),
        ({"id": [7]}, "id"),
        ({"id": True}, "id"),
        ({"url": True}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "//news.example/a"}, "url"),
        ({"url": "https://"}, "url"),
        ({"published": True}, "published"),
        ({"published": [1700000000]}, "published"),
        ({"published": 5}, "published"),
        ({"published": "昨天"}, "published"),
        ({"published": "2023-02-30"}, "published"),
        ({"precision": "hour"}, "precision"),
        ({"source": {}}, "source"),
        ({"breadcrumb": 5}, "breadcrumb"),
        ({"breadcrumb": ["首页", 3]}, "breadcrumb[1]"),
        ({"keywords": [["x"]]}, "keywords[0]"),
        ({"previous": ["x"]}, "previous"),
        ({"next": {"title": 1}}, "next.title"),
        ({"next": {"title": "后", "url": "data:text/html,x"}}, "next.url"),
        ({"title": None, "body": " "}, "title and body"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(limits, changes, key):
    """A wrong type, time or address is an InvalidArticle that begins with the key."""
    with pytest.raises(InvalidArticle) as caught:
        article_of({**FULL, **changes}, limits)
    assert caught.value.detail.startswith(key)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("url", "/a/1.html"),
        ("url", "javascript:alert(1)"),
        ("published", "昨天"),
        ("precision", "hour"),
        ("next", {"title": "后", "url": "data:text/html,x"}),
    ],
)
def test_a_side_field_may_be_left_out(limits, key, value):
    """Who asks for it gets the article without what cannot be read, and hears which field that was."""
    left_out = []
    article = article_of({**FULL, key: value}, limits, left_out)
    assert article == article_of({**FULL, key: None}, limits)
    assert [problem.problems[0].field for problem in left_out] == [key]
    with pytest.raises(InvalidArticle, match=key):
        article_of({**FULL, key: value}, limits, [], sure={key})


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "题" * 2001},
        {"id": "号" * 171},
        {"source": "源" * 201},
        {"breadcrumb": ["栏"] * 17},
        {"keywords": ["词", "词" * 201]},
        {"url": 5},
        {"source": ["社"]},
        {"title": 5},
    ],
)
def test_sizes_and_wrong_types_are_never_left_out(limits, changes):
    """A limit refuses whatever is above it, and a type that is wrong is a slip of the program."""
    with pytest.raises((InvalidArticle, TooLarge)):
        article_of({**FULL, **changes}, limits, [])


@pytest.mark.parametrize(
    ("key", "value", "read"),
    [
        ("breadcrumb", "首页 > 城市", ("首页", "城市")),
        ("keywords", "码头，夜班", ("码头", "夜班")),
        ("published", 1717373109, "2024-06-03T08:05:09+08:00"),
        ("published", 1717373109000, "2024-06-03T08:05:09+08:00"),
        ("published", 1717373109.25, "2024-06-03T08:05:09+08:00"),
        ("published", 20240603, "2024-06-03T00:00:00+08:00"),
        ("published", "1717373109", "2024-06-03T08:05:09+08:00"),
        ("published", "Mon, 03 Jun 2024 00:05:09 GMT", "2024-06-03T08:05:09+08:00"),
        ("published", "0000-00-00 00:00:00", None),
        ("published", 0, None),
    ],
)
def test_forms_of_exports(limits, key, value, read):
    """Lists written as one text, and times as databases write them."""
    assert getattr(article_of({**FULL, key: value}, limits), key) == read


def test_a_record_without_text_is_named_by_its_keys(limits):
    """Who has the text under another key sees which keys there are."""
    with pytest.raises(InvalidArticle, match=r"its other keys are biaoti, neirong$"):
        article_of({"biaoti": "题", "neirong": "文。", "source": "社"}, limits)


@pytest.mark.parametrize(
    ("key", "value", "over"),
    [
        ("id", "号" * 170, "号" * 171),
        ("title", "题" * 2000, "题" * 2001),
        ("source", "源" * 200, "源" * 201),
        ("author", "者" * 200, "者" * 201),
        ("keywords", ["词" * 200], ["词" * 201]),
        ("breadcrumb", ["栏" * 200], ["栏" * 201]),
        ("breadcrumb", ["栏"] * 16, ["栏"] * 17),
        ("previous", "前" * 2000, "前" * 2001),
    ],
)
def test_a_limit_allows_n_and_refuses_one_more(limits, key, value, over):
    """Each limit lets its own size pass and names the key above it."""
    article_of({**FULL, key: value}, limits)
    with pytest.raises(TooLarge, match=f"^{key}"):
        article_of({**FULL, key: over}, limits)


def test_texts_are_trimmed_and_titles_are_one_line(limits):
    """Outer blanks go, breaks in a title become a blank, body breaks become newlines."""
    article = article_of({"title": "\u3000上\r\n 下 ", "body": " 一\r\n二\r三 ", "source": " 社 "}, limits)
    assert (article.title, article.body, article.source) == ("上 下", "一\n二\n三", "社")


@pytest.mark.parametrize("tail", [["正文"], ["老码头的夜班船"], ["老码头的夜班船", "正文"], ["", None]])
def test_a_breadcrumb_ends_before_the_article(limits, tail):
    """正文, the title and empty labels are no part of a breadcrumb."""
    record = {**FULL, "breadcrumb": ["首页", "城市", *tail]}
    assert article_of(record, limits).breadcrumb == ("首页", "城市")


def test_a_neighbour_may_be_a_title_alone(limits):
    """Previous and next may be a plain title, and an object without either is none."""
    article = article_of({**FULL, "previous": " 前 ", "next": {"title": "", "url": None}}, limits)
    assert (article.previous, article.next) == (Link("前"), None)


def test_unknown_keys_are_kept_aside(limits):
    """Keys without a field go to extra; an extra of the input is where they come from."""
    assert article_of({**FULL, "editor": "周", "x": None}, limits).extra == {"editor": "周"}
    assert article_of({**FULL, "extra": {"editor": "周"}}, limits).extra == {"editor": "周"}
    assert article_of({**FULL, "extra": 5}, limits).extra == {"extra": 5}


def test_a_precision_that_is_coarser_wins(limits):
    """A time that is only known to the day is the start of its day."""
    article = article_of({**FULL, "precision": "day"}, limits)
    assert (article.published, article.precision) == ("2023-04-05T00:00:00+08:00", "day")


def test_an_article_survives_being_printed(limits):
    """The JSON of an article is a record of the same article."""
    article = article_of({**FULL, "editor": "周"}, limits)
    assert article_of(msgspec.json.decode(msgspec.json.encode(article)), limits) == article


def test_numbers_are_ids(limits):
    """Content systems number their articles; the number is the id's text."""
    assert article_of({"id": 7, "title": "题"}, limits).id == "7"
