import pytest

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.text import find_fields

BODY = """  清晨四点，青石镇的豆腐坊已经亮灯。师傅们把泡了一夜的黄豆倒进石磨。

  “慢”字写在墙上

  镇里去年办了三期培训班，有四十二人学会了点卤。今年的订单来自邻近五个县。"""
PARAGRAPHS = "\n".join(line.strip() for line in BODY.split("\n") if line.strip())
TITLE = "青石镇豆腐坊的四点钟"

PAGE = f"""欢迎来到青石生活网! 请登录 免费注册 忘记密码?

当前位置: 首页 >  镇里事  >  手艺  > {TITLE}

{TITLE}

2022/3/9 04:15:06

来源:青石融媒

{BODY}

上一篇:春耕 农机下田记
下一篇:这是本分类下的最后一篇文章"""


def read(text):
    return find_fields(text).record


def test_the_parts_of_a_page():
    """Breadcrumb, title, time, source, paragraphs and neighbours, and nothing of the frame."""
    assert read(PAGE) == {
        "title": TITLE,
        "url": None,
        "body": PARAGRAPHS,
        "published": "2022-03-09T04:15:06+08:00",
        "precision": "second",
        "source": "青石融媒",
        "author": None,
        "editor": None,
        "keywords": [],
        "breadcrumb": ["首页", "镇里事", "手艺"],
        "previous": {"title": "春耕 农机下田记", "url": None},
        "next": None,
    }


@pytest.mark.parametrize(
    "changed",
    [
        PAGE.replace("\n", "\r\n"),
        "\ufeff" + PAGE,
        PAGE.replace("\n\n", "\n"),
        PAGE.replace("  ", "\u3000\u3000"),
        PAGE.replace("当前位置: ", "您的位置："),
        PAGE.replace("当前位置: ", "您现在的位置："),
        PAGE.replace("当前位置: ", "你所在的位置 :"),
        PAGE.replace("当前位置: ", "位置："),
        PAGE.replace("当前位置: ", "当前位置:\n"),
        PAGE.replace("当前位置: ", ""),
        PAGE.replace(">", "»"),
        PAGE.replace(">", ">>"),
        PAGE.replace(">", "/"),
        PAGE.replace(">", "|"),
        PAGE.replace(">", "＞"),
        PAGE.replace(f"> {TITLE}", "> 正文"),
        PAGE.replace(f"> {TITLE}", ""),
        PAGE.replace(f"> {TITLE}", "> 青石镇豆腐坊的..."),
        PAGE.replace(f"\n\n{TITLE}\n", f"\n\n{TITLE}\n\n{TITLE}\n"),
        PAGE.replace(f"\n\n{TITLE}\n", "\n"),
        PAGE.replace(f"\n\n{TITLE}\n", f"\n\n字体：大 中 小\n\n{TITLE}\n\n【打印】【关闭】\n"),
        PAGE.replace("来源:青石融媒", "来源： 青石融媒  浏览次数：128 次\n【字体：大 中 小】"),
        PAGE.replace("2022/3/9 04:15:06\n\n来源:青石融媒", "来源:青石融媒\n\n2022/3/9 04:15:06"),
        PAGE.replace("2022/3/9 04:15:06\n\n来源:青石融媒", "2022/3/9 04:15:06 来源：青石融媒 打印 收藏"),
        PAGE.replace(
            "2022/3/9 04:15:06\n\n来源:青石融媒", "时间：2022年3月9日 04:15:06 | 来源：青石融媒 | 点击：12"
        ),
        PAGE.replace("2022/3/9 04:15:06\n\n来源:青石融媒", "2022-03-09 04:15:06青石融媒"),
        PAGE.replace("\n\n上一篇", "\n【打印】【关闭】\n分享到：微信 微博\n\n上一篇"),
        PAGE.replace("\n\n上一篇", "\n\n返回列表\n\n上一篇"),
        PAGE + "\n\n相关阅读\n别的文章一\n别的文章二\n版权所有 青石生活网\n某ICP备12345号",
        PAGE.replace("下一篇:这是本分类下的最后一篇文章", "下一篇：没有了\n\nCopyright © 2022 青石生活网"),
        PAGE.replace(f"当前位置: 首页 >  镇里事  >  手艺  > {TITLE}", "首页-镇里事-手艺-正文"),
        PAGE.replace("\n\n上一篇", "\n【推荐】【留言】【关注】【参与互动】\n\n上一篇"),
        PAGE.replace(
            "来源:青石融媒", "Published: 2022/3/9 04:15:06 | Source 来源：青石融媒 | Views: 233"
        ).replace("2022/3/9 04:15:06\n\nPub", "Pub"),
    ],
    ids=range(33),
)
def test_pages_of_the_kind_that_look_another_way(changed):
    """Spacing, signs, order of lines and tools around the article change nothing in it."""
    assert read(changed) == read(PAGE)


def test_time_source_and_author_on_one_line():
    """A byline of one line gives all three, to the minute."""
    page = PAGE.replace(
        "2022/3/9 04:15:06\n\n来源:青石融媒", "2022年3月9日 04:15 来源：青石融媒 作者：白露 编辑：秦川"
    )
    record = read(page)
    assert (record["published"], record["precision"]) == ("2022-03-09T04:15:00+08:00", "minute")
    assert (record["source"], record["author"]) == ("青石融媒", "白露")
    assert record["body"] == PARAGRAPHS


@pytest.mark.parametrize("line", ["（责任编辑：秦川）", "责任编辑：秦川", "[编辑: 秦川]"])
def test_an_editor_is_no_author(line):
    """The line of the editor leaves the body, and names the editor alone."""
    below = PAGE.replace("\n\n上一篇", f"\n\n{line}\n\n上一篇")
    record = read(below)
    assert (record["editor"], record["author"], record["body"]) == ("秦川", None, PARAGRAPHS)
    both = below.replace("来源:青石融媒", "来源:青石融媒 作者：白露")
    assert (read(both)["author"], read(both)["editor"]) == ("白露", "秦川")


def test_a_page_without_breadcrumb():
    """The title stands above the byline, the site's lines above it are no title."""
    page = PAGE.replace(PAGE.split("\n")[2] + "\n", "首页 镇里 手艺 图片 视频\n")
    assert read(page) == read(PAGE) | {"breadcrumb": []}


def test_a_page_without_source_or_neighbours():
    """What a page does not have is null, and its body ends where the page does."""
    page = PAGE.replace("来源:青石融媒\n", "").split("上一篇")[0]
    assert read(page) == read(PAGE) | {"source": None, "previous": None}


def test_title_and_text_alone():
    """Without breadcrumb and byline the first line is the title."""
    record = read(f"{TITLE}\n{BODY}")
    assert (record["title"], record["body"], record["published"]) == (TITLE, PARAGRAPHS, None)


def test_a_title_only_in_the_breadcrumb_without_byline():
    """A paragraph below a breadcrumb is no title; the last label is."""
    record = read(f"当前位置：首页 > 手艺 > {TITLE}\n{BODY}")
    assert (record["title"], record["breadcrumb"], record["body"]) == (TITLE, ["首页", "手艺"], PARAGRAPHS)


def test_subtitles_are_kept():
    """A line between title and byline is on the page, so it is in the body."""
    page = PAGE.replace(f"\n\n{TITLE}\n", f"\n\n{TITLE}\n——四十二人学会了点卤\n")
    assert read(page)["body"] == "——四十二人学会了点卤\n" + PARAGRAPHS


@pytest.mark.parametrize(
    "paragraph",
    [
        "上一篇文章里我们说到石磨，这一次说说卤水。",
        "相关新闻发布会定在下周一举行，届时公布名单。",
        "来源：卤水取自镇北的井，井深十二米。这是老规矩。",
        "记者：您每天几点起床？",
        "位置优越的地方都租出去了，豆腐坊在街尾。",
        "2021年10月，坊里换了第一台电磨。",
        "2019年",
        "首页是什么？镇里的老人没听说过。",
    ],
)
def test_paragraphs_that_begin_like_a_frame(paragraph):
    """Text that only begins like a line of the site stays in the body."""
    first = PAGE.replace("  清晨四点", f"{paragraph}\n\n  清晨四点")
    last = PAGE.replace("\n\n上一篇:", f"\n\n{paragraph}\n\n上一篇:")
    middle = PAGE.replace("“慢”字写在墙上", paragraph)
    assert read(first)["body"] == f"{paragraph}\n{PARAGRAPHS}"
    assert read(last)["body"] == f"{PARAGRAPHS}\n{paragraph}"
    assert paragraph in read(middle)["body"]


def test_a_chronicle_keeps_its_first_date():
    """A date that stands alone below the byline is the first line of the text."""
    page = PAGE.replace("  清晨四点", "2019年3月12日\n\n  清晨四点")
    record = read(page)
    assert record["body"].startswith("2019年3月12日\n清晨四点")
    assert record["published"] == "2022-03-09T04:15:06+08:00"


def test_the_date_of_a_letter_stays_below_it():
    """A date that stands alone below the last paragraph belongs to the text."""
    assert read(f"{TITLE}\n{BODY}\n2022年3月9日")["body"] == f"{PARAGRAPHS}\n2022年3月9日"


@pytest.mark.parametrize(
    "line", ["相关阅读", "【热门文章】", "版权所有 青石生活网", "免责声明：本文仅供参考。", "网友评论"]
)
def test_the_site_goes_on_below(line):
    """Lists of other articles and legal notes end the body, also without 上一篇 before them."""
    page = PAGE.replace("上一篇:春耕 农机下田记", f"{line}\n别的文章，别的句子，与豆腐坊无关。")
    assert read(page)["body"] == PARAGRAPHS


def test_a_title_repeated_below_the_byline():
    """A title that stands once more above the text is no paragraph."""
    assert read(PAGE.replace("来源:青石融媒", f"来源:青石融媒\n\n{TITLE}")) == read(PAGE)


def test_a_bare_date_above_is_not_the_time():
    """A byline with a source is the byline, though a date stands alone above it."""
    page = f"2023年5月6日\n首页 镇里 手艺 图片\n{TITLE}\n2022-03-09 来源：青石融媒\n{BODY}"
    assert (read(page)["published"], read(page)["title"]) == ("2022-03-09T00:00:00+08:00", TITLE)


def test_todays_date_in_the_masthead_is_not_the_time():
    """The date of the day above a page without breadcrumb is no byline."""
    page = f"2023年5月6日 星期六 晴\n首页 镇里 手艺 图片\n{TITLE}\n2022-03-09 来源：青石融媒\n{BODY}"
    assert read(page)["published"] == "2022-03-09T00:00:00+08:00"
    assert read(page)["title"] == TITLE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\u3000\n", "empty"),
        (TITLE, "no text"),
        ("长" * 101 + "。\n" + BODY, "no line that could be a title"),
        ("首页 镇里 手艺 图片 视频\n登录 注册", "title"),
        ("2022-03-09 04:15 来源：青石融媒", "title"),
    ],
)
def test_what_is_no_article_is_refused(text, reason):
    """A page without title or text is NotAnArticle, and the reason says what is missing."""
    with pytest.raises(NotAnArticle, match=reason):
        read(text)


def test_a_source_below_the_text_is_no_head():
    """Without a byline above, one below the last paragraph does not swallow the body."""
    record = read(f"{TITLE}\n{BODY}\n来源：青石融媒")
    assert (record["title"], record["body"], record["source"]) == (TITLE, PARAGRAPHS, "青石融媒")


def test_a_path_in_the_text_is_no_breadcrumb():
    """Menus that an article explains are text, whatever they begin with."""
    path = "首页 > 我的 > 设置"
    record = read(f"{TITLE}\n{BODY}\n{path}\n改好了。")
    assert (record["title"], record["breadcrumb"], record["body"]) == (
        TITLE,
        [],
        f"{PARAGRAPHS}\n{path}\n改好了。",
    )


def test_the_name_below_a_text_of_short_lines_signs_it():
    """Below most of the sentences a source is that of the tail, also where only lines are known."""
    text = "进入汛期，渡口提醒乘客：\n1.上船先穿救生衣；\n2.雨大时不要站在船头；"
    found = read(f"渡口汛期乘船提示\n2024-06-01\n{text}\n来源：县航道站")
    assert (found["title"], found["source"], found["body"]) == ("渡口汛期乘船提示", "县航道站", text)
    assert found["published"] == "2024-06-01T00:00:00+08:00"
