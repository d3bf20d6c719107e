"""Breadcrumbs by elements, and rows of links that are none."""

import pytest

from support.reading import read_html

TEXT = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 5


def breadcrumb(row, below="", foot=""):
    title = "<title>渡口的早晨_柳溪网</title>"
    page = f"{title}{row}<h1>渡口的早晨</h1>{below}<div>2024-06-01</div><div>{TEXT}</div>{foot}"
    return read_html(page)["breadcrumb"]


A, B = "<a href='/'>首页</a>", "<a href='/x/'>新闻/时事</a>"


@pytest.mark.parametrize(
    "row",
    [
        f"<div class=crumbs>{A}{B}</div>",
        f"<div class='m-breadcrumb'><ul><li>{A}</li><li>{B}</li></ul></div>",
        f"<nav aria-label=面包屑导航>{A}<i></i>{B}<i></i><span>正文</span></nav>",
        f"<div id=weizhi>您的位置：{A}<img src=r.gif>{B}<img src=r.gif>渡口的早晨</div>",
        f"<div class=location>{A} &gt; {B} &gt; 渡口的…</div>",
        f"<table class=dqwz><tr><td>当前位置</td><td>{A}</td><td>{B}</td></tr></table>",
        f"<div class=zz>当前位置：{A}{B}</div>",
        f"<p class=path><b>所在位置</b>：{A}→{B}→正文</p>",
        f"<div class=path-box><div class=path>{A} &gt; {B} &gt; 正文</div><a href=/s>搜索</a></div>",
        f"<div class=position>今天是2024年6月2日　当前位置：{A} &gt; {B}</div>",
        f"<div class=crumb>{A}<span> | </span>{B}</div>",
        f"<ul class=bread><li>{A}</li><li>{B}</li></ul>",
        f"<div class=zz><span>当前位置</span>：{A}_{B}</div>",
        f"<div class=crumb>{A} - {B} - 正文 <a href=/join>申请入驻</a></div>",
        f"<div class=zz>本页位置：{A} → {B}</div>",
    ],
)
def test_labels_are_told_apart_by_elements(row):
    """Where links end labels end, whatever stands, or does not stand, between them."""
    assert breadcrumb(row) == ["首页", "新闻/时事"]


TEXTS = "<a href=/>首页</a> &gt; <a href=/x>时事</a>"


@pytest.mark.parametrize(
    "row",
    [
        f"<div><span>时事</span><em>{TEXTS}</em></div>",
        f"<div><b>时事中心</b><span>{TEXTS}</span></div>",
        f"<table><tr><td>时事</td><td>{TEXTS}</td></tr></table>",
        "<div><span>时事</span><em>首页 - 时事</em></div>",
        *(f"<div>{label}：{TEXTS}</div>" for label in ("当前页面", "位置导航", "您正在浏览")),
        "<div>您所在位置：<a href=/>首页</a>∷<a href=/x>时事</a></div>",
        *(f"<div>当前位置：{TEXTS} &gt; {last}</div>" for last in ("内容", "详情页", "查看详情", "信件内容")),
        f"<div>当前位置：{TEXTS} &gt; 渡口的早晨_柳溪网</div>",
    ],
)
def test_labels_begin_at_home_and_end_above_the_article(row):
    """The name of a section right before home, 内容 for the article and its title are no labels."""
    assert breadcrumb(row) == ["首页", "时事"]


@pytest.mark.parametrize(
    "row",
    [
        f"<div class=nav>{A}{B}<a href=/y/>体育</a></div>",
        f"<div class=path-menu>{A}{B}" + "<a href=/y/>体育</a>" * 8 + "</div>",
        f"<div class=crumb style='display:none'>{A}{B}</div>",
        f"<div style='display:none'><div class=crumb>{A}{B}</div></div>",
        f"<ul><li>{A}</li><li>{B}</li></ul><div style='display:none'><p class=crumb>{A}{B}</p></div>",
        "<div class=position><a href=/login>登录</a> | <a href=/reg>注册</a></div>",
        "<div class=location>北京</div>",
        "<div class=crumb></div>",
        "<h2><a href='/'>柳溪网</a></h2>",
        "<div class=tools><a href=/x/>大字</a><a href=/y/>小字</a></div>",
    ],
)
def test_rows_that_are_no_breadcrumb(row):
    """Menus, tools, logins, and what is not shown, are none."""
    assert breadcrumb(row) == []


@pytest.mark.parametrize("row", [" > ".join(f"栏目{n}" for n in range(15)), f"首页 > {'长' * 60} > 新闻"])
def test_what_is_too_long_for_a_breadcrumb_is_none(row):
    """Many labels, or one that is a sentence, cost the page its breadcrumb and nothing else."""
    assert breadcrumb(f"<div>当前位置：{row}</div>") == []


def test_a_row_below_the_text_is_the_sites():
    """What looks like a breadcrumb in the footer is none."""
    assert breadcrumb("", foot=f"<div class=crumb>{A} &gt; {B}</div>") == []


def test_a_row_of_links_above_the_title():
    """Two links right above the heading are its channels, also without home and signs."""
    row = "<div class=bar><p><a href=/tv/>综合频道</a><b></b><a href=/tv/z/>早间新闻</a></p></div>"
    assert breadcrumb(row) == ["综合频道", "早间新闻"]
    page = f"{row}<div class=art-title>渡口的早晨</div><div>2024-06-01</div><div>{TEXT}</div>"
    assert read_html(page)["breadcrumb"] == ["综合频道", "早间新闻"]


def test_deep_rows_take_bounded_time():
    """An element that is named as a breadcrumb may hold as much as it likes."""
    assert breadcrumb(f"<div class=crumb>{'<b>' * 1_500}{A}{'</b>' * 1_500}</div>") == []
    assert breadcrumb("<div class=crumb><div class=crumb>" * 700 + "</div></div>" * 700) == []


def test_the_name_of_a_site_stays_before_home():
    """Only what is a section further on in the row was glued to home."""
    assert breadcrumb("<div>柳溪网首页 &gt; 时事</div>") == ["柳溪网首页", "时事"]


def test_counts_of_readers_are_no_breadcrumb():
    """浏览 alone is no label of a row."""
    assert breadcrumb("", below="<div>浏览：33 / 评论：5</div>") == []


def test_a_row_without_home_may_end_in_the_title():
    """A forum names itself first, and the thread last, which the heading shows once more."""
    title = "清晨的渡口来了第一条船，我在船上"
    row = f"<div><a href=/>柳溪论坛</a> › <a href=/x>渡口</a> › <a href=/t>{title}</a></div>"
    rest = f"<div>查看: 33</div><h1>[见闻] {title}</h1><div>2024-06-01 09:00</div><div>{TEXT}</div>"
    assert read_html(f"<title>{title}</title>{row}{rest}")["breadcrumb"] == ["柳溪论坛", "渡口"]
    other = row.replace("我在船上", "你在岸上")
    assert read_html(f"<title>{title}</title>{other}{rest}")["breadcrumb"] == []
