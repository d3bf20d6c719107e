"""No page, however monotonous, may take the search for its text more than linear time."""

import time
from contextlib import suppress

import pytest
from selectolax.lexbor import LexborHTMLParser

from support.reading import read_html
from wxsearch.errors import IngestProblem
from wxsearch.ingest.body.kinds import refusal
from wxsearch.ingest.body.prose import worth
from wxsearch.ingest.body.tail import is_beside, is_tail
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.mojibake import unscrambled
from wxsearch.ingest.rendering import Rendering

LENGTH = 200_000
SENTENCE = "潮水退去之后，滩上留下一层细沙。"


@pytest.mark.parametrize(
    "unit",
    [
        "声明",
        "未经授权",
        "点击",
        "更多",
        "编辑 ",
        "阅读1",
        "扫",
        "—",
        "（",
        "来源：",
        "请先",
        "您",
        "关注 ",
        "a ",
        "标签：",
        "字\n",
    ],
)
def test_monotonous_lines(unit):
    """Every pattern is done with a line of any length at once."""
    for length in (90, 399, LENGTH):
        line = unit * (length // len(unit))
        began = time.process_time()
        for read in (is_tail, is_beside, lambda text: worth(text, 0), unscrambled):
            read(line)
        assert time.process_time() - began < 1, (unit, length)


@pytest.mark.parametrize(
    "unit", ["请先", "您", "您访问的", "没有找到", "正在", "登录后", "error ", "抱歉", "，"]
)
def test_lines_that_might_be_of_an_error_page(unit):
    """What tells errors and walls is done with the longest line that it looks at."""
    rendering = Rendering([(unit * 160)[:160]] * 200, [0] * 200, [0] * 200, [], 0)
    began = time.process_time()
    refusal(LexborHTMLParser("<p>"), rendering, 0, unit * 80)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "unit",
    [
        "<p>相关阅读</p>",
        f"<p>声明：</p><p>{SENTENCE * 3}</p>",
        "<div><h3>网友评论</h3>",
        "<table><tr><td>1<td>",
        "<tr><td>1<td>2",
        "<br>短",
        "<li><a href=1>题</a>",
        "<a href=1>",
        f"<section>{SENTENCE}",
        "<script>window.a={",
        "<script>var  ",
        "<textarea><p",
        "<noscript><p",
        "<pre>字\n",
        "字\n字 ",
        "&amp;nbsp;",
        "<figcaption>图</figcaption>",
        "上一篇：<a href=1>题</a>",
        f"<div class=comment>{SENTENCE}",
        "<script type='application/ld+json'>[",
    ],
)
def test_monotonous_pages(unit):
    """Two hundred thousand characters of the same few take seconds at the most."""
    page = f"<title>潮水退去之后</title><h1>潮水退去之后</h1>{unit * (LENGTH // len(unit))}"
    began = time.process_time()
    with suppress(IngestProblem):
        read_html(page)
    assert time.process_time() - began < 5


def test_many_marks():
    """Lines that might end the article, with text below each, are not all weighed against the rest."""
    unit = f"<p>特别声明：</p><p>{SENTENCE * 3}</p>"
    page = f"<title>潮水退去之后</title><h1>潮水退去之后</h1>{unit * 12_000}"
    began = time.process_time()
    with suppress(IngestProblem):
        read_html(page)
    assert time.process_time() - began < 12


def test_rows_within_rows():
    """Each row of a table in a table does not go through all that the inner ones hold."""
    page = "<table><tr><td>甲<td>" * 1_500 + "<p></p>" * 80_000
    began = time.process_time()
    with suppress(IngestProblem):
        read_html(page)
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "unit", [b"\xe4", b"\xa4\xa4", b"\xb5\xc4", b"\xb5\xc4\xe4\xb8\xad", b"a\xff", b"\x81\x30", b"<\xc3\xa9"]
)
def test_monotonous_bytes(unit):
    """So is the choice of an encoding."""
    began = time.process_time()
    with suppress(IngestProblem):
        decode(unit * (400_000 // len(unit)))
    assert time.process_time() - began < 5
