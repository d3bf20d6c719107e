"""Feeds that attack their reader, or are larger than it bears."""

import time
import tracemalloc

import msgspec
import pytest

from support.feeds import ITEM, rss
from support.memory import peak_of
from wxsearch.errors import IngestProblem, TooLarge, UnsupportedFormat
from wxsearch.ingest.feed.reading import read
from wxsearch.models import Article, Rejection

LAUGHS = '<!DOCTYPE rss [<!ENTITY a "哈"><!ENTITY b "&a;&a;">]>'
ATTACKS = {
    "entities": rss("<item><title>&b;</title></item>").replace("<rss", LAUGHS + "<rss", 1),
    "file": rss("<item><title>&x;</title></item>").replace(
        "<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1
    ),
    "parameter": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x">%p;]><rss/>',
    "in an entry": rss(f"<item>{LAUGHS}<title>题</title></item>"),
    "unfinished": '<?xml version="1.0"?><!DOCTYPE rss ' + "x" * 1_000_000,
    "many": '<?xml version="1.0"?><!DOCTYPE rss [' + '<!ENTITY a "哈">' * 100_000,
}


@pytest.mark.parametrize("name", ATTACKS)
def test_document_types_are_refused(items, name):
    """Entities and document types of a feed's own are refused at once, and nothing is fetched."""
    began = time.process_time()
    with pytest.raises(UnsupportedFormat, match="document type of its own"):
        items(ATTACKS[name])
    assert time.process_time() - began < 0.2


def test_the_document_type_of_rss_0_91(items):
    """A name and an address of a document type do no harm; they are not looked at."""
    name = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
        ' "http://127.0.0.1:1/publish/formats/rss-0.91.dtd">'
    )
    (article,) = items(rss(ITEM.format(1)).replace("<rss", name + "<rss", 1))
    assert article.title == "题1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<?xml version="1.0"?><urlset><url/></urlset>', "begins with <urlset>"),
        ("<html><body>x</body></html>", "begins with <html>"),
        ('<?xml version="1.0"?>' + "<!-- x -->" * 2_000 + "<opml><body/></opml>", "begins with <opml>"),
        ("没有标签", "is no XML"),
        ("", "is no XML"),
    ],
)
def test_other_xml_is_refused(items, text, reason):
    """XML that is no feed is unsupported_format, with the element that it begins with."""
    with pytest.raises(UnsupportedFormat, match=reason):
        items(text)


HEAVY = {
    "depth": "<item><title>" + "<b>" * 100_000 + "</title></item>",
    "elements": "<item><title>" + "<b></b>" * 100_000 + "</title></item>",
    "attributes": "<item "
    + "".join(f"a{number}='' " for number in range(200_000))
    + "><title>题</title></item>",
    "long name": "<item><" + "x" * 2_000_000 + "/></item>",
    "ampersands": "<item><title>" + "&" * 1_000_000 + "</title></item>",
    "references": "<item><title>" + "&nbsp" * 400_000 + "</title></item>",
    "less than": "<item><title>" + "<" * 1_000_000 + "</title></item>",
    "comments": "<item><!--" + "<!--" * 400_000 + "--><title>题</title></item>",
    "open comments": "<item>" + "<!--" * 400_000,
    "open data": "<item><title>" + "<![CDATA[" * 200_000,
    "beginnings": "<item>" * 300_000,
    "nested HTML": "<item><description>" + "&lt;div&gt;" * 100_000 + "</description></item>",
    "text": "<item><description>" + "海" * 3_000_000 + "</description></item>",
}


@pytest.mark.parametrize("name", HEAVY)
def test_heavy_entries_take_bounded_time_and_memory(items, name):
    """Depth, numbers and lengths are bounded, and no search is more than linear."""
    text = rss(HEAVY[name]).encode()
    tracemalloc.start()
    began = time.process_time()
    try:
        found = items(text, chunk=4_096)
    except IngestProblem:
        found = []
    spent = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert all(isinstance(item, Article | Rejection) for item in found)
    assert spent < 5
    assert peak < 64_000_000 + 8 * len(text)


def test_a_long_feed_is_held_an_entry_at_a_time(source):
    """Memory does not grow with a feed."""

    def chunks():
        yield rss("").partition("</channel>")[0].encode()
        for number in range(4_000):
            yield ITEM.format(number).encode()
        yield b"</channel></rss>"

    made = source(b"")
    made.chunks = chunks()
    count, peak = peak_of(lambda: sum(1 for _ in read(made)))
    assert count == 4_000
    assert peak < 2_000_000


BOUNDS = [
    ("<b>" * 198 + "</b>" * 198, "<b>" * 199 + "</b>" * 199, "more than 200 elements deep"),
    ("<b></b>" * 19_997, "<b></b>" * 19_998, "more than 20000 elements"),
    ("<b " + " " * 65_532 + "></b>", "<b " + " " * 65_534 + "></b>", "a tag of more than 65536"),
]


@pytest.mark.parametrize(("most", "more", "reason"), BOUNDS)
def test_an_entry_has_bounds(items, most, more, reason):
    """Depth, number of elements and length of tags: n is read, n + 1 rejects the entry."""
    article, rejected = items(
        rss("".join(f"<item><title>题</title><x>{inner}</x></item>" for inner in (most, more)))
    )
    assert article.title == "题"
    assert reason in rejected.reason


@pytest.mark.limit("article_bytes")
def test_an_entry_above_the_limit(items, limits):
    """An entry of more bytes than an article may have is named and not gathered; the next is read."""
    small = msgspec.structs.replace(limits, article_bytes=1_000)
    entry = ITEM.format(2)
    at = entry.replace("文2", "文2" + "x" * (1_000 - len(entry.encode())))
    text = rss(ITEM.format(1) + at + at.replace("文2", "文2x") + ITEM.format(3))
    one, two, large, three = items(text, limits=small)
    assert (one.title, two.title, three.title) == ("题1", "题2", "题3")
    assert (large.code, large.place) == ("too_large", "item 3")
    data = rss(ITEM.format(1) + entry.replace("文2", "海" * 7_000_000) + ITEM.format(3)).encode()
    tracemalloc.start()
    assert len(items(data, limits=small)) == 3
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_beginning_above_the_limit(items, limits):
    """What stands before the entries is bounded; XML that is no feed is told before that."""
    small = msgspec.structs.replace(limits, article_bytes=1_000)
    with pytest.raises(TooLarge, match="before its first entry"):
        items(rss(ITEM.format(1), "x" * 1_000), limits=small)
    with pytest.raises(UnsupportedFormat, match="urlset"):
        items("<urlset>" + "<url/>" * 1_000 + "</urlset>", limits=small)
