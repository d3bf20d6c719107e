"""Headlines below the box while one types."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def typing(open_page):
    """A page in whose box something was typed, and its list."""

    def start(text, target="/", **options):
        page = open_page(target, **options)
        page.locator("#q").fill("")
        page.locator("#q").press_sequentially(text)
        return page, page.locator("#titles")

    return start


def test_headlines_are_offered_while_one_types(typing):
    """Six articles with the words in their titles, marked; the box says that there is a list."""
    page, titles = typing("货轮靠")
    expect(titles.get_by_role("option")).to_have_count(6)
    expect(titles.locator("mark").first).to_have_text("货轮靠")
    expect(titles.locator("small").first).to_have_text(re.compile(r"\d{4}-\d\d-\d\d$"))
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "true")


def test_the_arrows_choose_and_enter_opens(typing):
    """Down and up go through what was typed and the headlines, round and round; Enter opens the chosen."""
    page, titles = typing("第3篇")
    option = titles.get_by_role("option")
    expect(option).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator("#q")).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_have_text(re.compile("^港口新闻第3篇"))


def test_enter_without_a_choice_searches(typing):
    """The list changes nothing about Enter, and goes when it is pressed."""
    page, titles = typing("货轮")
    expect(titles).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("找到 60 篇")
    expect(titles).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".title").first).to_be_focused()


def test_escape_closes_the_list_first(typing):
    """The first Escape closes the list and keeps what was typed."""
    page, titles = typing("货轮")
    expect(titles).to_be_visible()
    page.keyboard.press("Escape")
    expect(titles).to_be_hidden()
    expect(page.locator("#q")).to_have_value("货轮")


def test_a_click_opens_the_article(typing):
    """A headline is a link, with the words to mark; one with a page of its own leads there."""
    page, titles = typing("第3篇")
    titles.get_by_role("option").click()
    expect(page.locator("article mark").first).to_have_text(re.compile("第3篇"))
    _, other = typing("第1篇")
    expect(other.get_by_role("option")).to_have_attribute("href", "https://news.example/1")


def test_filters_and_words_narrow_the_headlines(typing):
    """Each of several words stands in the title, within the filters that are chosen."""
    _, titles = typing("靠港 第1", target="/?source=货运周刊")
    expect(titles.get_by_role("option").first).to_be_visible()
    shown = titles.get_by_role("option").all_inner_texts()
    assert shown
    assert all("第1" in text and "货运周刊" in text for text in shown)


@pytest.mark.parametrize("typed", ["货", '"货轮', "title:货轮", "-货轮", "魑魅魍魉"])
def test_nothing_is_offered_where_nothing_helps(typing, typed):
    """One character, a sign of the query language and what no title has leave the box as it is."""
    page, titles = typing(typed)
    page.wait_for_timeout(600)
    expect(titles).to_be_hidden()


def test_no_question_while_an_input_method_composes(open_page):
    """Letters of a composition are asked for by nobody; the text that comes of it is."""
    page = open_page("/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.locator("#q").focus()
    session = page.context.new_cdp_session(page)
    session.send("Input.imeSetComposition", {"text": "huolun", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(600)
    assert asked == []
    session.send("Input.insertText", {"text": "货轮"})
    expect(page.locator("#titles")).to_be_visible()
    assert [parse_qs(urlsplit(url).query)["q"] for url in asked] == [['title:"货轮"']]


def test_a_service_that_does_not_answer_is_no_trouble(open_page):
    """Where headlines cannot be had there are none, and Enter searches."""
    page = open_page("/", quiet=False)
    page.route("**/api/**", lambda route: route.abort())
    page.locator("#q").press_sequentially("货轮")
    page.wait_for_timeout(500)
    expect(page.locator("#titles")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("找到 60 篇")
