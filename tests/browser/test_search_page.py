"""What a reader does on the search page, by mouse."""

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def counted(text):
    return int(re.search(r"([\d,]+)", text)[1].replace(",", ""))


def total(page):
    return counted(page.locator("h1").inner_text())


def until(page, expression, value):
    """Waits; the page forbids what Playwright itself would wait with."""
    for _ in range(50):
        if (found := page.evaluate(expression)) == value:
            return
        page.wait_for_timeout(100)
    assert found == value


def settle(page):
    expect(page.locator("#main")).not_to_have_attribute("aria-busy", "true")


def test_a_search_shows_hits_marks_and_filters(open_page):
    """Ten hits with their words marked, and beside them categories, bars and sources."""
    page = open_page("/?q=货轮")
    expect(page.locator("h1")).to_have_text("找到 60 篇")
    expect(page.locator(".hit")).to_have_count(10)
    expect(page.locator(".hit .title mark").first).to_have_text("货轮")
    expect(page.locator(".snippet mark").first).to_be_visible()
    for heading in ("栏目", "时间", "来源"):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(page.locator(".bars svg").first).to_be_visible()


def test_a_filter_gives_what_it_says(open_page):
    """A click on a category shows as many articles as its count, without loading the page anew."""
    page = open_page("/?q=货轮&offset=20")
    page.evaluate("window.untouched = true")
    choice = page.locator(".choice", has_text="港口").first
    promised = counted(choice.locator(".count").inner_text())
    choice.click()
    expect(page.locator("h1")).to_have_text(f"找到 {promised} 篇")
    assert page.evaluate("window.untouched")
    assert "offset" not in parameters(page)
    expect(page.locator(".choice[aria-current]")).to_be_focused()
    expect(page.locator("#announce")).to_have_text(f"找到 {promised} 篇")
    page.locator(".choice[aria-current]").click()
    expect(page.locator("h1")).to_have_text("找到 60 篇")


def test_several_categories_can_be_picked(open_page):
    """A second pick adds to the first."""
    page = open_page("/?q=货轮")
    page.locator(".choices > li > .choice", has_text="物流资讯").click()
    expect(page.locator("h1")).to_have_text("找到 30 篇")
    page.locator(".choices > li > .choice", has_text="城市").click()
    expect(page.locator("h1")).to_have_text("找到 60 篇")
    expect(page.locator(".chip")).to_have_count(2)


def test_bars_lead_down_to_a_day_and_up_again(open_page):
    """A year, then a month, then a day: each gives what its bar says, and a link leads back up."""
    page = open_page("/")
    steps = [".row-label >> nth=1", ".bars a >> nth=0", ".bars a >> nth=0"]
    for step in steps:
        link = page.locator(step)
        promised = counted(re.search(r"(\d+) 篇", link.get_attribute("aria-label"))[1])
        before = page.url
        link.click()
        # The count may be that of before: only the address tells that the step was taken.
        page.wait_for_url(lambda url, before=before: url != before)
        expect(page.locator("h1")).to_have_text(f"找到 {promised} 篇")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", parameters(page)["from"][0])
    assert parameters(page)["from"] == parameters(page)["to"]
    expect(page.locator(".trail li")).to_have_count(4)
    page.locator(".trail a", has_text="年").click()
    expect(page.locator(".trail li")).to_have_count(2)
    page.locator(".trail a", has_text="全部时间").click()
    expect(page.locator("h1")).to_have_text("全部 60 篇")


def test_chips_are_taken_away_one_by_one(open_page):
    """Each chip goes with a click of its own and leaves the others; one link clears all."""
    page = open_page("/?q=货轮&source=澜江日报&category=城市&from=2020&sort=newest")
    expect(page.locator(".chip")).to_have_count(4)
    page.get_by_role("link", name="去掉：澜江日报").click()
    expect(page.locator(".chip")).to_have_count(3)
    assert "source" not in parameters(page)
    assert parameters(page)["category"] == ["城市"]
    page.get_by_role("link", name="清除全部").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert parameters(page) == {"q": ["货轮"]}


def test_a_new_query_keeps_the_filters(open_page):
    """What is typed next is searched for under the conditions that were chosen."""
    page = open_page("/?q=货轮&source=互联网")
    page.locator("#q").fill("码头")
    page.get_by_role("button", name="搜索").click()
    expect(page).to_have_url(re.compile("q=%E7%A0%81"))
    assert parameters(page) == {"q": ["码头"], "source": ["互联网"]}


def test_dates_can_be_typed(open_page):
    """The two date fields narrow to the days that they name."""
    page = open_page("/")
    page.locator(".span summary").click()
    page.locator("[name=from]").fill("2020-01-01")
    page.locator("[name=to]").fill("2021-12-31")
    page.get_by_role("button", name="确定").click()
    expect(page.locator("h1")).to_have_text("找到 24 篇")
    expect(page.locator(".chip")).to_have_text("2020-01-01 至 2021-12-31")


def test_pages_follow_each_other(open_page):
    """The next page begins where this one ends, at the top, and says which it is."""
    page = open_page("/?size=20")
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".paging [aria-current]")).to_have_text("2")
    assert page.locator(".hits").get_attribute("start") == "21"
    assert page.evaluate("scrollY") == 0


def test_back_shows_what_was_there(open_page):
    """The browser's own back restores query, box and hits."""
    page = open_page("/?q=货轮")
    page.locator(".choice", has_text="货运周刊").click()
    expect(page.locator(".chip")).to_have_count(1)
    page.locator("#q").fill("码头")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=%E7%A0%81"))
    page.go_back()
    expect(page.locator("#q")).to_have_value("货轮")
    expect(page.locator(".chip")).to_have_count(1)
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)


def test_the_copy_marks_the_query_and_leads_back(open_page):
    """快照 opens the copy with the words marked; the way back ends where it began."""
    page = open_page("/?q=货轮&source=货运周刊")
    page.locator(".copy").first.click()
    expect(page.locator(".body mark").first).to_have_text("货轮")
    page.get_by_role("link", name="返回结果").click()
    expect(page.locator(".chip")).to_have_text("货运周刊")


def test_an_error_keeps_the_box_and_leads_on(open_page):
    """A date that is none is explained, and one click leaves it out."""
    page = open_page("/?q=货轮&from=2021-99-01")
    expect(page.locator(".faults")).to_contain_text("2021-99-01")
    expect(page.locator("#q")).to_have_value("货轮")
    page.get_by_role("link", name="去掉有误的条件").click()
    expect(page.locator("h1")).to_have_text("找到 60 篇")


@pytest.mark.parametrize("trouble", ["no connection", "the answer of another"])
def test_without_an_answer_the_results_stay(open_page, trouble):
    """Where the service cannot be reached, what was found stays, and a link tries once more."""
    page = open_page("/?q=货轮", quiet=False)
    before = page.url

    def answer(route):
        if route.request.resource_type != "fetch":
            route.continue_()
        elif trouble == "no connection":
            route.abort()
        else:
            route.fulfill(status=502, body="<h1>Bad gateway</h1>")

    page.route("**/*", answer)
    page.locator(".choice", has_text="货运周刊").click()
    expect(page.get_by_role("alert")).to_contain_text("没有连上")
    expect(page.locator(".hit")).to_have_count(10)
    settle(page)
    assert page.url == before
    page.unroute_all()
    page.get_by_role("link", name="再试一次").click()
    expect(page.locator(".chip")).to_have_text("货运周刊")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_dark_and_light_are_remembered(open_page):
    """The first look follows the system; the button turns it over, and the next page remembers."""
    page = open_page("/", color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    page.locator("#theme").click()
    light = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark != light
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(open_page, scheme):
    """Every colour of text has a contrast of 4.5 or more with what it stands on."""
    page = open_page("/?q=货轮&source=互联网", color_scheme=scheme)
    ratio = """selector => {
        const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
        const numbers = text => text.match(/[\\d.]+/g).map(Number);
        const look = node => getComputedStyle(node);
        const node = document.querySelector(selector);
        let ground = node;
        while ((numbers(look(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
        const colours = [look(node).color, look(ground).backgroundColor].map(numbers);
        const [a, b] = colours.map(light).sort((x, y) => y - x);
        return (a + .05) / (b + .05);
    }"""
    for selector in (
        ".title",
        ".snippet",
        ".facts",
        ".count",
        ".chip",
        ".took",
        ".box button",
        ".sorts a",
        ".ticks",
    ):
        assert page.evaluate(ratio, selector) >= 4.5, selector


def test_english_is_complete(open_page):
    """The link to the other language keeps the search and its filters."""
    page = open_page("/?q=货轮&source=互联网&offset=10")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("20 articles found – Page 2")
    assert parameters(page) == {"q": ["货轮"], "source": ["互联网"], "offset": ["10"], "lang": ["en"]}
    page.locator(".choice", has_text="城市").click()
    expect(page.locator(".chip")).to_have_count(2)
    page.get_by_role("link", name="中文").click()
    expect(page.locator(".chip")).to_have_count(2)


def test_the_page_has_landmarks_and_ordered_headings(open_page):
    """Search, main, filters and pages are named; there is one h1, and no level is left out."""
    page = open_page("/?q=货轮")
    for role, name in (
        ("search", "搜索新闻"),
        ("main", None),
        ("complementary", "筛选"),
        ("navigation", "分页"),
    ):
        assert page.get_by_role(role, name=name).count() == 1, role
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(item => Number(item.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_choice_shows_its_results_from_the_top(open_page):
    """Who chooses a filter far down sees the new count and the first hit."""
    page = open_page("/?q=货轮")
    page.evaluate("scrollTo(0, 700)")
    page.locator(".choice", has_text="货运周刊").evaluate("item => item.click()")
    expect(page.locator(".chip")).to_have_text("货运周刊")
    settle(page)
    expect(page.locator("h1")).to_be_in_viewport()
    expect(page.locator(".title").first).to_be_in_viewport()


def test_forward_finds_the_place_again(open_page):
    """Back and forward both return to where the list was scrolled to."""
    page = open_page("/?q=货轮")
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".paging [aria-current]")).to_have_text("2")
    settle(page)
    page.evaluate("scrollTo(0, 500)")
    until(page, "history.state.y", 500)
    page.go_back()
    expect(page.locator(".paging [aria-current]")).to_have_text("1")
    page.go_forward()
    expect(page.locator(".paging [aria-current]")).to_have_text("2")
    until(page, "scrollY", 500)


def test_the_same_search_again_is_no_step(open_page):
    """Enter upon Enter leaves one page in the history, so that back leads on."""
    page = open_page("/?q=货轮")
    page.locator("#q").fill("码头")
    for _ in range(3):
        page.locator("#q").press("Enter")
        expect(page).to_have_url(re.compile("q=%E7%A0%81"))
        settle(page)
    page.go_back()
    expect(page.locator("#q")).to_have_value("货轮")


def test_a_new_tab_leads_back_to_the_same_list(open_page):
    """From a copy in a tab of its own, the way back keeps filters, order and page."""
    page = open_page("/?q=货轮&category=城市&sort=newest&offset=10")
    with page.context.expect_page() as opened:
        page.locator(".copy").first.click(modifiers=["Control"])
    tab = opened.value
    tab.locator("#back").click()
    expect(tab.locator(".paging [aria-current]")).to_have_text("2")
    assert parameters(tab) == parameters(page)


def test_the_page_of_the_list_is_told(open_page):
    """Heading, title and what is announced say which page it is, but for the first."""
    page = open_page("/?q=货轮")
    page.get_by_role("link", name="下一页").click()
    expect(page.locator("h1")).to_have_text("找到 60 篇，第 2 页")
    expect(page).to_have_title(re.compile("第 2 页"))
    expect(page.locator("#announce")).to_have_text("找到 60 篇，第 2 页")


def test_colours_of_the_system_keep_marks_and_focus(open_page):
    """Where the system chooses colours, matches, bars and the chosen hit are still told apart."""
    page = open_page("/?q=货轮", forced_colors="active")
    page.keyboard.press("j")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    # The system's own colour of a match; without a ground a match looks like the text around it.
    assert page.evaluate("getComputedStyle(document.querySelector('mark')).backgroundColor") == page.evaluate(
        """() => {
            const box = document.body.appendChild(document.createElement('i'));
            box.style.backgroundColor = 'Mark';
            return getComputedStyle(box).backgroundColor;
        }"""
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.bars svg')).fill") == page.evaluate(
        "getComputedStyle(document.querySelector('h1')).color"
    )


@pytest.fixture
def phone(open_page):
    """Opens a page on a narrow screen that is touched."""
    return lambda path: open_page(
        path, viewport={"width": 375, "height": 667}, has_touch=True, is_mobile=True
    )


def test_on_a_phone_the_keyboard_makes_room(phone):
    """After a search by touch the box lets go of the focus, and with it the keyboard of the screen."""
    page = phone("/")
    page.locator("#q").tap()
    page.locator("#q").fill("货轮")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("找到 60 篇")
    expect(page.locator("#q")).not_to_be_focused()


def test_on_a_phone_a_button_leads_from_filters_to_results(phone):
    """Filters stay unfolded for another choice, and a button that names the count shows the results."""
    page = phone("/?q=货轮")
    page.locator("#filters > summary").tap()
    page.locator(".choice", has_text="货运周刊").tap()
    expect(page.locator(".chip")).to_have_text("货运周刊")
    show = page.get_by_role("button", name="看结果：20 篇")
    expect(show).to_be_in_viewport()
    show.tap()
    expect(page.locator("#filters > aside")).to_be_hidden()
    expect(page.locator(".title").first).to_be_in_viewport()
