# ruff: noqa: E501 (a page reads best on one line)
"""What decides between two readings of a page."""

import pytest

from support.reading import read_html
from wxsearch.errors import NotAnArticle
from wxsearch.ingest.encoding import decode

TITLE = "盐场的工人收起了木耙"
A = "太阳偏西的时候，盐场的工人收起了木耙，把最后一垄盐推到了田埂边上，等着明天装车。"
B = "今年的晴天比往年多了二十天，盐比往年厚，也比往年白，镇里的人都说这是十年里最好的年景。"
C = "收盐的车从清早排到中午，司机们坐在车头的影子里，就着咸菜喝稀饭，谁也不催谁，一车一车地装。"
TEXT = f"<p>{A}</p><p>{B}</p><p>{C}</p>"
HEAD = f"<h1>{TITLE}</h1><div>2024-06-02 10:00 来源：盐镇报</div>"


def body(page, head=""):
    return read_html(f"<html><head><title>{TITLE}_盐镇报</title>{head}</head><body>{HEAD}{page}")[
        "body"
    ].split("\n")


def test_a_button_unfolds_the_rest_of_a_long_text():
    """A hidden half is read where a button shows it, and stays out where there is no button."""
    page = f"<div class=c>{TEXT}<div style='display:none'>{TEXT * 2}</div></div>"
    assert body(f"{page}<div>展开全文</div>") == [A, B, C] * 3
    assert body(page) == [A, B, C]


def test_hidden_text_of_something_else_is_not_unfolded():
    """What is hidden is the rest of the text only where it goes on from what is shown."""
    other = "".join(
        f"<p>别的专题的第{n}段，写的是山里的茶，和盐场没有关系，篇幅却长得多，一直写到山顶。</p>"
        for n in range(9)
    )
    page = f"<div class=c>{TEXT}</div><div class=d style='display:none'>{other}</div><div>查看更多内容</div>"
    assert body(page) == [A, B, C]


def test_a_block_is_not_widened_for_a_few_characters():
    """A line beside the block of the text that adds hardly anything stays out."""
    assert body(f"<div class=w><p>小字，一行。</p><div class=c>{TEXT * 3}</div></div>") == [A, B, C] * 3


def test_links_to_documents_below_the_text_are_its_own():
    """Attachments stay, other links below the last paragraph do not."""
    own = "<p><a href=1.docx>附件：盐田分布图.docx</a></p>"
    assert body(f"<div class=c>{TEXT}{own}</div>") == [A, B, C, "附件：盐田分布图.docx"]
    assert body(f"<div class=c>{TEXT}<p><a href=2>盐价三年走势一览</a></p></div>") == [A, B, C]


def test_a_caption_that_stands_twice_is_read_once():
    """The same line under and in a figure is one caption; the same line of a song is two."""
    caption = "夕阳下的盐田，工人们在收最后一垄盐。"
    figure = f"<p>{caption}</p><figure><img><figcaption>{caption}</figcaption></figure>"
    assert body(f"<div class=c><p>{A}</p>{figure}<p>{B}</p></div>") == [A, caption, B]
    assert (
        body(f"<div class=c><p>{A}</p><p>嘿哟，嘿哟。</p><p>嘿哟，嘿哟。</p><p>{B}</p></div>").count(
            "嘿哟，嘿哟。"
        )
        == 2
    )


def test_a_page_that_loads_itself_anew_is_read():
    """A refresh after minutes leads nowhere."""
    assert body("<p>盐镇的盐场今天傍晚全部收工。</p>", "<meta http-equiv=refresh content='300;url=/'>") == [
        "盐镇的盐场今天傍晚全部收工。"
    ]


def test_neighbours_inside_the_text_are_found():
    """Links named 上一篇 in the element of the text are neighbours, though they are links."""
    page = f"<div class=c>{TEXT}<p><a href=/1>上一篇：春天的盐田</a></p><p><a href=/3>下一篇：盐船出港</a></p><p>本镇各报所载的消息，版权归写稿的人所有，要转载的请先写信来问一声，谢谢合作。</p></div>"
    record = read_html(f"<title>{TITLE}</title>{HEAD}{page}")
    assert (record["previous"]["title"], record["next"]["title"]) == ("春天的盐田", "盐船出港")
    assert record["body"].split("\n") == [A, B, C]


def test_hopeless_text_is_no_article():
    """One of many rows of words, without sentence, title or time, is refused as hardly an article."""
    rows = "".join(f"<div class=r{n}><p>渔港，早市，鱼筐，手电，{n}</p></div>" for n in range(40))
    with pytest.raises(NotAnArticle, match="hardly"):
        read_html(f"<title>渔港早市的四点钟和五点钟</title>{rows}")


def test_what_is_too_deep_in_a_text_area_is_passed_over():
    """Mark-up inside a text area is bounded in depth as a page is."""
    with pytest.raises(NotAnArticle):
        read_html(f"<title>{TITLE}</title><textarea>{'<div>' * 1_900}{TEXT}</textarea>")


def test_scripts_are_looked_through_to_a_bound():
    """Behind four million characters of scripts nothing more is looked for."""
    page = f"<title>{TITLE}</title><script>{{}}</script><textarea>{TEXT}</textarea>"
    assert read_html(page)["body"]
    with pytest.raises(NotAnArticle):
        read_html(page.replace("{}", "x" * 4_000_001))


def test_text_that_is_scrambled_only_in_part_stays():
    """Where many pieces do not fit, nothing is put right."""
    scrambled = "工程师说这座桥要再等两年才能通车".encode().decode("latin-1")
    assert decode(scrambled.encode()) != scrambled
    mixed = scrambled + " é è ê ë à â" * 6
    assert decode(mixed.encode()) == mixed


def test_damage_does_not_turn_a_page_into_another_encoding():
    """In damaged UTF-8, what is valid is UTF-8, though it would be more Chinese as something else."""
    rare = "皊葐燵煭 " * 40
    assert decode(rare.encode() + b"\xff<p>").startswith(rare)


LEAD = "晒了一夏的盐场迎来收盐的日子，晴天比往年多了二十天，盐比往年厚也比往年白，车排到了镇口。"
BAR = "<div class=bar><a href=#>微博</a> <a href=#>微信</a></div>"


@pytest.mark.parametrize("name", [f"{TITLE}_盐镇报", "盐镇"])
def test_a_lead_and_the_text_below_it_are_one(name):
    """Buttons between them, or a heading above several paragraphs without a link, part no article."""

    def read(page):
        return read_html(f"<title>{name}</title><body>{HEAD}{page}")["body"].split("\n")

    assert read(f"<div class=sum>{LEAD}</div>{BAR}<div class=c>{TEXT}</div>") == [LEAD, A, B, C]
    assert read(f"<div class=sum>{LEAD}</div>{BAR}<div class=c><h3>晴天</h3>{TEXT}</div>") == [
        LEAD,
        "晴天",
        A,
        B,
        C,
    ]
    answer = f"<div class=a><h2>最佳答案</h2><div>{TEXT}</div></div>"
    assert read(f"<div class=q><p>{LEAD}</p></div>{answer}") == [LEAD, "最佳答案", A, B, C]


@pytest.mark.parametrize(
    "below",
    [
        f"<div class=a><h2>关于盐镇</h2><p>{B}</p></div>",
        f"<div class=a><h2><a href=/2>另一个镇的盐场今年收了多少盐</a></h2>{TEXT}</div>",
        f"<h3>镇上的人说</h3><div class=a><p>老张</p><p>{A}</p><p>老李</p><p>{B}</p><p>老王</p><p>{C}</p></div>",
    ],
)
def test_what_stands_below_a_short_article_is_not_its_rest(below):
    """One paragraph below a heading, an article below its link and what people say are something else."""
    assert body(f"<div class=c><p>{LEAD}</p></div>{below}") == [LEAD]


def test_notes_on_rights_are_no_text_however_long():
    """A box on who may copy the text is not taken for the text above, and is left out below it."""
    note = f"<p>此内容为盐镇报原创，著作权归盐镇报所有。未经盐镇报书面授权，不得{'以任何方式加以使用，' * 9}违者必究。</p>"
    ask = "<p>盐镇报广告合作，请点击这里</p>"
    page = f"<div class=m><p>{A}</p><p>{B}</p></div><div class=s>{ask}{note}{note}</div>"
    assert body(page) == [A, B]


def test_a_rule_that_forbids_is_a_text():
    """未经许可 and 不得 alone make no note on rights: a flash of one sentence is read."""
    flash = "盐场即日起封闭十四天，未经许可，任何人晚九时至次日五时不得进入盐田，也不得在堤上停车。"
    assert body(f"<div><p>{flash}</p></div>") == [flash]
    photographs = "盐场今天规定，未经许可，任何人不得向外传播盐田的照片，也不得在堤上停车。"
    assert body(f"<div><p>{photographs}</p></div>") == [photographs]


@pytest.mark.parametrize(
    "report",
    [
        "国家版权局今天发出通知，各网站转载须先得到写稿人的许可，违者会被处罚。",
        "法院今天判决，这部小说的著作权归盐镇的王先生所有，出版社赔偿十万元。",
    ],
)
def test_reports_on_rights_are_text(report):
    """A paragraph that says what a note on rights says opens an article, and parts none."""
    assert body(f"<div><p>{report}</p><p>{A}</p><p>{B}</p></div>") == [report, A, B]
    assert body(f"<div><p>{A}</p>{f'<p>{report}</p>' * 3}<p>{B}</p></div>") == [A, *[report] * 3, B]


def test_a_judgement_on_rights_ends_a_text():
    """Whose a work is, is said of any work; a note on rights says it of an author or an outlet."""
    report = "法院最后判决，这部小说的著作权归盐镇的王先生所有，出版社赔偿十万元。"
    assert body(f"<div><p>{A}</p><p>{B}</p><p>{report}</p></div>") == [A, B, report]
    assert body(f"<div><p>{A}</p><p>{B}</p><p>此文著作权归作者所有。</p></div>") == [A, B]


def test_the_last_paragraph_ends_before_a_button():
    """A link that a site puts behind the last sentence is no part of it."""
    assert body(f"<div>{TEXT[:-4]}<a href=/>返回盐镇，查看更多</a></p></div>") == [A, B, C]


def test_what_asks_to_follow_above_a_text_is_none_of_it():
    """An invitation in front of the first paragraph goes; the same words in the midst stay."""
    ask = "<p>点击上方“盐镇报”，关注我们</p>"
    assert body(f"<div>{ask}{TEXT}</div>") == [A, B, C]
    assert len(body(f"<div>{TEXT}{ask}{TEXT}</div>")) == 7


@pytest.mark.parametrize(
    "opening",
    [
        "关注我们身边的盐，关注盐场里收盐的人。",
        "觉得不错，是镇里的人对今年的盐说得最多的一句话。",
        "欢迎分享会昨晚在镇礼堂开到了十点",
        "扫码下载客户端，就能看到盐场今天的盐价。",
        "点击率最高的短片让人关注",
    ],
)
def test_an_opening_that_begins_as_an_invitation(opening):
    """Above a text only what says where to press, or names no more than what to open, is an invitation."""
    assert body(f"<div><p>{opening}</p>{TEXT}</div>") == [opening, A, B, C]


def test_a_last_sentence_on_what_is_clicked():
    """Below a text, too, 点击 … 关注 is an invitation only where it says where to press."""
    last = "点击量一夜破百万，引发网友关注。"
    assert body(f"<div>{TEXT}<p>{last}</p></div>") == [A, B, C, last]


def test_the_headline_of_another_outlet_stays_above_the_text():
    """原标题 in a box of its own is read with the paragraphs."""
    box = "<div class=q><p>原标题：盐丰收了</p></div>"
    empty = "<div class=q><p>原标题：<a href=2>点此看图</a></p></div>"
    picture = "<div class=i><img src=1.jpg>夜色里的盐田，灯光连成一片。</div>"
    assert body(f"<div>{box}<p>{A}</p>{picture}<p>{B}</p></div>") == [
        "原标题：盐丰收了",
        A,
        "夜色里的盐田，灯光连成一片。",
        B,
    ]
    assert body(f"<div>{empty}<p>{A}</p>{picture}<p>{B}</p></div>")[0] == A


def test_earlier_articles_of_an_account_end_the_text():
    """往期推荐 and 往期回顾 stand above links to others."""
    for heading in ("往期推荐", "往期回顾"):
        links = f"<p>{heading}</p><p><a href=2>盐价三年走势</a></p><p><a href=3>盐田里的白鹭</a></p>"
        assert body(f"<div>{TEXT}{links}</div>") == [A, B, C]


@pytest.mark.parametrize("heading", ["本周回顾", "精彩回顾", "热点回顾"])
def test_a_look_back_is_a_heading_in_a_text(heading):
    """Reports on a week or a match have parts of these names."""
    assert body(f"<div><p>{heading}</p>{TEXT}</div>") == [heading, A, B, C]
    assert body(f"<div>{TEXT}<p>{heading}</p><p>{A}</p></div>") == [A, B, C, heading, A]
