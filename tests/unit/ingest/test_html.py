import time

import pytest

from support.reading import read_html
from wxsearch.errors import IngestProblem, NotAnArticle
from wxsearch.ingest import html

HIDDEN = '<p style="display:none">看不见的广告，看不见的广告，看不见的广告。</p>'
PAGE = f"""<!DOCTYPE html><html><head><title>渔港换上新灯塔_海角新闻网</title>
<meta charset="utf-8"><link rel="canonical" href="https://news.example/2023/0701/9.html">
<script>var title = "脚本";</script><style>p {{ color: red }}</style></head><body>
<div class="top"><a href="/">首页</a> <a href="/login">登录</a> <a href="/reg">注册</a></div>
<div class="nav"><ul><li><a href="/a">渔业</a></li><li><a href="/b">港口</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/b">港口</a> &gt; 正文</div>
<div class="main"><h1>渔港换上新灯塔</h1>
<div class="info"><span>2023-07-01 08:30</span><span>来源：海角日报</span></div>
<div class="content">
<p>　　六月的最后一夜，渔港的<b>旧灯塔</b>熄了灯，守塔人把钥匙交给了港务站。</p>
{HIDDEN}
<p>&nbsp;&nbsp;新灯塔高二十六米，光能照到十八海里外。</p><!-- 注释 -->
<p>港务站说，旧塔会留下来，做成一间小小的展室。</p>
</div>
<div class="tools">【<a href="#">打印</a>】【<a href="#">关闭</a>】</div>
<div>上一篇：<a href="8.html">渔船集中返港</a></div><div>下一篇：没有了</div></div>
<div class="side"><h3>热点推荐</h3><ul><li><a href="/1">虾价连涨三周，菜场里的人说等等再买</a></li>
<li><a href="/2">另一条热点，说的是码头的猫和守夜人的故事</a></li></ul></div>
<div class="footer">版权所有 海角新闻网 备案号12345</div></body></html>"""

BODY = (
    "六月的最后一夜，渔港的旧灯塔熄了灯，守塔人把钥匙交给了港务站。\n"
    "新灯塔高二十六米，光能照到十八海里外。\n"
    "港务站说，旧塔会留下来，做成一间小小的展室。"
)


def test_the_parts_of_a_page():
    """Everything a portal page says of its article, and nothing of bars, lists and footer."""
    assert read_html(PAGE) == {
        "url": "https://news.example/2023/0701/9.html",
        "title": "渔港换上新灯塔",
        "body": BODY,
        "published": "2023-07-01T08:30:00+08:00",
        "precision": "minute",
        "source": "海角日报",
        "author": None,
        "editor": None,
        "keywords": [],
        "breadcrumb": ["首页", "港口"],
        "previous": {"title": "渔船集中返港", "url": "https://news.example/2023/0701/8.html"},
        "next": None,
    }


@pytest.mark.parametrize(
    "changed",
    [
        PAGE.replace("<h1>", "<div class=t>").replace("</h1>", "</div>"),
        PAGE.replace(HIDDEN, "").replace("</p>", "").replace("<p>", "<br><br>"),
        PAGE.replace('<div class="content">', "<article>"),
        PAGE.replace("<div", "<section").replace("</div", "</section"),
        PAGE.replace("<p>", "<div class=para><p>").replace("</p>", "</p></div>"),
        PAGE.replace("&gt;", "<span>&gt;</span>\n"),
        PAGE.replace("</a> &gt;", "</a></li><li>&gt;</li><li>"),
        PAGE.replace("\n", "\r\n"),
        PAGE.replace("<p>", "<P>").replace("</p>", "</P>").replace("div", "DIV"),
    ],
    ids=range(9),
)
def test_other_mark_up_of_the_same_page(changed):
    """Which elements a site builds its page from does not matter."""
    assert read_html(changed) == read_html(PAGE)


def test_the_head_helps_out():
    """Time and title come from the head where the page does not show them."""
    page = PAGE.replace("<span>2023-07-01 08:30</span>", "").replace("<h1>渔港换上新灯塔</h1>", "")
    page = page.replace(
        "<head>", '<head><meta property="article:published_time" content="2023-07-01T08:30:00+08:00">'
    )
    record = read_html(page)
    assert (record["title"], record["published"]) == ("渔港换上新灯塔", "2023-07-01T08:30:00+08:00")


def test_a_heading_that_is_the_sites_name_is_no_title():
    """A logo in an h1 does not become the title, also where no breadcrumb stands below it."""
    page = PAGE.replace("当前位置：", "").replace("&gt;", " ")
    page = page.replace('<div class="top">', '<h1>海角新闻网</h1><div class="top">')
    assert read_html(page)["title"] == "渔港换上新灯塔"


def test_a_source_below_the_text_is_no_head():
    """A byline inside the article's element, below its text, takes nothing from the body."""
    page = PAGE.replace("<span>2023-07-01 08:30</span><span>来源：海角日报</span>", "")
    record = read_html(page.replace("展室。</p>", "展室。</p><p>（来源：海角日报 编辑：灯）</p>"))
    assert (record["title"], record["body"], record["source"]) == ("渔港换上新灯塔", BODY, "海角日报")


def test_links_that_lead_elsewhere_are_dropped():
    """Neighbours keep their titles, but no address that is not of the web."""
    assert read_html(PAGE.replace("8.html", "javascript:alert(1)"))["previous"] == {
        "title": "渔船集中返港",
        "url": None,
    }
    bare = read_html(PAGE.replace('rel="canonical"', 'rel="x"'))
    assert (bare["url"], bare["previous"]["url"]) == (None, None)


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="{}">', '<meta http-equiv=Content-Type content="text/html; charset={}">', ""],
)
def test_encodings(source, codec, declaration):
    """A page is read in its encoding, declared in either way or not at all."""
    text = PAGE.replace(
        '<meta charset="utf-8">', declaration.format("gb2312" if codec == "gb18030" else codec)
    )
    (article,) = html.read(source(text.encode(codec)))
    assert article.body == BODY


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        "<html><body><script>document.write('文章')</script></body></html>",
        "<ul>"
        + "".join(f"<li><a href=/{n}>第{n}条新闻的标题写在这里，有十几个字</a></li>" for n in range(50))
        + "</ul>",
        "<frameset><frame src=a></frameset>",
    ],
)
def test_pages_without_an_article(page):
    """Lists, frames and pages filled by script are NotAnArticle."""
    with pytest.raises(NotAnArticle):
        read_html(page)


@pytest.mark.parametrize("tag", ["div", "b", "table", "p", "svg", "ul", "section", "xyz", "span", "button"])
def test_deep_nesting_takes_bounded_time(tag):
    """A page of half a megabyte of opened elements is read or refused within seconds."""
    began = time.monotonic()
    try:
        read_html(f"<{tag}>" * (500_000 // (len(tag) + 2)) + "文字" * 50)
    except IngestProblem as problem:
        assert problem.detail  # noqa: PT017 (either outcome is right, if it is quick)
    assert time.monotonic() - began < 10
