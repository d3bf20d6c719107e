"""Pages nobody wrote: mutated ones must become articles or rejections, in bounded time."""

import random
import time
from contextlib import suppress

import pytest

from support.archives import saved_page_of, tar_of, zip_of, zip_of_a_pipe
from wxsearch.errors import IngestProblem
from wxsearch.ingest.formats import FORMATS
from wxsearch.ingest.members import read_source
from wxsearch.models import Article, Rejection

LINE = (
    '{"title":"集市","body":"一\\n二","published":"2022-03-09","breadcrumb":["首页","市井"],'
    '"next":{"title":"后"},"x":[1,2.5]}'
)
TEXT = (
    "登录 注册\n当前位置：首页 > 市井 > 集市\n集市\n2022-03-09 08:00 来源：镇报 作者：白\n"
    "天亮了，集市开了。\n（编辑：秦）\n上一篇：前\n下一篇：没有了"
)
HTML = (
    "<html><head><title>集市_镇报</title><meta charset=gbk></head><body><div>"
    f"<p>{'</p><p>'.join(TEXT.splitlines())}</p><p>{'集市开了又散。' * 9}</p></div></body></html>"
)
ENTRY = (
    "<item><title>集市&amp;</title><link>http://a.example/1</link>"
    "<pubDate>Mon, 03 Jun 2024 08:05:09 +0800</pubDate>"
    "<category>首页 &gt; 市井</category><description><![CDATA[<p>天亮了。</p>]]></description></item>"
)
FEED = (
    '<?xml version="1.0" encoding="gbk"?><!-- 镇 --><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<channel><title>镇报</title>{ENTRY * 4}</channel></rss>"
)
TABLE = "编号,标题,正文,发布时间,栏目\n" + "".join(
    f'{number},集市,"天亮了，\n""集市""开了。",2022-03-09,首页>市井\n' for number in range(4)
)
CELLS = "<td>集市</td><td>2022-03-09</td><td><p>天亮了，</p>集市开了。</td>"
SHEET = f"<table><tr><th>标题</th><th>时间</th><th>正文</th></tr>{f'<tr>{CELLS}</tr>' * 4}</table>"
PAGES = {
    "jsonl": (LINE + "\n") * 4,
    "text": TEXT,
    "html": HTML,
    "feed": FEED,
    "csv": TABLE,
    "xls": SHEET,
}
PACKED = {
    "zip": (zip_of, zip_of_a_pipe),
    "tar": (tar_of,),
    "mhtml": (lambda pages: saved_page_of(pages["页/0.html"]),),
}
PARTS = [
    "<",
    ">",
    "</div>",
    "<div>",
    "\0",
    "\ufffd",
    "：",
    "上一篇：",
    "下一篇",
    "来源：",
    "当前位置：",
    "首页",
    "2022-13-45",
    "\n" * 9,
    "{",
    "}",
    "[",
    '"',
    "\\u0000",
    "\\ud800",
    " " * 999,
    ">" * 99,
    "首页>" * 99,
    "来" * 999,
    "来源：" * 99,
    "2022-03-09 " * 99,
    "&#0;",
    "&#xd800;",
    "<p hidden>",
    "<!--",
    "]]>",
    "<![CDATA[",
    "<tr>",
    "<table>",
    "<td>",
    "<item>",
    "</item>",
    "<!DOCTYPE rss [",
    "&nbsp;",
    "&",
    ",",
    "\t",
]


def mutated(text, draw):
    """The page with parts cut out, doubled, shuffled and strewn in, in some encoding."""
    for _ in range(draw.randint(1, 6)):
        start, end = sorted((draw.randint(0, len(text)), draw.randint(0, len(text))))
        kind = draw.randrange(4)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:end] + text[start:end] + text[end:]
        elif kind == 2:
            text = text[:start] + draw.choice(PARTS) + text[start:]
        else:
            text = text[end:] + text[start:end] + text[:start]
    return spoilt(text.encode(draw.choice(["utf-8", "utf-8", "gb18030", "utf-16"]), "replace"), draw)


def archived(write, draw):
    """An archive of pages, some mutated, with parts of it cut out, doubled and spoilt."""
    pages = {
        f"页/{number}.{suffix}": text.encode() if draw.randrange(2) else mutated(text, draw)
        for number, (suffix, text) in enumerate({"html": HTML, "rss": FEED, "csv": TABLE}.items())
    }
    data = write(pages)
    if draw.randrange(2):
        start, end = sorted((draw.randint(0, len(data)), draw.randint(0, len(data))))
        data = draw.choice([data[:start] + data[end:], data[:end] + data[start:], data[:end]])
    return spoilt(data, draw)


def spoilt(data, draw):
    """The bytes with a few of them changed, or none."""
    data = bytearray(data)
    for _ in range(draw.choice([0, 0, 1, 5])):
        if data:
            data[draw.randrange(len(data))] = draw.randrange(256)
    return bytes(data)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_mutated_pages_end_well(source, row):
    """A thousand mutated pages a format: only articles, rejections and typed problems."""
    draw = random.Random(20211019)
    slowest = 0.0
    articles = 0
    for _ in range(1_000):
        if row.name in PACKED:
            data = archived(draw.choice(PACKED[row.name]), draw)
        else:
            data = mutated(PAGES[row.name], draw)
        began = time.perf_counter()
        try:
            for item in read_source(source(data), row):
                assert isinstance(item, Article | Rejection)
                articles += isinstance(item, Article)
        except IngestProblem as problem:
            assert problem.detail  # noqa: PT017 (a typed problem is one of the right ends)
        slowest = max(slowest, time.perf_counter() - began)
    assert articles > 100
    assert slowest < 5


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
@pytest.mark.parametrize(
    "part",
    [
        "来源：",
        "首页>",
        "2022-03-09 ",
        "上一篇",
        "<p>",
        "《",
        "【打印】",
        "{",
        '{"a":',
        " ",
        "\n",
        "当前位置：\n",
        "首页\n>\n",
        "一\n",
        "欢迎",
        "1",
    ],
)
def test_large_monotonous_pages_take_bounded_time(source, row, part):
    """Half a megabyte of the same few characters is no trap for any pattern."""
    began = time.perf_counter()
    with suppress(IngestProblem):
        list(read_source(source((part * (500_000 // len(part.encode()))).encode()), row))
    assert time.perf_counter() - began < 10
