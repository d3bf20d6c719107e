"""Copies of articles as HTTP shows them: collapsed lists, the members of a family, and the switch."""

from urllib.parse import quote

import falcon.testing
import pytest

from support import reprints
from support.html import hrefs, texts
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.service.app import create_app

TEXT = reprints.body(5)


@pytest.fixture(scope="module")
def shelf(settings, make_article, tmp_path_factory):
    """An article, two copies of it and one that is alone."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("copies") / "index", settings)
    engine.index(
        [
            make_article("a", "港口重新开放", TEXT, published="2021-05-01", source="江城日报"),
            make_article(
                "b/1", "港口开放了", reprints.with_tail(TEXT), published="2021-05-02", source="岭南晨报"
            ),
            make_article("c", "港口消息", reprints.half(TEXT), published="2021-05-03"),
            make_article("d", "港口图片", reprints.body(6), published="2021-05-04"),
        ]
    )
    return engine


@pytest.fixture(scope="module")
def api(shelf, settings):
    """Asks the API for JSON."""
    client = falcon.testing.TestClient(create_app(shelf, settings))
    return lambda target: client.simulate_get(quote(target, safe="/?&="))


def test_a_collapsed_search_lists_one_of_each_family(api):
    """The total counts what is listed, and each hit says for how many others it stands."""
    found = api("/api/v1/search?q=港口&sort=oldest&collapse=family&facets=family").json
    assert [(hit["id"], hit["family"]) for hit in found["hits"]] == [
        ("a", {"id": "a", "size": 3, "others": 2}),
        ("d", None),
    ]
    assert found["total"] == 2
    assert found["facets"] == {"family": [{"id": "a", "title": "港口重新开放", "count": 3, "size": 3}]}


def test_an_unknown_way_to_collapse_is_refused(api, visit, shelf):
    """The API names the field; the page keeps the box and says what could be written."""
    answer = api("/api/v1/search?q=港口&collapse=source")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (400, "collapse")
    page = visit("/?q=港口&collapse=source", over=shelf)
    assert page.status_code == 400
    assert "family" in texts(page, ".faults li")[0]


def test_an_article_names_its_copies(api):
    """First published first, with source and time; who is alone has none."""
    family = api("/api/v1/articles/c").json["family"]
    assert (family["id"], family["size"]) == ("a", 3)
    assert [(each["id"], each["source"], each["published"][:10]) for each in family["members"]] == [
        ("a", "江城日报", "2021-05-01"),
        ("b/1", "岭南晨报", "2021-05-02"),
        ("c", None, "2021-05-03"),
    ]
    assert api("/api/v1/articles/d").json["family"] is None


def test_the_page_collapses_and_leads_to_the_copies(visit, shelf):
    """The switch is kept in every link; what a hit stands for leads to the list beside the article."""
    page = visit("/?q=港口", over=shelf)
    assert len(texts(page, ".hit")) == 4
    assert texts(page, "[aria-labelledby=by-copies] a") == ["逐篇列出", "合并转载"]
    assert texts(page, ".hit .note") == ["另有 2 家转载"] * 3
    assert hrefs(page, ".together a") == [f"/?q={quote('港口')}&collapse=family"]
    assert hrefs(visit("/?q=港口&size=1", over=shelf), ".together a") == []
    collapsed = visit("/?q=港口&collapse=family&sort=oldest&lang=zh", over=shelf)
    assert texts(collapsed, ".hit .note") == ["另有 2 家转载"]
    assert hrefs(collapsed, ".hit .note a") == [f"/articles/a?q={quote('港口')}&lang=zh#copies"]
    assert all("collapse=family" in href for href in hrefs(collapsed, ".sorts a"))
    assert "合并转载" in texts(collapsed, ".chip span")
    english = visit("/?q=港口&collapse=family&sort=oldest&lang=en", over=shelf)
    assert texts(english, ".hit .note") == ["2 other copies"]


def test_the_page_of_an_article_lists_its_copies(visit, shelf):
    """The others are links, the article itself is not; an article that is alone has no list."""
    page = visit("/articles/c?lang=zh", over=shelf)
    assert texts(page, "#copies h2") == ["同一篇文章的 3 个版本，最早的在前"]
    assert hrefs(page, "#copies a") == ["/articles/a?lang=zh", "/articles/b%2F1?lang=zh"]
    assert not texts(visit("/articles/d", over=shelf), "#copies")
