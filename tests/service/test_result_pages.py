"""The page of results as HTTP sees it: what it shows of the hits and of how a query was read."""

from urllib.parse import quote, urlencode

import falcon.testing
import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from support.html import PAGE, hrefs, texts
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.service.app import create_app


def test_without_a_query_all_articles_are_there(visit):
    """The start page shows how many articles there are, newest first, with all filters."""
    answer = visit("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert texts(answer, "h1") == ["全部 26 篇"]
    assert len(texts(answer, ".hit")) == 10
    assert texts(answer, "#filters h2") == ["栏目", "时间", "来源", "转载"]


def test_hits_lead_out_or_to_the_copy(visit):
    """A hit leads to its own page where it has one, and its copy keeps the query."""
    answer = visit("/?q=货轮&size=25")
    assert set(hrefs(answer, "a.title")) >= {
        "https://news.example/1",
        f"/articles/n%2F0?q={quote('货轮')}",
    }
    assert len(hrefs(answer, "a.copy")) == 12
    outside = HTMLParser(answer.text).css("a[href^=https]")
    assert {link.attributes["rel"] for link in outside} == {"noopener noreferrer"}
    assert set(texts(answer, ".snippet mark")) == {"货轮"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2021-99-01", "2021-99-01"),
        ("size=-1", "-1"),
        ("size=101", "101"),
        ("offset=9999", "9999"),
        ("sort=x", "x"),
        ("match=x", "x"),
        ("collapse=x", "x"),
        ("interval=x", "x"),
        ("expand=x", "x"),
        ("explain=x", "x"),
        ("category=首页", "首页"),
        ("q=b", "512"),
    ],
)
def test_wrong_parameters_keep_the_box(visit, query, field):
    """What cannot be read is named, the box keeps its words, and a link leads on without it."""
    answer = visit(f"/?q=港口&{query}")
    assert answer.status_code == 400
    assert answer.headers["cache-control"] == "no-store"
    assert HTMLParser(answer.text).css_first("#q").attributes["value"] == "港口"
    assert field in texts(answer, ".faults li")[0]
    (without,) = hrefs(answer, ".button.first")
    assert visit(without).status_code == 200


def test_a_query_beyond_the_limit_is_named(visit, limits):
    """query_characters and query_leaves are told where the query is too long."""
    answer = visit("/?q=" + "a" * (limits.query_characters + 1))
    assert answer.status_code == 400
    assert texts(answer, ".faults li") == ["搜索词最多 512 个字、128 个词，而且只能给一次。"]


def test_unknown_parameters_are_ignored(visit):
    """A counting parameter of another site does no harm and is not carried along."""
    answer = visit("/?q=港口&utm_source=x&facets=nothing")
    assert answer.status_code == 200
    assert "utm_source" not in answer.text


def test_pages_end_where_the_hits_do(visit):
    """Pages lead to each other, the present one says so, and there is none beyond the last."""
    answer = visit("/?q=港口&size=5&offset=20")
    assert texts(answer, ".paging li") == ["1", "2", "3", "4", "5"]
    assert texts(answer, '.paging [aria-current="page"]') == ["5"]
    assert hrefs(answer, ".paging .step") == [f"/?q={quote('港口')}&size=5&offset=15"]
    beyond = visit("/?q=港口&offset=500")
    assert texts(beyond, ".state h2") == ["这一页没有内容"]


def test_the_window_is_never_left(visit, settings, shelf):
    """No page link leads beyond offset + size = window, and the last page says why."""
    small = msgspec.structs.replace(
        settings, limits=msgspec.structs.replace(settings.limits, window=12, page_size=10)
    )
    client = falcon.testing.TestClient(create_app(shelf, small))
    answer = client.simulate_get("/", query_string="size=5&offset=5", headers=PAGE)
    assert texts(answer, ".paging li") == ["1", "2"]
    assert "10" in texts(answer, ".paging .note")[0]
    assert hrefs(answer, ".paging .step") == ["/?size=5"]


def test_nothing_found_says_what_to_try(visit):
    """Without hits there are links without each condition, and all of them lead to hits."""
    answer = visit('/?q="独一篇"&source=来源1')
    assert texts(answer, "h1") == ["没有找到相符的文章"]
    assert "去掉条件：来源1" in texts(answer, ".state li a")
    assert texts(visit(hrefs(answer, ".state li a")[0]), "h1") == ["找到 1 篇"]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        # By itself a search has asked for any of the words already.
        ("q=魑魅+zzzz", False),
        ("q=魑魅+zzzz&match=any", False),
        ("q=魑魅+zzzz&match=all", True),
        ("q=港口+zzzz&category=没有的", True),
        ('q="魑魅"+"zzzz"', True),
    ],
)
def test_any_of_the_words_is_offered_where_it_may_help(visit, query, offered):
    """The link to match=any is there only where that was not searched for already."""
    assert ("含任一词即可" in texts(visit(f"/?{query}"), ".state li a")) == offered


def test_dates_the_wrong_way_round_are_explained(visit):
    """Where the last date is before the first, the page says so."""
    answer = visit("/?q=港口&from=2020-05-01&to=2018-01-01")
    assert texts(answer, ".notes li") == ["“2020-05-01..2018-01-01”的结束早于开始，其中没有文章。"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "没有文章含全部的词，以下文章含其中一部分。 可以缺少：zzzz"),
        ("en", "No article has all the words; these have some of them. May be missing: zzzz"),
    ],
)
def test_fewer_words_are_told(visit, language, told):
    """Where nothing has all words the page says so, and which words may be missing."""
    assert texts(visit(f"/?q=海铁联运+zzzz&lang={language}"), ".notice") == [told]
    assert texts(visit(f"/?q=海铁联运&lang={language}"), ".notice") == []


@pytest.mark.parametrize(("language", "asks"), [("zh", "您是不是要找："), ("en", "Did you mean:")])
def test_other_spellings_are_links(visit, language, asks):
    """An offer is a link to the search for it, which keeps the filters and begins on the first page."""
    answer = visit(f"/?q=海铁连运&source=来源1&size=5&offset=5&lang={language}")
    (notice,) = [text for text in texts(answer, ".notice") if asks in text]
    assert "海铁联运" in notice
    assert (
        hrefs(answer, ".notice a")[0]
        == f"/?{urlencode({'q': '海铁联运', 'source': '来源1', 'size': 5, 'lang': language})}"
    )
    assert not [text for text in texts(visit("/?q=海铁联运"), ".notice") if asks in text]


@pytest.mark.parametrize(("language", "why"), [("zh", "没有文字或数字"), ("en", "no letter or digit")])
def test_signs_alone_are_explained(visit, language, why):
    """A query without a letter or digit finds nothing and says why, once and in the reader's language."""
    answer = visit(f"/?q=%3F%3F&lang={language}")
    assert [text for text in texts(answer, ".notes li") if why in text]
    assert ("no letter or digit" in answer.text) == (language == "en")
    assert answer.text.count(why) == 1


def test_what_was_read_as_text_is_said(visit):
    """Above the hits stand notes in the reader's language, with the piece that each is about."""
    query = quote("港口 <b OR date:昨天 title:")
    for language, parts in (
        ("zh", ["“date:昨天”不是日期", "“title:”后面没有内容"]),
        ("en", ["date:昨天 is no date", "title: has"]),
    ):
        notes = texts(visit(f"/?q={query}&lang={language}"), ".notes li")
        assert [note.startswith(part) for note, part in zip(notes, parts, strict=True)] == [True, True]
    answer = visit(f"/?q={quote('港口 date:<b>x</b>')}&lang=en")
    assert [note.split(" is ")[0] for note in texts(answer, ".notes li")] == ["date:<b>x</b>"]
    assert texts(visit("/?q=港口"), ".notes li") == []


@pytest.mark.parametrize(
    ("language", "summary", "first"),
    [("zh", "为什么排在这里", "货轮：正文里 1 次"), ("en", "Why here", "货轮: 1 × in the text")],
)
def test_why_a_hit_stands_there_is_said(visit, language, summary, first):
    """With explain=true each hit has the parts of its score in the reader's language; addresses keep it."""
    answer = visit(f"/?q=货轮&explain=true&size=2&offset=2&lang={language}")
    assert texts(answer, ".why > summary") == [summary] * 2
    assert texts(answer, ".why li")[0].endswith(first)
    assert all("explain=true" in href for href in hrefs(answer, ".sorts a"))
    (without,) = hrefs(answer, "[data-key=explain]")
    answer = visit(without)
    assert texts(answer, ".why") == []
    assert [hrefs(answer, "[data-key=explain]")[0].count(part) for part in ("explain=true", "offset=2")] == [
        1,
        1,
    ]


def test_without_scores_there_is_nothing_to_say(visit):
    """Where hits are ordered by time the page neither gives reasons nor offers them."""
    for address in ("/?explain=true", "/?q=货轮&explain=true&sort=newest", "/"):
        answer = visit(address)
        assert texts(answer, ".why") == texts(answer, "[data-key=explain]") == []


@pytest.mark.parametrize("query", ["??", "港口"])
def test_notes_of_the_api_stay_out_of_pages(visit, settings, shelf, query):
    """Notes are English sentences: whatever one says of whichever query, no page shows it."""

    class Noting(EmbeddedEngine):
        def search(self, request):
            result = super().search(request)
            understood = msgspec.structs.replace(result.query_understood, notes=("this is a note",))
            return msgspec.structs.replace(result, query_understood=understood)

    for language in ("zh", "en"):
        answer = visit(f"/?q={query}&lang={language}", over=Noting(shelf.directory, settings))
        assert answer.status_code == 200
        assert "a note" not in answer.text
