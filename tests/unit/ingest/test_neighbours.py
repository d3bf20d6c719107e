import pytest

from support.reading import read_html
from wxsearch.ingest.neighbours import read_neighbours
from wxsearch.models import Link


@pytest.mark.parametrize(
    "line",
    [
        "上一篇:春耕 记",
        "上一篇：春耕 记",
        "上一条 ： 春耕 记",
        "【上一篇】春耕 记",
        "« 上一篇 春耕 记",
        "上一篇文章： 春耕 记",
        "上一则>> 春耕 记",
        "上一个：春耕 记",
        "« 上一篇:春耕 记 »",
    ],
)
def test_the_ways_of_naming_the_article_before(line):
    """Label, brackets and colon vary; the title is what follows."""
    assert read_neighbours([line], 0) == (Link("春耕 记"), None, 1)


@pytest.mark.parametrize(
    "text",
    [
        "没有了",
        "没有了！",
        "无",
        "暂无",
        "暂无内容",
        "这是本分类下的最后一篇文章",
        "已经是最后一篇",
        "已是最新文章",
        "已经是第一篇了",
        "没有更多了",
        "返回列表",
        "",
    ],
)
def test_the_ways_of_saying_none(text):
    """What a page says where there is no neighbour is no title."""
    assert read_neighbours([f"下一篇：{text}"], 0) == (None, None, 1)


def test_both_on_one_line():
    """Previous and next may share a line."""
    for line in ("上一篇：甲 记 下一篇：乙 记", "上一篇：甲 记下一篇：乙 记"):
        assert read_neighbours([line], 0) == (Link("甲 记"), Link("乙 记"), 1)


def test_titles_below_their_labels():
    """A label alone is followed by its title on the next line."""
    lines = ["上一篇", "甲", "下一篇：", "没有了"]
    assert read_neighbours(lines, 0) == (Link("甲"), None, 2)
    assert read_neighbours(lines, 2) == (None, None, 4)


@pytest.mark.parametrize(
    "line",
    ["上一篇文章里说过", "他是第一篇的作者", "上一页 下一页", "写完下一篇，他睡了", "下一个 天亮以前", ""],
)
def test_other_lines_are_none(line):
    """A sentence with these words in it, and page numbers, name no neighbours."""
    assert read_neighbours([line], 0) is None


@pytest.mark.parametrize("line", ["上一篇 下一篇", "« 上一篇 | 下一篇 »"])
def test_two_commands_name_none(line):
    """The label of the other neighbour is no title."""
    assert read_neighbours([line], 0) == (None, None, 1)


def test_a_title_may_speak_of_first_and_last():
    """第一篇 inside a title does not make it none."""
    assert read_neighbours(["上一篇：他发表了第一篇论文，那年十九岁"], 0).previous is not None


def test_neighbours_above_the_title():
    """A page that names them above its title, and none below, has them, too."""
    text = "<p>豆腐坊的灯亮了，师傅们把泡了一夜的黄豆倒进石磨，磨了一遍又一遍。</p>" * 3
    above = "<p><a href=/1>« 上一篇:春耕记</a><a href=/3>下一篇:秋收记 »</a></p>"
    page = f"<body>{above}<p>2024-06-01</p><h2>豆腐坊的四点钟</h2><div>{text}</div>"
    found = read_html(f"<title>豆腐坊的四点钟-镇志</title>{page}")
    assert (found["previous"]["title"], found["next"]["title"]) == ("春耕记", "秋收记")
