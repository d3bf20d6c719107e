"""No text, however monotonous, may take a pattern more than linear time."""

import contextlib
import json
import time
import tracemalloc

import pytest

from support.reading import read_html
from wxsearch.dates import read_bound, read_published
from wxsearch.errors import IngestProblem
from wxsearch.ingest import html, jsonl
from wxsearch.ingest.breadcrumb import find_breadcrumb, same_title
from wxsearch.ingest.byline import read_byline
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.fields.credits import cleaned
from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.fields.stamps import date_in_address, gather_scripts
from wxsearch.ingest.fields.times import find_time
from wxsearch.ingest.fields.title import beginnings, cut_title, is_title
from wxsearch.ingest.formats import format_beginning
from wxsearch.ingest.frame import ends_article, is_masthead, is_tools
from wxsearch.ingest.head import Marks
from wxsearch.ingest.json_document import is_document
from wxsearch.ingest.json_values import read_object
from wxsearch.ingest.neighbours import read_neighbours
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.page import Hints, find_page
from wxsearch.ingest.record import article_of

SENTENCES = "文字。" * 9
LENGTH = 20_000
# Each runs to the length of a line that is read at all, and to the full length.
CUTS = (30, 78, 235, 390, 990, LENGTH)
UNITS = (
    *(
        "1",
        " ",
        ">",
        "》",
        "-",
        ".",
        "…",
        "_",
        "|",
        ":",
        "：",
        "/",
        "年",
        "了",
        "大",
        "“",
        "[",
        "(",
        "=",
        "\n",
    ),
    *(
        "1号",
        "首页",
        "共1页",
        "返回列表",
        "a_",
        "a-",
        " -",
        " >",
        "- ",
        "12",
        "...",
        "无",
        "是第",
        "最新",
        "第一",
    ),
    *(
        "2021-1-1 ",
        "2021年",
        "2021-01-01",
        "10:",
        "来源",
        "来源：",
        "来 ",
        "作者:",
        "上一篇",
        "下一篇 ",
        "扫描",
    ),
    *(
        "位置",
        "位置：",
        "当前",
        "欢迎",
        "今天是",
        "声明",
        "未经",
        "\u3000",
        "\t ",
        " \n",
        "\\",
        '"',
        "{",
        "字体",
    ),
)
HEADS = ("", "位置", "来源", "上一篇 (下一篇", "2021-01-01", "2021-01-01 10:10:10.", "无", "是", "[")
TAILS = ("", "x", "号", "\n题", "：")


def texts(unit):
    for head in HEADS:
        for tail in TAILS:
            for cut in CUTS:
                yield head + (unit * (cut // len(unit) + 1))[: cut - len(head) - len(tail)] + tail


def quietly(read, *arguments):
    """Whatever is said of a text: only the time counts."""
    with contextlib.suppress(IngestProblem, ValueError):
        read(*arguments)


def readers(source, limits):
    return {
        "page": lambda text: find_page(text.splitlines()),
        "page of one article": lambda text: find_page(
            ["首页 > 新闻", "题", text, "文。"], Hints(range(1, 4), Marks([text, "题"]), "题", year=2021)
        ),
        "scripts": lambda text: gather_scripts(text, Evidence()),
        "address": date_in_address,
        "title": lambda text: (is_title(text, "题" + text), cut_title(text, [text]), beginnings(text)),
        "source": cleaned,
        "find_time": find_time,
        "read_published": read_published,
        "read_bound": lambda text: read_bound(text, upper=True),
        "breadcrumb": lambda text: find_breadcrumb([text], guess=True),
        "same_title": lambda text: same_title(text, "题" + text),
        "byline": read_byline,
        "tools": is_tools,
        "masthead": is_masthead,
        "end": ends_article,
        "neighbours": lambda text: read_neighbours([text, text], 0),
        "record": lambda text: article_of({"title": f"a{text}b", "body": text, "url": text}, limits),
        "object": read_object,
        "beginning": lambda text: format_beginning(text.encode()),
        "document": lambda text: is_document(text.encode()),
        "decode": lambda text: decode(text.encode()),
        "jsonl": lambda text: list(jsonl.read(source(json.dumps({"title": text}).encode()))),
        "nesting": lambda text: is_deeper(f"<div {text}", 2_000),
    }


@pytest.mark.parametrize("unit", UNITS)
def test_monotonous_text_takes_linear_time(source, limits, unit):
    """Every reader of text is done with twenty thousand characters within a second."""
    for name, read in readers(source, limits).items():
        for text in texts(unit):
            began = time.process_time()
            quietly(read, text)
            assert time.process_time() - began < 1, (name, text[:40], len(text))


@pytest.mark.parametrize("unit", UNITS)
def test_monotonous_pages_take_linear_time(unit):
    """So is the reader of pages, wherever in a page the text stands."""
    text = unit * (LENGTH // len(unit))
    for page in (
        f"<title>{text}</title><h1>{text}</h1><p>{SENTENCES}",
        f"<p>{SENTENCES}</p><p style='display{text}'>{text}</p><a href='{text}'>{text}</a>",
        (
            f"<meta property=og:title content='{text}'><meta name=pubdate content='{text}'>"
            f"<p>{SENTENCES}<p>下一篇：{text}"
        ),
        f"<link rel=canonical href='http://{text}'><div {text}><p>{SENTENCES}",
        f"<div class='crumb {text}'>{text}</div><h1>题</h1><p class=source>{text}</p><p>{SENTENCES}",
        f"<script>pubtime='{text}'</script><script type=application/ld+json>{{{text}</script><p>{SENTENCES}",
        f"<i itemprop=headline>{text}</i><p>当前位置<a>{text}</a>{text}</p><p>{SENTENCES}",
    ):
        began = time.process_time()
        quietly(read_html, page)
        assert time.process_time() - began < 1, page[:60]


@pytest.mark.parametrize("filler", [" ", "charset ", "charset=", "<meta ", "charset = ", "'"])
def test_the_declared_encoding_is_found_in_linear_time(source, filler):
    """The search for a charset does not try all ways to split what follows it."""
    data = b"<meta" * 40 + b" charset=" + filler.encode() * (4_000 // len(filler))
    began = time.process_time()
    quietly(lambda: list(html.read(source(data + "字".encode("gbk")))))
    assert time.process_time() - began < 1


@pytest.mark.parametrize("separator", ["_", "|", " - ", "--", "-"])
def test_a_title_of_many_parts_takes_little_memory(separator):
    """A title is cut before it is taken apart; its parts are not all kept."""
    page = f"<title>{('a' + separator) * 40_000}</title><p>{'文字。' * 20}</p>"
    tracemalloc.start()
    quietly(read_html, page)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("tag", ["<h1><div>", "<object><a href=/1>"])
def test_nested_headings_take_little_memory_and_time(tag):
    """The text of nested headings or links is not gathered anew for each."""
    opened = tag * (1_900 // tag.count("<"))
    page = f"<title>题目</title><body>{opened}<p>{'文字。' * 100_000}</p><p>上一篇：题目</p>"
    tracemalloc.start()
    began = time.process_time()
    quietly(read_html, page)
    spent = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000
    assert spent < 3


def test_a_key_that_stands_twice_is_found_in_linear_time():
    """An object of many keys, the last of which stands twice, is refused at once."""
    text = "{" + ",".join(f'"k{number}":1' for number in range(60_000)) + ',"k59999":2}'
    began = time.process_time()
    with pytest.raises(IngestProblem, match=r"k59999.*twice"):
        read_object(text)
    assert time.process_time() - began < 1
