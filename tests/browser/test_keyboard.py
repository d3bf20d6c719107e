"""The search page without a mouse."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_journey_without_a_mouse(open_page):
    """/ to the box, words, Enter; arrows to a hit, Enter opens it; Escape leads back to the box."""
    page = open_page("/?source=澜江日报")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("货轮")
    page.keyboard.press("Enter")
    expect(page.locator(".title mark").first).to_have_text("货轮")
    expect(page.locator("h1")).to_have_text("找到 20 篇")
    expect(page.locator("#q")).to_be_focused()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    second = page.locator(".title").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(second).to_be_focused()
    title = second.inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_have_text(title)


def test_up_from_the_first_hit_is_the_box(open_page):
    """The letter k or the upper arrow leaves the list at its top for the box."""
    page = open_page("/?q=货轮")
    page.keyboard.press("j")
    expect(page.locator(".title").first).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#q")).to_be_focused()


def test_escape_clears_the_box_then_leaves_it(open_page):
    """The first Escape empties the box, the second gives the focus back to the page."""
    page = open_page("/?q=货轮")
    page.keyboard.press("/")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()


def test_letters_in_the_box_are_letters(open_page):
    """j, k and / are typed where one types."""
    page = open_page("/")
    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("jk/")
    expect(page.locator("#q")).to_have_value("jk/")


def test_focus_is_seen_everywhere(open_page):
    """Tab passes skip link, box, filters and hits, and each shows where it is."""
    page = open_page("/?q=货轮&source=互联网")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        name, shown = page.evaluate("""() => {
            const at = document.activeElement;
            const box = at.closest('.box'), hit = at.closest('.hit');
            const marked = hit && at.matches('.title') && getComputedStyle(hit, '::before').width === '3px';
            const outlined = [at, box].some(node => node && getComputedStyle(node).outlineStyle !== 'none');
            return [at.className || at.id || at.tagName, Boolean(marked || outlined)];
        }""")
        assert shown, name
        seen.add(name)
    assert {"q", "choice", "chip", "title", "copy"} <= seen


@pytest.mark.parametrize("kind", ["isComposing", "229"])
def test_enter_while_composing_does_not_search(open_page, kind):
    """Enter that belongs to an input method picks a word; the Enter after it searches."""
    page = open_page("/")
    box = page.locator("#q")
    box.fill("货轮")
    before = page.url
    allowed = box.evaluate(
        """(box, kind) => {
            box.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true, data: 'huo'}));
            const enter = {key: 'Enter', code: 'Enter', bubbles: true, cancelable: true};
            const sign = kind === '229' ? {keyCode: 229} : {isComposing: true};
            return box.dispatchEvent(new KeyboardEvent('keydown', {...enter, ...sign}));
        }""",
        kind,
    )
    assert not allowed
    assert page.url == before
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=%E8%B4%A7"))


def test_a_real_composition_is_left_alone(open_page):
    """While Chromium itself composes, Enter neither searches nor moves, and the text arrives."""
    page = open_page("/")
    page.locator("#q").focus()
    session = page.context.new_cdp_session(page)
    before = page.url
    session.send("Input.imeSetComposition", {"text": "huolun", "selectionStart": 6, "selectionEnd": 6})
    enter = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    assert page.url == before
    session.send("Input.insertText", {"text": "货轮"})
    expect(page.locator("#q")).to_have_value("货轮")
    assert page.url == before
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=%E8%B4%A7"))


def test_the_skip_link_skips_to_the_hits(open_page):
    """From the skip link the next stops are in the list, and what was typed stays in the box."""
    page = open_page("/?q=货轮")
    page.locator("#q").fill("还没打完")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#results$"))
    page.keyboard.press("Tab")
    expect(page.locator("#results a").first).to_be_focused()
    expect(page.locator("#q")).to_have_value("还没打完")


def test_the_top_never_covers_the_chosen_hit(open_page):
    """Going up the list, each hit stands below the box that stays in view."""
    page = open_page("/?q=货轮")
    for _ in range(10):
        page.keyboard.press("j")
    for _ in range(8):
        page.keyboard.press("k")
        title, edge = page.evaluate("""[document.activeElement.getBoundingClientRect().top,
            document.querySelector('.top').getBoundingClientRect().bottom]""")
        assert title >= edge
