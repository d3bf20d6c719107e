"""The other pages as HTTP sees them, and what all pages have: status, headers, HTML."""

import os
import re
from urllib.parse import quote

import falcon.testing
import jinja2
import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from support.html import PAGE, hrefs, texts
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.ingest.identity import derived_id
from wxsearch.models import Link
from wxsearch.service import site
from wxsearch.service.app import create_app


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
        (Link("题目改过", f"{HERE}?spm=1"), [f"/articles/{derived_id(HERE, '', None, '')}?lang=zh"]),
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
