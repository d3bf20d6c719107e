"""The pages without script, on a phone, and with articles that mean harm."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PHONE = 390
EVIL = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"'><svg onload=document.title='owned'>",
    "{{ 7*7 }}{% raw %}</textarea></title>",
)


def overflows(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_everything_works_without_script(open_page):
    """Search, filter, bar, chip, page, copy and back are plain links and forms."""
    page = open_page("/", java_script_enabled=False)
    page.locator("#q").fill("货轮")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("h1")).to_have_text("找到 60 篇")
    page.locator(".choice", has_text="澜江日报").click()
    expect(page.locator("h1")).to_have_text("找到 20 篇")
    page.locator(".row-label", has_text="2020年").click()
    expect(page.locator(".chip")).to_have_count(2)
    page.get_by_role("link", name="去掉：2020年").click()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".paging [aria-current]")).to_have_text("2")
    page.locator("#q").fill("码头")
    page.locator("#q").press("Enter")
    expect(page.locator(".chip")).to_have_text("澜江日报")
    page.locator(".title").first.click()
    expect(page.locator("article h1")).to_be_visible()
    page.get_by_role("link", name="返回结果").click()
    expect(page.locator("h1")).to_have_text("找到 60 篇")
    expect(page.locator("#theme")).to_be_hidden()


@pytest.mark.parametrize(
    "target", ["/?q=货轮&source=互联网&from=2020", "/articles/a%2F1", "/?q=没有的词", "/?size=x"]
)
def test_a_phone_scrolls_one_way_only(open_page, target):
    """At 390 pixels nothing is wider than the screen."""
    page = open_page(target, width=PHONE, has_touch=True, is_mobile=True)
    assert not overflows(page)
    expect(page.locator("#q")).to_be_visible()


def test_filters_are_folded_on_a_phone(open_page):
    """The filters wait behind a button with their number, and stay open while one picks."""
    page = open_page("/?q=货轮&source=互联网", width=PHONE, has_touch=True, is_mobile=True)
    expect(page.locator(".badge")).to_have_text("1")
    expect(page.locator(".choice").first).to_be_hidden()
    page.locator("#filters > summary").tap()
    page.locator(".choice", has_text="城市").tap()
    expect(page.locator(".badge")).to_have_text("2")
    expect(page.locator(".choice").first).to_be_visible()
    assert not overflows(page)


def test_targets_are_large_enough_for_fingers(open_page):
    """Bars, choices and chips are at least 24 pixels wide and high on a phone."""
    page = open_page("/?q=货轮&source=互联网", width=PHONE, has_touch=True, is_mobile=True)
    page.locator("#filters > summary").tap()
    for selector in (".bars a", ".choice", ".chip", ".row-label"):
        box = page.locator(selector).first.bounding_box()
        assert min(box["width"], box["height"]) >= 24, selector


@pytest.fixture(scope="session")
def evil_site(serve, make_article):
    """A service over articles with markup and script in every field."""
    return serve(
        [
            make_article(
                f"evil{number}",
                title=f"恶意 {payload}",
                body=f"正文 {payload}\n{payload}",
                url=url,
                published="2021-10-19",
                source=f"源{payload}",
                author=payload,
                keywords=(payload,),
                breadcrumb=("首页", f"栏{payload}", payload),
            )
            for number, (payload, url) in enumerate(
                zip(
                    EVIL,
                    (
                        "javascript:document.title='owned'",
                        " javascript:alert(1)",
                        "data:text/html,<b>",
                        "//evil.example",
                    ),
                    strict=True,
                )
            )
        ]
    )


@pytest.mark.parametrize("query", ["恶意", *EVIL])
def test_markup_in_articles_and_queries_stays_text(open_page, evil_site, query):
    """Whatever an article or a query holds is shown and never run; no link leaves by its scheme."""
    page = open_page(f"/?q={quote(query)}&source={quote('源' + EVIL[0])}&lang=zh", at=evil_site)
    expect(page.locator("#q")).to_have_value(query)
    expect(page.locator(".chip")).to_contain_text(EVIL[0])
    page.goto(f"{evil_site}/?q={quote('恶意')}")
    expect(page.locator(".hit")).to_have_count(4)
    for payload in EVIL:
        expect(page.locator(".title", has_text=payload)).to_have_count(1)
    links = page.evaluate("[...document.links].map(link => link.protocol + '//' + link.host)")
    assert {re.sub(r":\d+$", "", link) for link in links} == {"http://127.0.0.1"}
    assert page.locator("main script, main img, main svg[onload]").count() == 0
    page.locator(".title").first.click()
    expect(page.locator(".body p").first).to_contain_text("正文 ")
    assert "owned" not in (page.title(), page.evaluate("document.title"))


def test_long_words_and_titles_break(open_page, serve, make_article):
    """A title, source or label without a place to break stays inside its column at any width."""
    long = "长标题没有标点" * 40
    word = "https://example.org/" + "a" * 300
    at = serve(
        [
            make_article(
                "long",
                title=long + word,
                body=word,
                source=word[:200],
                breadcrumb=("首页", long[:200], word[:200]),
            )
        ]
    )
    for width in (PHONE, 700, 1280):
        for target in (f"/?category={quote(long[:200])}&source={quote(word[:200])}", "/articles/long"):
            assert not overflows(open_page(target, at=at, width=width)), (width, target)
