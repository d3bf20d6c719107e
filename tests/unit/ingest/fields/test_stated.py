"""What a page states for machines: JSON-LD, microdata, meta elements, scripts."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from support.reading import read_html
from wxsearch.ingest.fields import json_ld, microdata
from wxsearch.ingest.fields.evidence import Candidate, Evidence, supported
from wxsearch.ingest.fields.head_elements import gather_links, gather_meta, own_address, read_meta
from wxsearch.ingest.fields.stamps import date_in_address, gather_scripts, gather_time_elements


def values(evidence, field):
    return [row.value for row in evidence.of(field)]


def ld(text):
    evidence = Evidence()
    json_ld.gather(LexborHTMLParser(f'<script type="application/ld+json">{text}</script>'), evidence)
    return evidence


ARTICLE = '"@type":"NewsArticle","headline":"渡口","datePublished":"2024-06-01"'


@pytest.mark.parametrize(
    "text",
    [
        f"{{{ARTICLE}}}",
        f"[{{{ARTICLE}}}]",
        f'{{"@graph":[{{"@type":"WebSite","name":"网"}},{{{ARTICLE}}}]}}',
        f'{{"@type":"WebPage","mainEntity":{{{ARTICLE}}}}}'.replace('"WebPage"', '"Thing"'),
        f"{{{ARTICLE},}}",
        f"{{/* 新闻 */{ARTICLE}}} ;",
        f'{{// http\n{ARTICLE},"url":"http://a.example/1"}}',
        f'{{{ARTICLE},"description":"一行\n又一行"}}',
        f"<!-- {{{ARTICLE}}} -->",
        f"{{{ARTICLE}}}".replace('"NewsArticle"', '["NewsArticle","Thing"]'),
        f"{{{ARTICLE}}}".replace("NewsArticle", "http://schema.org/NewsArticle"),
    ],
)
def test_articles_in_json_ld(text):
    """An article is found wherever in the data it stands, and with the slips that sites make."""
    assert (values(ld(text), "title"), values(ld(text), "published")) == (["渡口"], ["2024-06-01"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "nonsense",
        "[[[" * 50_000,
        '{"@type":7,"headline":[]}',
        '{"@type":"Product","name":"船"}',
        "3",
    ],
)
def test_json_ld_that_tells_nothing(text):
    """Data that cannot be read, or is of something else, is passed over."""
    assert values(ld(text), "title") == []


def test_a_breadcrumb_list_goes_by_its_positions():
    """Names of items, in the item or beside it, by position."""
    text = (
        '{"@type":"BreadcrumbList","itemListElement":[{"position":2,"item":{"name":"新闻"}},'
        '{"position":"1","name":"首页"},{"name":""},7]}'
    )
    assert values(ld(text), "breadcrumb") == [("首页", "新闻")]


def test_names_of_authors_are_joined():
    """Several authors are one value, entities are read, addresses are no names."""
    text = f'{{{ARTICLE},"author":[{{"name":"陆青"}},"A&amp;B",{{"name":"https://x.example"}}]}}'
    assert values(ld(text), "author") == ["陆青、A&B"]


def test_microdata_of_lists_is_of_no_article():
    """What several elements say differently is said of several things."""
    page = (
        "<i itemprop=headline>甲</i><i itemprop=headline>乙</i>"
        "<time itemprop=datePublished datetime=2024-06-01>"
    )
    evidence = Evidence()
    microdata.gather(LexborHTMLParser(page), evidence)
    assert (values(evidence, "title"), values(evidence, "published")) == ([], ["2024-06-01"])


def test_meta_in_the_order_of_trust():
    """Names in any case; what the government's rules prescribe and what platforms read."""
    page = (
        '<meta name="source" content="来源：甲报"><meta name="ContentSource" content="乙局">'
        '<meta property="og:title" content="丙"><meta name="ArticleTitle" content="丁">'
        '<meta name="PubDate" content="">'
    )
    evidence = Evidence()
    gather_meta(read_meta(LexborHTMLParser(page)), evidence)
    assert values(evidence, "source") == ["乙局", "来源：甲报"]
    assert values(evidence, "title") == ["丁", "丙"]
    assert values(evidence, "published") == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.example/1.html", "https://a.example/1.html"),
        ("//a.example/1.html", "https://a.example/1.html"),
        ("/1.html", "https://base.example/1.html"),
        ("https://a.example/", None),
        ("https://a.example/index.shtml", None),
        ("https://a.example/?p=7", "https://a.example/?p=7"),
        ("javascript:void(0)", None),
        ("http://[", None),
    ],
)
def test_own_addresses(address, expected):
    """An article's address is absolute and of the web; the home page is nobody's."""
    assert own_address(address, "https://base.example/a/") == expected


def test_the_canonical_link_among_others():
    """The attribute rel may hold several words, in any case."""
    evidence = Evidence()
    tree = LexborHTMLParser('<link rel="Canonical nofollow" href="/a"><link rel="next" href="/b">')
    gather_links(tree, evidence)
    assert values(evidence, "url") == ["/a"]


@pytest.mark.parametrize(
    ("text", "stamps", "clocks"),
    [
        ("var fdate='2024/06/01 09:05:33';", ["2024/06/01 09:05:33"], []),
        ('{"publishTime": 1717203933}', ["1717203933"], []),
        ('<div data-ptime="2024-06-01 09:05:33">', ["2024-06-01 09:05:33"], []),
        ('publishDate="20240601090533"', ["20240601090533"], []),
        ("createTime = new Date('2024-06-01T01:05:33Z')", ["2024-06-01T01:05:33Z"], []),
        ('<i data-timestamp="1717203933000">', [], ["1717203933000"]),
        ("updateTime='2024-06-01 09:05:33'", [], []),
        ("server_time=1717203933", [], []),
        ("x = 1717203933", [], []),
        ("发布时间：2024-06-01 09:05:33", [], []),
        ("pubtime=12024-06-01", [], []),
    ],
)
def test_times_for_scripts(text, stamps, clocks):
    """Names of publication give times, names of time alone give clocks, others nothing."""
    evidence = Evidence()
    gather_scripts(text, evidence)
    assert (values(evidence, "stamp"), values(evidence, "clock")) == (stamps, clocks)


def test_time_elements_that_disagree_tell_nothing():
    """Of a list of articles each has its <time>."""
    for page, found in (("<time datetime=2024-06-01>", 1), ("<time datetime=1><time datetime=2>", 0)):
        evidence = Evidence()
        gather_time_elements(LexborHTMLParser(page), evidence)
        assert len(evidence.of("published")) == found


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("http://a.example/2024/06/01/c7.html", "2024-06-01"),
        ("http://a.example/2024-06/01/7.html", "2024-06-01"),
        ("http://a.example/2024/0601/c7.html", "2024-06-01"),
        ("http://a.example/x/t20240601_77.html", "2024-06-01"),
        ("http://a.example/art/2024/6/1/7.html", None),
        ("http://a.example/20241301/7.html", None),
        ("http://a.example/120240601.html", None),
    ],
)
def test_days_in_addresses(address, day):
    """A day stands in a path whole, with two digits for each part."""
    assert date_in_address(address) == day


def test_agreement_raises_confidence():
    """Another place that says the same removes half as much doubt as it is sure; one's own place nothing."""
    one = Candidate("甲", "text", 0.8)
    assert supported(one, [one]).confidence == 0.8
    assert supported(one, [Candidate("甲", "meta", 0.8)]).confidence == 0.88
    assert supported(one, [Candidate("乙", "meta", 0.8)]).confidence == 0.8


def test_the_name_of_a_person_is_not_all_that_is_said_of_it():
    """The name inside an author counts, also where it is not shown."""
    page = (
        '<div itemprop="author" itemscope><meta itemprop="name" content="陆青"><b>陆青</b> 修船十二年</div>'
    )
    evidence = Evidence()
    microdata.gather(LexborHTMLParser(page), evidence)
    assert values(evidence, "author") == ["陆青"]


TEXT = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 2
HEAD = "<html><head><title>渡口的早晨</title>"


def test_what_is_marked_for_baidu():
    """Time, source and author of hidden elements count, without their labels."""
    hidden = (
        '<i style="display:none"><i id="pubtime_baidu">2024-06-01 09:05:33</i>'
        '<i id="source_baidu">来源：柳溪报</i><i id="author_baidu">作者：陆青</i></i>'
    )
    found = read_html(f"{HEAD}<body><h1>渡口的早晨</h1>{hidden}<p>2024-06-01 09:05</p><div>{TEXT}</div>")
    assert found["published"] == "2024-06-01T09:05:33+08:00"
    assert (found["source"], found["author"]) == ("柳溪报", "陆青")


def test_a_change_in_the_minute_that_is_shown_has_its_second():
    """Only of the same minute: a later change says nothing."""
    for second, changed in ((33, "09:05:33"), (0, "09:06:33")):
        meta = f'<meta itemprop="dateUpdate" content="2024-06-01 {changed}">'
        page = f"{HEAD}{meta}<body><h1>渡口的早晨</h1><p>2024-06-01 09:05</p><div>{TEXT}</div>"
        assert read_html(page)["published"] == f"2024-06-01T09:05:{second:02}+08:00"


def test_a_change_on_the_day_that_is_shown_tells_no_time():
    """An article is changed hours after it came out."""
    meta = '<meta itemprop="dateUpdate" content="2024-06-01 18:30:00">'
    page = f"{HEAD}{meta}<body><h1>渡口的早晨</h1><p>2024-06-01</p><div>{TEXT}</div>"
    found = read_html(page)
    assert (found["published"], found["precision"]) == ("2024-06-01T00:00:00+08:00", "day")


ADDRESS = "https://liuxi.example/1.html"


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0028){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Sat Mar 09 2024 \n-->",
    ],
)
def test_the_address_that_a_page_was_saved_from(comment):
    """What browsers write at the top counts where the page does not say its address itself."""
    page = f"<body><h1>渡口的早晨</h1><p>2024-06-01 09:05</p><div>{TEXT}</div>"
    assert read_html(f"<!DOCTYPE html>{comment}{HEAD}{page}")["url"] == ADDRESS
    own = "https://liuxi.example/own.html"
    linked = f"{HEAD}<link rel=canonical href={own}>"
    assert read_html(f"<!DOCTYPE html>{comment}{linked}{page}")["url"] == own


@pytest.mark.parametrize(
    ("elements", "author"),
    [
        ("<i class=post-author>· 陆青</i>", "陆青"),
        ("<i class='author vcard'>by <a href=/a>陆青</a></i><a rel=author>陆青</a>", "陆青"),
        ("<i class=author>陆青</i><i class=author>白帆</i>", None),
        ("<i class=author style='display:none'>陆青</i>", None),
        ("<i class=authority>陆青</i>", None),
        ("<i class=comment-author>陆青</i>", None),
        ("<i class='comments list'><b><i class=author>陆青</i></b></i>", None),
        ("<i class=author>关于作者</i>", None),
        ("<a>作者：<i>陆青的船</i></a><i>06-01 09:05</i><i>阅读 4.5万</i>", "陆青的船"),
    ],
)
def test_elements_that_are_named_as_an_author(elements, author):
    """One person whom an element is named for is the author; a label's value ends where its element does."""
    page = f"<body><h1>渡口的早晨</h1><p>2024-06-01 09:05 {elements}</p><div>{TEXT}</div>"
    assert read_html(f"{HEAD}{page}")["author"] == author
