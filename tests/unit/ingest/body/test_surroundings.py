# ruff: noqa: E501 (a page reads best on one line)
"""Which blocks stand beside an article, and which are the article's own whatever they are called."""

import pytest

from support.reading import read_html

TITLE = "豆腐坊的石磨又转了起来"
A = "停了六年的豆腐坊昨天清早又亮了灯，石磨转起来的声音，半条街的人都听见了，有人端着碗就来了。"
B = "坊主说，磨是爷爷留下的，豆子是后山种的，水从井里挑，一天只做三板，卖完就关门。"
ABOUT = "这里写的是镇上的老手艺和做手艺的人，欢迎来信，来信请寄镇文化站，我们每月回一次信。"
BYLINE = "<div>2022-03-09 04:15 来源：青石晚报</div>"
TEXT = f"<p>{A}</p><p>{B}</p>"
BOX = f"<section><h2>关于本站</h2><p>{ABOUT}</p></section>"


def body(page, name="T"):
    return read_html(f"<html><head><title>{name}</title></head><body>{page}</body></html>")["body"].split(
        "\n"
    )


@pytest.mark.parametrize("names", ["post hentry category-diy tag-tofu", "category-hot", "share-post"])
def test_a_block_with_the_title_is_the_article_whatever_its_name(names):
    """Systems write what an article is about into the class of its block: tag-tofu, category-hot."""
    assert body(f"<article class='{names}'><h1>{TITLE}</h1>{BYLINE}{TEXT}</article>{BOX}") == [A, B]
    assert body(f"<article class='{names}'><h1>{TITLE}</h1>{BYLINE}<p>{A}</p></article>{BOX}") == [A]


@pytest.mark.parametrize("names", ["search-content", "hot-content", "download_con", "login-text"])
def test_the_text_right_below_the_title_is_the_article_whatever_its_name(names):
    """A block below title and byline with twice the text of all unnamed others is no box of the site."""
    assert body(f"<h1>{TITLE}</h1>{BYLINE}<div class='{names}'>{TEXT}</div>{BOX}") == [A, B]


def test_boxes_inside_a_block_with_the_title_still_go():
    """A wrapper that is named after its sidebar is the article's, and the sidebar is not."""
    side = f"<div class=sidebar><p>{ABOUT}</p></div>"
    page = f"<div class='col has-sidebar'><div><h1>{TITLE}</h1>{BYLINE}{TEXT}</div>{side}</div>{BOX}"
    assert body(page) == [A, B]


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>{TITLE}</h1>{BYLINE}<div class=share><p>分享这一篇，让更多的人看到它。</p></div><div>{TEXT}</div>",
        f"<h1>{TITLE}</h1>{BYLINE}<div>{TEXT}</div><div class=related><h3>{TITLE}</h3><p>{ABOUT}</p></div>",
        f"<h1>{TITLE}</h1>{BYLINE}<div class=comments><p>{ABOUT}</p></div><div>{TEXT}</div>",
        f"<h1>{TITLE}</h1>{BYLINE}<div class=ad><p>{ABOUT * 3}</p></div><div>{TEXT}</div>",
        f"<div class=banner><h1>青石生活</h1><p>青石镇的人都在看，欢迎您来。</p></div><h2>{TITLE}</h2>{BYLINE}{TEXT}",
    ],
)
def test_names_hold_beside_the_article(page):
    """A box between title and text, one that repeats the title, comments and a logo stay out."""
    assert body(page, f"{TITLE}_青石晚报") == [A, B]


def post(name, text):
    row = f"<tr><td class=pls>{name}</td><td class=plc><div>发表于 2022-03-09 04:15:00</div><div>{text}</div></td></tr>"
    return f"<div class=p><table>{row}<tr><td></td><td><a href=#>回复</a><a href=#>举报</a></td></tr></table></div>"


THANKS = "<p>写得真好，下个月回镇里一定去吃一碗，不知道清早几点开门，要不要排队。</p>"
FOOT = "<div>Powered by a forum! Processed in 0.05 second(s), 20 queries.</div>"


def test_the_first_post_of_a_thread_is_the_article():
    """Every post of a forum has a button to answer; no text stands above the first but the title."""
    posts = post("青石人家", TEXT) + post("山里人", THANKS) + post("海边人", THANKS)
    head = f"<table><tr><td>查看: 33</td><td><h1>{TITLE}</h1><a href=#>[复制链接]</a></td></tr></table>"
    assert body(f"<div class=list>{head}{posts}</div>{FOOT}", f"{TITLE} - 青石论坛") == [A, B]
    marked = head.replace("<h1>", "<h1><a href=#>[手艺]</a> ")
    assert body(f"<div class=list>{marked}{posts}</div>{FOOT}", f"{TITLE} - 青石论坛") == [A, B]


def test_answers_below_an_article_are_comments():
    """Where text stands above, the first with such a button is a comment as the others are."""
    posts = post("山里人", THANKS) + post("海边人", THANKS)
    assert body(f"<h1>{TITLE}</h1>{BYLINE}<div>{TEXT}</div><div>{posts}</div>", TITLE) == [A, B]
