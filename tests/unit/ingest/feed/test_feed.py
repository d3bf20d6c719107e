"""Feeds of every kind, as sites really write them."""

import itertools

import pytest

from support.feeds import ITEM, rss
from wxsearch.models import Article


def test_rss_with_everything(items):
    """Full text wins over the summary, and each element goes to its field."""
    (article,) = items(
        rss(
            "<item><title>灯塔&amp;amp;潮汐 &lt;b&gt;见闻&lt;/b&gt;</title>"
            "<link>http://news.example.cn/a.html</link><guid isPermaLink='false'>4711</guid>"
            "<pubDate>Mon, 03 Jun 2024 08:05:09 +0800</pubDate><dc:creator>林岚</dc:creator>"
            "<source url='http://x.example/'>潮报</source><category>海洋</category><category>灯塔</category>"
            "<description>摘要</description>"
            "<media:content url='x'><media:title>图</media:title></media:content>"
            "<content:encoded><![CDATA[<p>守灯人点亮了灯。</p><script>x()</script><p>船回来了。</p>"
            "<div style='display:none'>藏</div>]]></content:encoded></item>"
        )
    )
    assert article.title == "灯塔&潮汐 见闻"
    assert article.body.splitlines()[:2] == ["守灯人点亮了灯。", "船回来了。"]
    assert "藏" not in article.body
    assert (article.url, article.published) == ("http://news.example.cn/a.html", "2024-06-03T08:05:09+08:00")
    assert (article.author, article.source, article.keywords) == ("林岚", "潮报", ("海洋", "灯塔"))
    assert article.extra == {"feed": "海风网"}


def test_rss_of_an_item_and_its_page_are_one_article(items):
    """Without an id of all the world the address makes the id, as it does for the page."""
    one, other = items(rss(ITEM.format(1) + ITEM.format(1).replace("题1", "改题")))
    assert one.id == other.id
    (named,) = items(rss(ITEM.format(1).replace("<link>", "<guid>urn:uuid:7</guid><link>")))
    assert named.id == "urn:uuid:7"


@pytest.mark.parametrize(
    ("guid", "url"),
    [
        ("<guid>http://news.example.cn/g.html</guid>", "http://news.example.cn/g.html"),
        ("<guid>17</guid>", None),
    ],
)
def test_a_guid_in_place_of_a_link(items, guid, url):
    """A guid that is an address is the address of the article; a number is nothing."""
    (article,) = items(rss(f"<item><title>题</title>{guid}<description>文</description></item>"))
    assert article.url == url
    assert article.id != "17"


def test_a_link_is_made_whole_by_that_of_the_site(items):
    """The address of the feed itself, which may stand first, is not what links are relative to."""
    text = rss("<item><title>题</title><link>1.html</link></item>")
    own = '<atom:link rel="self" href="http://news.example.cn/feed/all.xml"/>'
    (article,) = items(text.replace("<link>http", own + "<link>http", 1))
    assert article.url == "http://news.example.cn/1.html"


def test_rdf(items):
    """RSS 1.0 has its items beside the channel, and dates of Dublin Core."""
    (article,) = items(
        '<?xml version="1.0" encoding="gb2312"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"'
        ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="http://a.example/"><title>山讯</title><items><rdf:Seq><rdf:li resource="x"/>'
        '</rdf:Seq></items></channel><item rdf:about="http://a.example/1"><title>雪线</title>'
        "<dc:date>2024-06-01T09:00:00Z</dc:date><dc:subject>山</dc:subject><description>文</description>"
        "</item></rdf:RDF>",
        codec="gbk",
    )
    assert (article.title, article.url, article.published) == (
        "雪线",
        "http://a.example/1",
        "2024-06-01T17:00:00+08:00",
    )
    assert (article.keywords, article.extra) == (("山",), {"feed": "山讯"})


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (
            '<content type="html">&lt;p&gt;一&lt;/p&gt;&lt;p&gt;二 &amp;amp; 三&lt;/p&gt;</content>',
            "一\n二 & 三",
        ),
        (
            (
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>一</p>'
                "<p>a &lt; b</p></div></content>"
            ),
            "一\na < b",
        ),
        ('<content type="text">一 &lt;p&gt; 二\n三</content>', "一 <p> 二\n三"),
        ('<content src="http://x.example/v.mp4" type="video/mp4"/><summary>短</summary>', "短"),
        ("<summary>只有摘要</summary>", "只有摘要"),
    ],
)
def test_atom_content(items, content, body):
    """HTML, XHTML and text of Atom are told apart by their type."""
    (article,) = items(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b.example/news/"><title>河讯</title>'
        '<entry><title type="html">闸&amp;middot;门</title><id>tag:b.example,2024:1</id>'
        '<link rel="self" href="http://b.example/feed"/><link href="1.html"/>'
        "<updated>2024-06-02T00:00:00Z</updated><published>2024-06-01T08:00:00+08:00</published>"
        '<author><name>何川</name><uri>x</uri></author><category term="水" label="水利"/>'
        f"{content}</entry></feed>"
    )
    assert (article.title, article.body) == ("闸·门", body)
    assert (article.url, article.id) == ("http://b.example/news/1.html", "tag:b.example,2024:1")
    assert (article.published, article.author, article.keywords) == (
        "2024-06-01T08:00:00+08:00",
        "何川",
        ("水利",),
    )


def test_atom_of_copied_entries(items):
    """An entry that a feed took from another says where it is from; a prefix may stand everywhere."""
    (article,) = items(
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>题</a:title>'
        "<a:source><a:id>x</a:id><a:title>原报</a:title></a:source><a:summary>文</a:summary></a:entry></a:feed>"
    )
    assert (article.title, article.source) == ("题", "原报")


@pytest.mark.parametrize(
    ("categories", "breadcrumb", "keywords"),
    [
        (["首页 &gt; 国内 &gt; 时政"], ("首页", "国内", "时政"), ()),
        (["新闻/国内"], ("新闻", "国内"), ()),
        (["A/B测试", "TCP/IP"], (), ("A/B测试", "TCP/IP")),
        (["港口", "新闻/国内", "新闻/财经"], ("新闻", "国内"), ("港口", "财经")),
    ],
)
def test_categories(items, categories, breadcrumb, keywords):
    """What is clearly a path is the breadcrumb, the rest are keywords."""
    elements = "".join(f"<category>{name}</category>" for name in categories)
    (article,) = items(rss(f"<item><title>题</title>{elements}</item>"))
    assert (article.breadcrumb, article.keywords) == (breadcrumb, keywords)


def test_json_feed(items):
    """The items of a JSON Feed, of version 1 and 1.1, in the pieces in which they come."""
    text = (
        '{"version":"https://jsonfeed.org/version/1.1","title":"岛讯","items":['
        '{"id":"1","url":"http://c.example/1","title":"灯&amp;塔","content_html":"<p>一</p><p>二</p>",'
        '"date_published":"2024-06-01T08:00:00+08:00","authors":[{"name":"甲"},{"name":"乙"}],"tags":["海"]},'
        '{"id":2,"content_text":"微文\\n两行"},{"id":"urn:x:3","title":7},{"id":"urn:x:4","summary":"短"}]}'
    )
    one, two, bad, four = items(text, chunk=11)
    assert (one.title, one.body, one.author, one.keywords) == ("灯&塔", "一\n二", "甲、乙", ("海",))
    assert (one.url, one.published, one.extra) == (
        "http://c.example/1",
        "2024-06-01T08:00:00+08:00",
        {"feed": "岛讯"},
    )
    assert two.body == "微文\n两行"
    assert (bad.code, bad.place) == ("invalid_article", "item 3")
    assert four.id == "urn:x:4"
    *whole, cut = items(text[: text.index("urn:x:3")])
    assert [type(item) for item in whole] == [Article, Article]
    assert "the rest of the file was not read" in cut.reason


BROKEN = {
    "bare ampersand": ("<title>R&D & 题</title>", "R&D & 题"),
    "reference of HTML": ("<title>题&nbsp;甲&hellip;&bogus;</title>", "题 甲…&bogus;"),
    "control characters": ("<title>题\x0b\x1f甲&#11;&#0;</title>", "题 甲 \ufffd"),
    "less than": ("<title>3 < 5</title>", "3 < 5"),
    "surrogate": ("<title>题&#xD800;</title>", "题\ufffd"),
    "unknown prefix": ("<title>题</title><jwplayer:talkId>1</jwplayer:talkId>", "题"),
    "open br": ("<title>题<br>甲<img src=x></title>", "题甲"),
    "ampersand in an address": ("<title>题</title><link>http://n.example/?a=1&b=2</link>", "题"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_xml_is_mended(items, name):
    """The usual mistakes of feeds cost nothing."""
    element, title = BROKEN[name]
    before, broken, after = items(
        rss(f"{ITEM.format(1)}<item>{element}<description>文</description></item>{ITEM.format(2)}")
    )
    assert (before.title, broken.title, after.title) == ("题1", title, "题2")


def test_an_entry_beyond_mending_spoils_no_other(items):
    """An entry that is no XML at all is one rejection between its neighbours."""
    before, bad, after = items(rss(f"{ITEM.format(1)}<item><title>题</tilte></item>{ITEM.format(2)}"))
    assert (before.title, after.title) == ("题1", "题2")
    assert (bad.code, bad.place) == ("invalid_article", "item 2")
    assert "mismatched tag" in bad.reason


@pytest.mark.parametrize(
    ("printed", "published"),
    [("2023-08-01 10:00:00 +0800 CST", "2023-08-01T10:00:00+08:00"), ("0000-00-00", None), ("昨天", None)],
)
def test_a_time_costs_no_entry(items, printed, published):
    """Go's own form is that time, a zero is none, and what is no time is left out."""
    (article,) = items(rss(f"<item><title>题</title><pubDate>{printed}</pubDate></item>"))
    assert (article.title, article.published) == ("题", published)


@pytest.mark.parametrize("chunk", [1, 13, 1 << 16])
@pytest.mark.parametrize("cut", ["</description></item></channel>", "</channel>", "</rss>"])
def test_a_feed_that_breaks_off(items, cut, chunk):
    """What was whole is kept, and one rejection says that there was more."""
    text = rss("".join(map(ITEM.format, range(3))))
    *whole, broken = items(text[: text.rindex(cut)], chunk=chunk)
    assert [item.title for item in whole] == ["题0", "题1", "题2"][: len(whole)]
    assert len(whole) == (2 if "item" in cut else 3)
    assert (broken.code, "ends" in broken.reason) == ("unreadable", True)


def test_marks_inside_other_things_are_text(items):
    """CDATA and comments may hold what looks like an entry, or the end of one."""
    (article,) = items(
        rss(
            "<!-- <item> --><item><title><![CDATA[怎样写 </item> 与 <item>]]></title>"
            "<!-- </item> --><description>文</description></item>"
        )
    )
    assert article.title == "怎样写 </item> 与 <item>"


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        *itertools.product(("utf-8", "utf-16", "utf-8-sig"), ("utf-8", "gb2312", "big5", "utf-16", None)),
        *itertools.product(("gb18030",), ("utf-8", "gb2312", "utf-16", None)),
        ("big5", "big5"),
    ],
)
def test_encodings(items, codec, declared):
    """A feed is read in its own encoding, whatever it declares; Big5 has to be declared."""
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    text = rss("<item><title>燈塔與海</title><description>文</description></item>", declaration=declaration)
    (article,) = items(text.replace("风网", "風網"), codec=codec)
    assert (article.title, article.extra) == ("燈塔與海", {"feed": "海風網"})


def test_the_encoding_is_that_of_the_whole_feed(items):
    """A short text in GBK may be UTF-8 by chance; it is not read by itself."""
    _, two = items(rss(ITEM.format(1) + ITEM.format(2).replace("题2", "山讯")), codec="gbk")
    assert two.title == "山讯"
