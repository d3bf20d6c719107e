"""Sources, authors, editors and keywords among what stands around them."""

import pytest

from support.reading import read_html

TEXT = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 2


def record(line, head="", below=""):
    return read_html(f"{head}<h1>渡口的早晨</h1><div>2024-06-01 09:05 {line}</div><div>{TEXT}</div>{below}")


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：<a>柳溪报</a><a>举报</a>", "柳溪报"),
        ("来源：<a>柳溪报</a>-文化频道", "柳溪报-文化频道"),
        ("来源：柳溪报(上海)", "柳溪报(上海)"),
        ("来源：柳溪报 原创稿", "柳溪报"),
        ("[来源：柳溪报]", "柳溪报"),
        ("来源：【柳溪报】", "柳溪报"),
        ("来源 | 柳溪报", "柳溪报"),
        ("转载自：柳溪报", "柳溪报"),
        ("來源：柳溪報", "柳溪報"),
        ("<i class=source>柳溪人家</i>", "柳溪人家"),
        ("柳溪日报 陆青", "柳溪日报"),
        ("柳溪摆渡人家", "柳溪摆渡人家"),
        ("柳溪摆渡人家<i>3215阅读</i>", "柳溪摆渡人家"),
        ("<i>柳溪晚报</i> <i>A+ A-</i>", "柳溪晚报"),
        ("来源：柳溪报，题图来自：图库", "柳溪报"),
        ("發布單位：柳溪工務局", "柳溪工務局"),
        ("来源：柳溪人家（ID：liuxi）", "柳溪人家"),
        ("来源：<a><img src=logo.png alt='柳溪报'></a>", "柳溪报"),
        ("<a>社会新闻</a><span>柳溪日报</span><span>陆青</span>", "柳溪日报"),
        ("", None),
        ("星期六", None),
        ("活动时间：周末", None),
    ],
)
def test_sources(line, source):
    """The name alone: no label, no brackets, nothing that a style sets beside it."""
    assert record(line)["source"] == source


@pytest.mark.parametrize(
    "name",
    ["渡口的早晨-柳溪日报数字报", "柳溪日报电子版-渡口的早晨", "渡口的早晨--柳溪日报多媒体数字报刊平台"],
)
def test_the_digital_edition_of_a_paper(name):
    """What is nowhere said to be from another source is from the paper that the page is of."""
    lines = "<p>第04版：副刊</p><p>2024年06月01日</p><h1>渡口的早晨</h1>"
    assert read_html(f"<title>{name}</title>{lines}<div>{TEXT}</div>")["source"] == "柳溪日报"
    assert read_html(f"<title>{name}</title>{lines}<p>来源：镇报</p><div>{TEXT}</div>")["source"] == "镇报"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("本报记者 陆青禾", "陆青禾"),
        ("本报记者　陆青禾　文／图", "陆青禾"),
        ("文/图 记者 陆青禾", "陆青禾"),
        ("柳溪新闻记者 | 陆青禾", "陆青禾"),
        ("记者 陆青禾 通讯员 白帆 报道", "陆青禾 白帆"),
        ("作者：陆青禾，题图来自：图库", "陆青禾"),
        ("作者:陆青禾 | 分类:水乡 | 浏览:1023 | 评论:4", "陆青禾"),
        ("柳溪报水乡记者 陆青禾 编辑 白帆 校对 白露", "陆青禾"),
        ("柳经记者 陆青禾 柳经编辑 白帆", "陆青禾"),
        ("记者 陆青禾 摄", None),
        ("柳溪社记者 陆青禾摄", None),
        ("记者 采访过程中", None),
        ("小记者 大世界", None),
    ],
)
@pytest.mark.parametrize("is_below", [False, True])
def test_lines_of_their_own_that_sign(line, author, is_below):
    """A reporter who signs above or below the text is its author and no text; who took a picture is not."""
    line = f"<p>{line}</p>"
    signed = f"{TEXT}{line}" if is_below else f"{line}{TEXT}"
    page = read_html(f"<h1>渡口的早晨</h1><p>2024-06-01 09:05 来源：柳溪报</p><div>{signed}</div>")
    assert page["author"] == author
    assert author is None or "陆青禾" not in page["body"]


@pytest.mark.parametrize(
    ("head", "below", "source"),
    [
        ("<meta name=source content='来源：柳溪报 原创稿'>", "", "柳溪报"),
        ("<meta name=source content=互联网>", "", None),
        ("", "<p>来源：柳溪报</p>", "柳溪报"),
        ("", "<p>稿源：柳溪报 编辑：灯</p>", "柳溪报"),
        ("<meta name=source content=柳溪网>", "<p>来源：柳溪报</p>", "柳溪报"),
    ],
)
def test_sources_that_are_not_beside_the_time(head, below, source):
    """What is shown below wins over what the head states, which stands in for want of it."""
    assert record("", head, below)["source"] == source


@pytest.mark.parametrize(
    ("line", "head", "author", "editor"),
    [
        ("作者：陆青", "", "陆青", None),
        ("作者：本报记者 陆青", "", "陆青", None),
        ("作者：admin", "", None, None),
        ("责编：灯_NB123", "", None, "灯"),
        ("", "<meta name=author content=陆青>", "陆青", None),
        ("", "<meta name=author content=柳溪><title>渡口的早晨_柳溪新闻</title>", None, None),
        ("来源：柳溪报", "<meta name=author content=柳溪报>", None, None),
        ("编辑：陆青", "<meta name=author content=陆青>", None, "陆青"),
        ("", "<meta name=author content=7>", None, None),
    ],
)
def test_authors_and_editors(line, head, author, editor):
    """A person who wrote it; not the site, not the source, not the editor, not an account."""
    found = record(line, head)
    assert (found["author"], found["editor"]) == (author, editor)


@pytest.mark.parametrize("words", ["（柳溪社記者陸青禾渡口2日電）", "（本报记者 陸青禾）"])
def test_the_reporter_in_the_first_words(words):
    """Agencies of Taiwan glue name, place and day together."""
    page = f"<h1>渡口的早晨</h1><div>2024-06-01 09:05</div><div><p>{words}天亮了。</p>{TEXT}</div>"
    assert read_html(page)["author"] == "陸青禾"


@pytest.mark.parametrize(
    ("content", "keywords"),
    [
        ("渡口,渡船，柳溪;摆渡人", ["渡口", "渡船", "柳溪", "摆渡人"]),
        ("渡口 渡船", ["渡口", "渡船"]),
        ("machine learning,AI", ["machine learning", "AI"]),
        ("渡口,渡口, ", ["渡口"]),
        ("渡口的早晨", []),
        ("[视频]渡口的早晨", []),
        (f"{'长' * 31},渡口", ["渡口"]),
        (",".join(map(str, range(99))), [str(n) for n in range(30)]),
    ],
)
def test_keywords(content, keywords):
    """The words of the head, each once; the title in their place is none."""
    assert record("", f"<meta name=keywords content='{content}'>")["keywords"] == keywords


@pytest.mark.parametrize(
    ("line", "source"),
    [("北辰消息站", "北辰消息站"), ("本报记者陆青", None), ("陆青", None)],
)
def test_an_account_alone_above_a_bare_time(line, source):
    """What stands alone between title and time wrote the article, unless it is a person."""
    page = f"<h1>渡口的早晨</h1><div>{line}</div><div>2024-06-01 09:05</div><div>{TEXT}</div>"
    assert read_html(page)["source"] == source


SHORT = ("进入汛期，渡口提醒各位乘客：", "1.上船先穿救生衣；", "2.雨大时不要站在船头；", "3.水位过线即停航；")


@pytest.mark.parametrize("day", ["<div>2024-06-01</div>", ""])
@pytest.mark.parametrize(
    ("signed", "source", "author"),
    [
        (("来源：县航道站",), "县航道站", None),
        (("作者：陆青",), None, "陆青"),
        (("来源：县航道站", "编辑：陆青", "审核：老葛"), "县航道站", None),
    ],
)
def test_short_lines_that_are_signed_at_their_end(day, signed, source, author):
    """A name below most of the text signs it, and is not the line between title and text."""
    text = "".join(f"<p>{line}</p>" for line in (*SHORT, *signed))
    found = read_html(f"<h1>渡口汛期乘船提示</h1>{day}<div>{text}</div>")
    assert (found["title"], found["source"], found["author"]) == ("渡口汛期乘船提示", source, author)
    assert found["body"].split("\n") == list(SHORT)
    assert found["published"] == ("2024-06-01T00:00:00+08:00" if day else None)


def test_a_title_is_no_signature():
    """What reads like a name behind 记者 in the title is none."""
    lines = "<h1>本报记者 走进渡口</h1><p>2024-06-01 09:05 来源：柳溪报</p>"
    assert read_html(f"<title>本报记者 走进渡口</title>{lines}<div>{TEXT}</div>")["author"] is None
