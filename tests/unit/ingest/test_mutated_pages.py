"""Mutated pages end as articles or typed refusals, in time that their size bounds.

WXSEARCH_TESTS_MUTATED_PAGES sets how many are read (1,000). With WXSEARCH_CORPORA half of
them are made of the real pages there.
"""

import io
import os
import random
import re
import tarfile
import time
from functools import cache
from pathlib import Path

import zstandard

from wxsearch.errors import IngestProblem
from wxsearch.ingest import html
from wxsearch.models import Article, Rejection

COUNT = int(os.environ.get("WXSEARCH_TESTS_MUTATED_PAGES", "1000"))
CORPORA = os.environ.get("WXSEARCH_CORPORA")
WRITTEN = (Path(__file__).parent / "body" / "other_sites.txt").read_text(encoding="utf-8")
OWN = [
    part.split("\n", 1)[1].split("\n--- body\n")[0]
    for part in re.split(r"^=== ", WRITTEN, flags=re.MULTILINE)[1:]
]
TAGS = (
    "div",
    "p",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "span",
    "a",
    "section",
    "b",
    "font",
    "form",
    "svg",
    "button",
)
PIECES = (
    *(
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<script>",
        "<style>",
        "<title>",
        "<textarea>",
        "<![CDATA[",
        "<a href='",
        '"',
    ),
    *(
        "\0",
        "\x1b",
        "\ufffe",
        "&",
        "&#0;",
        "&#xd800;",
        "&#1114112;",
        "&amp;" * 200,
        "&nbsp;" * 500,
        "&lt;" * 300,
    ),
    *("<plaintext>", "<frameset>", "<template>", "<noscript>", "<base href=//>", "<br>" * 999, " " * 9_999),
    *("上一篇：", "来源：", "当前位置：", "相关阅读", "声明：", "2024-02-30", "首页>" * 99, "。" * 999),
    *(
        '<script type="application/ld+json">{"articleBody":"',
        "<script>window.a={",
        "[" * 5_000,
        '{"a":' * 3_000,
    ),
)
CODECS = ("utf-8", "utf-8", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "cp1252", "utf-7")
# A fixed part for the machine, and so much for each megabyte.
SECONDS, SECONDS_A_MEGABYTE = 2, 8


@cache
def real_pages():
    """The bytes of the real pages, if there are any."""
    if CORPORA is None:
        return []
    packed = (Path(CORPORA) / "pages.tar.zst").read_bytes()
    stream = io.BytesIO(zstandard.ZstdDecompressor().stream_reader(packed).read())
    with tarfile.open(fileobj=stream) as tar:
        members = [member for member in tar.getmembers() if member.name.endswith("html")]
        return [tar.extractfile(member).read() for member in sorted(members, key=lambda member: member.name)]


def mutated(draw):
    """A page of our own or a real one, changed in one to five ways."""
    pages = real_pages()
    if pages and draw.random() < 0.5:
        data = bytearray(draw.choice(pages))
    else:
        data = bytearray(draw.choice(OWN).encode(draw.choice(CODECS), "replace"))
    for _ in range(draw.randint(1, 5)):
        draw.choice(MUTATIONS)(data, draw)
    return bytes(data[:2_000_000])


def place(data, draw):
    return draw.randint(0, len(data))


def flip(data, draw):
    for _ in range(draw.choice([1, 10, 200])):
        if data:
            data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)


def cut(data, draw):
    start, end = sorted((place(data, draw), place(data, draw)))
    del data[start:end]


def truncate(data, draw):
    del data[place(data, draw) :]


def splice(data, draw):
    other = draw.choice(OWN).encode(draw.choice(CODECS), "replace")
    at = place(data, draw)
    data[at:at] = other[draw.randint(0, len(other)) :]


def double(data, draw):
    start, end = sorted((place(data, draw), place(data, draw)))
    block = bytes(data[start:end])
    data[end:end] = block * min(draw.randint(1, 30), 300_000 // max(len(block), 1))


def nest(data, draw):
    tags = draw.choices(TAGS, k=draw.choice([1, 1, 2, 3]))
    opened = "".join(f"<{tag}>" for tag in tags) * draw.choice([10, 300, 3_000])
    at = place(data, draw)
    data[at:at] = opened.encode()


def attribute(data, draw):
    at = place(data, draw)
    sign = draw.choice(['"', "'", "", "<"])
    data[at:at] = (
        f"<div class={sign}{draw.choice('a- 字') * draw.choice([100, 50_000])}{sign} style=display:>".encode()
    )


def insert(data, draw):
    for _ in range(draw.randint(1, 4)):
        at = place(data, draw)
        data[at:at] = draw.choice(PIECES).encode("utf-8", "surrogatepass")


def strip_closings(data, draw):
    tag = draw.choice(TAGS).encode()
    data[:] = data.replace(b"</" + tag + b">", b"")


def shuffle(data, draw):
    at = place(data, draw)
    data[:] = data[at:] + data[:at]


MUTATIONS = (flip, cut, truncate, splice, double, nest, attribute, insert, strip_closings, shuffle)


def test_mutated_pages_end_well_and_in_time(source):
    """Whatever is done to a page, it is an article or a typed refusal within the seconds its size allows."""
    articles = 0
    for number in range(COUNT):
        data = mutated(random.Random(number))
        began = time.process_time()
        try:
            items = list(html.read(source(data)))
        except IngestProblem as problem:
            items = []
            assert problem.detail  # noqa: PT017 (a typed problem is one of the right ends)
        except Exception as error:
            raise AssertionError(f"page {number} of {len(data)} bytes") from error
        spent = time.process_time() - began
        assert all(isinstance(item, Article | Rejection) for item in items)
        assert spent < SECONDS + SECONDS_A_MEGABYTE * len(data) / 1_000_000, (number, len(data), spent)
        articles += len(items)
    assert articles > COUNT // 5
