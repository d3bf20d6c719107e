import pytest

from wxsearch.ingest.byline import read_byline

TIME = "2022-03-09T04:15:00+08:00"


@pytest.mark.parametrize(
    ("line", "published", "source", "author"),
    [
        ("2022-03-09 04:15 来源：青石晚报 作者：白露", TIME, "青石晚报", "白露"),
        ("2022-03-09 04:15来源：青石晚报作者：白露", TIME, "青石晚报", "白露"),
        ("来源:青石晚报 2022-03-09 04:15", TIME, "青石晚报", None),
        ("发布时间：2022/3/9 04:15　　信息来源：青石晚报　　浏览次数：33", TIME, "青石晚报", None),
        ("（2022年3月9日 04:15）", TIME, None, None),
        ("2022年03月09日04:15 青石晚报", TIME, "青石晚报", None),
        ("2022-03-09 04:15 | 来源：青石 Daily News | 【大 中 小】【打印】", TIME, "青石 Daily News", None),
        ("来源：青石晚报(东区) 编辑：秦", None, "青石晚报(东区)", None),
        ("作者：白露", None, None, "白露"),
        ("来源：", None, "", None),
        ("2022-03-09 04:15 星期三 我要评论", TIME, None, None),
        ("［ 青石晚报 ］ 2022-03-09 04:15", TIME, "青石晚报", None),
        ("青石晚报记者 白露 2022-03-09 04:15", TIME, "青石晚报", None),
        ("来源：《青石晚报》（2022年3月9日 04:15）", TIME, "《青石晚报》", None),
        ("2022-03-09 04:15 来自：青石晚报 已有 23 人评论", TIME, "青石晚报", None),
        ("2022-03-09 HKT 04:15", TIME, None, None),
        ("2022-03-09 04:15 青石報／ 記者白露／北山即時報導", TIME, "青石報", "白露"),
        ("青石晚报 | 2022-03-09 04:15 | 白露", TIME, "青石晚报", None),
        ("2022-03-09 04:15 | 青石晚报 | 白露", TIME, "青石晚报", None),
        ("青石晚报 · 2022-03-09 04:15 · 阅读 1.2万", TIME, "青石晚报", None),
        ("白露 2022-03-09 04:15 青石晚报", TIME, "青石晚报", None),
        ("[ 2022-03-09 04:15 ] 来源：[青石晚报]", TIME, "青石晚报", None),
        ("来信时间 2022-03-09 04:15", TIME, None, None),
        ("播出时间 2022-03-09 04:15", TIME, None, None),
        ("Published: 2022-03-09 04:15 | Source 来源：青石晚报 | Views: 233", TIME, "青石晚报", None),
    ],
)
def test_bylines(line, published, source, author):
    """Time, source and author in the orders and signs in which sites print them."""
    found = read_byline(line)
    assert (found.published, found.source, found.author) == (published, source, author)


@pytest.mark.parametrize(
    "tail",
    [
        *("摄影：秦", "分类：镇上", "栏目：镇上", "关键词：豆腐 石磨 井水 老手艺 清早 灯火 邻里", "已阅：33"),
        *(
            "听新闻",
            "手机看新闻",
            "微信扫码分享",
            "我有话说(0人参与)",
            "共33人阅读",
            "共阅[233]次",
            "0条评论",
        ),
        "（记者 秦）",
    ],
)
def test_what_stands_behind_a_source(tail):
    """Another label, a count and a command are no part of the name, with one blank between, too."""
    found = read_byline(f"2022-03-09 04:15 来源：青石晚报 {tail}")
    assert (found.published, found.source) == (TIME, "青石晚报")


@pytest.mark.parametrize("name", ["青石晚报 东区", "CCTV 13", "青石晚报（东区）", "青石 Daily 24"])
def test_names_of_several_words(name):
    """What is behind a blank may be a part of the name."""
    assert read_byline(f"2022-03-09 04:15 来源：{name}").source == name


@pytest.mark.parametrize(
    "line",
    [
        "",
        "豆腐坊亮了灯",
        "2022年3月9日，镇里的豆腐坊换了新磨，来看的人很多很多。",
        "记者：您几点起床？",
        "来源：水取自镇北的井。井很深。",
        "时间：下午三点",
        "图片来源于网络，侵权请告知删除并且联系我们的编辑部门处理这件事情",
        "x" * 1_000_000,
    ],
)
def test_other_lines_are_no_bylines(line):
    """A sentence with a date or a label in it is text."""
    assert read_byline(line) is None


def test_a_channel_is_no_label_of_a_time():
    """The day beside 频道 may be today's, so that a time with a label of its own comes before."""
    assert not read_byline("频道：水乡 2024-06-30").labelled
    assert read_byline("频道：水乡 发布时间：2024-06-01").labelled


@pytest.mark.parametrize(
    ("line", "is_indirect"), [("编辑于 2024-06-01 09:05", True), ("发布于 2024-06-01 09:05", False)]
)
def test_a_label_without_a_colon(line, is_indirect):
    """于 and a time are as good as a colon, and tell a change from the publication."""
    found = read_byline(line)
    assert (found.published, found.labelled, found.is_indirect) == (
        "2024-06-01T09:05:00+08:00",
        True,
        is_indirect,
    )
