"""The pages as HTTP sees them: status, headers, and what stands in the HTML."""

import os
import re
from urllib.parse import quote, urlencode

import falcon.testing
import jinja2
import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.ingest.identity import derived_id
from wxsearch.models import Link
from wxsearch.service import site
from wxsearch.service.app import create_app

PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def shelf(settings, make_article, tmp_path_factory):
    """An engine over 25 articles of three sources and two categories, and one of its own kind."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("pages") / "index", settings)
    articles = [
        make_article(
            f"n/{number}",
            title=f"港口新闻第{number}篇",
            body="货轮靠港。\n　　第二段写海铁联运。",
            url=f"https://news.example/{number}" if number % 2 else None,
            published=f"2021-{number % 12 + 1:02}-19T13:13:28+08:00",
            source=f"来源{number % 3}",
            breadcrumb=("首页", "物流资讯", f"栏目{number % 2}"),
        )
        for number in range(25)
    ]
    articles.append(
        make_article(
            "own",
            title="独一篇",
            body="别处没有的字",
            author="记者甲",
            keywords=("港口",),
            previous=Link("港口新闻第1篇", "https://news.example/1"),
            next=Link("不在这里", "https://elsewhere.example/x"),
        )
    )
    engine.index(articles)
    return engine


@pytest.fixture(scope="module")
def visit(shelf, settings):
    """Opens a page; keywords change the settings of the site."""

    def open_page(target, *, over=shelf, prefix="", headers=None, **look):
        changed = msgspec.structs.replace(
            settings,
            site=msgspec.structs.replace(settings.site, **look),
            service=msgspec.structs.replace(settings.service, path_prefix=prefix),
        )
        path, _, query = target.partition("?")
        client = falcon.testing.TestClient(create_app(over, changed))
        query = quote(query, safe="=&%+")
        return client.simulate_get(prefix + path, query_string=query, headers=PAGE | (headers or {}))

    return open_page


def texts(answer, selector):
    return [found.text(strip=True) for found in HTMLParser(answer.text).css(selector)]


def hrefs(answer, selector):
    return [found.attributes["href"] for found in HTMLParser(answer.text).css(selector)]


def test_without_a_query_all_articles_are_there(visit):
    """The start page shows how many articles there are, newest first, with all filters."""
    answer = visit("/")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert texts(answer, "h1") == ["全部 26 篇"]
    assert len(texts(answer, ".hit")) == 10
    assert texts(answer, "#filters h2") == ["栏目", "时间", "来源"]


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


def test_an_article_is_shown_whole(visit):
    """The copy has breadcrumb, title, time, source and paragraphs, with the query marked."""
    answer = visit("/articles/n%2F1?q=货轮")
    assert texts(answer, "h1") == ["港口新闻第1篇"]
    assert texts(answer, ".body p") == ["货轮靠港。", "第二段写海铁联运。"]
    assert texts(answer, "mark") == ["货轮"]
    assert texts(answer, "time") == ["2021-02-19 13:13:28"]
    assert hrefs(answer, "a.original") == ["https://news.example/1"]
    assert texts(answer, ".crumbs a") == ["物流资讯", "栏目1"]
    assert hrefs(answer, "#back") == [f"/?q={quote('货轮')}"]


@pytest.mark.parametrize("target", ["/?q=港口", "/?q=港口&size=x", "/articles/own", "/articles/none"])
def test_a_page_reads_its_address_once(visit, monkeypatch, target):
    """Where the reader is, and in which language, is found out once a page, also where it is an error."""
    read = []
    for name in ("read_address", "choose_language"):
        whole = getattr(site, name)
        monkeypatch.setattr(
            site, name, lambda *given, name=name, whole=whole: read.append(name) or whole(*given)
        )
    visit(target)
    assert read == ["read_address", "choose_language"]


def test_templates_are_not_looked_for_again(shelf, settings, monkeypatch):
    """All templates are compiled when the application is made; no page goes to the disk for one."""
    client = falcon.testing.TestClient(create_app(shelf, settings))

    def gone(*_):
        raise OSError("the templates are gone")

    monkeypatch.setattr(jinja2.FileSystemLoader, "get_source", gone)
    monkeypatch.setattr(os.path, "getmtime", gone)
    for path in ("/", "/articles/own", "/articles/none", "/opensearch.xml"):
        assert client.simulate_get(path, headers=PAGE).status_code in (200, 404), path


HERE = "https://news.example/0"


@pytest.mark.parametrize(
    ("neighbour", "leads_to"),
    [
        (Link("题目改过", HERE), [f"/articles/{derived_id(HERE, '', None, '')}?lang=zh"]),
        (Link("有自己的编号", "https://news.example/own"), ["https://news.example/own"]),
        (Link("不在这里", "https://elsewhere.example/x"), ["https://elsewhere.example/x"]),
        (Link("不是网址", "javascript:alert(1)"), []),
        (Link("只有题目"), []),
    ],
)
def test_a_neighbour_leads_to_what_is_known_of_it(
    visit, settings, make_article, tmp_path, neighbour, leads_to
):
    """To our copy if its address gave its id, else to its own page, else nowhere; and nothing is searched."""

    class Unsearched(EmbeddedEngine):
        def search(self, *_):
            raise AssertionError("an article page searched")

    engine = Unsearched(tmp_path / "index", settings)
    held = [make_article(derived_id(HERE, "", None, ""), title="当前题目", url=HERE)]
    held += [make_article("explicit", title="有自己的编号", url="https://news.example/own")]
    held += [make_article("one", title="一篇", previous=neighbour), make_article("two", title="只有题目")]
    engine.index(held)
    answer = visit("/articles/one?lang=zh", over=engine)
    assert texts(answer, ".neighbours [lang]") == [neighbour.title]
    assert hrefs(answer, ".neighbours a") == leads_to


def test_a_missing_article_is_a_page(visit):
    """An id that is not held gives 404 and a page with the box."""
    answer = visit("/articles/none")
    assert answer.status_code == 404
    assert texts(answer, "h1") == ["没有这个页面"]


def test_any_other_address_is_a_page_too(visit):
    """An address that leads nowhere answers a person with a page."""
    assert texts(visit("/no/such/page"), "h1") == ["没有这个页面"]


def test_a_missing_index_is_a_page(visit, settings, tmp_path):
    """A service without an index tells a person so."""
    answer = visit("/", over=EmbeddedEngine(tmp_path / "none", settings))
    assert answer.status_code == 503
    assert texts(answer, "h1") == ["还没有可以搜索的内容"]


def test_the_language_follows_the_reader(visit):
    """lang= wins over the browser, the browser over the settings; links keep only lang=."""
    assert '<html lang="en">' in visit("/", headers={"Accept-Language": "en"}).text
    assert '<html lang="zh-CN">' in visit("/?lang=zh", headers={"Accept-Language": "en"}).text
    english = visit("/?q=港口&lang=en")
    assert texts(english, "h1") == ["25 articles found"]
    assert all("lang=en" in href for href in hrefs(english, ".choice, .bars a, a.copy"))
    # What is Chinese on an English page is text of articles, and says so.
    frame = HTMLParser(english.text)
    for node in frame.css('head, [lang="zh-CN"], .hit, a[data-key], input, .rows'):
        node.decompose()
    assert not re.search("[\u4e00-\u9fff]", frame.body.text().replace("中文", ""))


@pytest.mark.parametrize("prefix", ["/search", "/搜索"])
def test_every_link_honours_the_prefix(visit, prefix):
    """Behind a proxy all addresses of the pages stay below the prefix."""
    for target in ("/?q=港口&size=5", "/articles/own", "/articles/none", "/?size=x"):
        page = HTMLParser(visit(target, prefix=prefix).text)
        own = [node.attributes[name] for name in ("href", "src", "action") for node in page.css(f"[{name}]")]
        assert all(address.startswith(("https://", quote(prefix) + "/", "#")) for address in own), own


def test_the_site_presents_itself(visit):
    """Name, logo and home of the settings are at the top, and a home that is no address is not."""
    answer = visit("/", name="澜江<网>", logo="/logo.svg", home_url="https://www.example.cn/")
    assert texts(answer, ".brand") == ["澜江<网>"]
    assert hrefs(answer, ".brand") == ["https://www.example.cn/"]
    assert HTMLParser(answer.text).css_first(".brand img").attributes["src"] == "/logo.svg"
    assert hrefs(visit("/", home_url="javascript:alert(1)"), ".brand") == ["/"]


def test_pages_allow_nothing_inline(visit):
    """The policy names our own host only, and no page has a script or style inside."""
    for target in ("/?q=港口", "/articles/own", "/articles/none"):
        answer = visit(target)
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
        assert "unsafe" not in policy
        page = HTMLParser(answer.text)
        assert not page.css("style, script:not([src]), [style], [onclick], iframe")


def test_the_deepest_category_is_shown(visit, settings, make_article, tmp_path):
    """A path of limits.breadcrumb_labels labels, chosen, is a tree of as many levels."""
    labels = tuple(f"层{level}" for level in range(settings.limits.breadcrumb_labels))
    engine = EmbeddedEngine(tmp_path / "index", settings)
    engine.index([make_article("deep", breadcrumb=labels)])
    answer = visit(f"/?category={' > '.join(labels)}", over=engine)
    assert answer.status_code == 200
    assert set(labels) <= set(texts(answer, "a.choice .label"))


def test_static_files_are_kept_by_browsers(visit):
    """With the hash in the address a file may be kept for a year; a tag spares sending it again."""
    (style,) = hrefs(visit("/"), "link[rel=stylesheet]")
    answer = visit(style)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    again = visit(style, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert visit("/static/style.css").headers["cache-control"] == "no-cache"
    assert visit("/static/none.css").status_code == 404


def test_browsers_can_add_the_search(visit):
    """The OpenSearch description names the address that the reader came by."""
    answer = visit("/opensearch.xml", name="甲&乙", prefix="/suche", headers={"Host": "so.example:8000"})
    assert answer.headers["content-type"].startswith("application/opensearchdescription+xml")
    assert answer.headers["cache-control"] == "no-store"
    assert 'template="http://so.example:8000/suche/?q={searchTerms}"' in answer.text
    assert "<ShortName>甲&amp;乙</ShortName>" in answer.text


def test_no_header_but_host_names_the_search(visit):
    """What any client can say about a proxy does not come into the description."""
    forged = {
        "Host": "so.example",
        "X-Forwarded-Proto": "javascript",
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example;proto=javascript",
    }
    text = visit("/opensearch.xml", headers=forged).text
    assert 'template="http://so.example/?q={searchTerms}"' in text
    assert "evil" not in text
    assert "javascript" not in text


@pytest.mark.parametrize("host", ["a/b", "a?b", "a@b", "a b", "a:b", "[::1", "a:80:80", 'a"b', "a{b}"])
def test_a_host_that_is_none_is_not_repeated(visit, host):
    """A Host that is not host or host:port is refused."""
    assert visit("/opensearch.xml", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["so.example", "127.0.0.1:8000", "[::1]:8000"])
def test_hosts_have_names_or_numbers(visit, host):
    """Names, IPv4 and IPv6 are all addresses to come by."""
    assert f'"http://{host}/?q=' in visit("/opensearch.xml", headers={"Host": host}).text
