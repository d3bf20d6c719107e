# ruff: noqa: E501 (a page reads best on one line)
"""The record above an official document, and the form of a letter: when was it published, and by whom?"""

import pytest

from support.reading import read_html

TITLE = "关于做好渡口夏季值守的通知"
LINES = (
    "各渡口管理站：",
    "为做好夏季值守工作，现将有关事项通知如下，请认真执行。",
    "一、每日六时开渡，十九时收渡。",
)
TEXT = "<div>" + "".join(f"<p>{line}</p>" for line in LINES) + "</div>"
WRITTEN = "<table><tr><td>索引号：</td><td>001</td><td>成文日期：</td><td>2024-05-06</td></tr></table>"
OPENED = "<table><tr><td>索引号：</td><td>001</td><td>发布日期：</td><td>2024-05-09</td></tr></table>"
ITEMS = "<ul><li>索引号：DK-1</li><li>发布机构：县航道站</li><li><span>生成日期：</span>2024-05-06</li><li><span>公开日期：</span>2024-05-09</li><li>文号：〔2024〕15号</li></ul>"
BYLINE = "<div>发布时间：2024-05-09 16:40 来源：县交通局</div>"
STATED = '<meta name="PubDate" content="2024-05-09 16:40:00">'
DAY, MINUTE = "2024-05-09T00:00:00+08:00", "2024-05-09T16:40:00+08:00"


def record(page, head=""):
    return read_html(f"<html><head><title>T</title>{head}</head><body>{page}</body></html>")


@pytest.mark.parametrize(
    ("page", "head", "published", "source"),
    [
        (f"{WRITTEN}<h1>{TITLE}</h1>{BYLINE}{TEXT}", "", MINUTE, "县交通局"),
        (f"{OPENED}<h1>{TITLE}</h1>{BYLINE}{TEXT}", "", MINUTE, "县交通局"),
        (f"<h1>{TITLE}</h1>{BYLINE}{WRITTEN}{TEXT}", "", MINUTE, "县交通局"),
        (f"{ITEMS}<h1>{TITLE}</h1>{TEXT}", "", DAY, "县航道站"),
        (f"{ITEMS}<h1>{TITLE}</h1>{BYLINE}{TEXT}", "", MINUTE, "县交通局"),
        (f"{WRITTEN}<h1>{TITLE}</h1>{TEXT}", STATED, MINUTE, None),
        (f"{WRITTEN}<h1>{TITLE}</h1>{TEXT}", "", "2024-05-06T00:00:00+08:00", None),
    ],
)
def test_the_record_of_a_document_gives_way_to_its_byline(page, head, published, source):
    """The day of writing counts where nothing tells that of publication; the byline names the source."""
    found = record(page, head)
    assert (found["title"], found["published"], found["source"]) == (TITLE, published, source)
    assert found["body"].split("\n") == list(LINES)


def test_a_record_without_colons_in_one_block_with_the_document():
    """Its rows are neither title nor text: the heading in the midst of the block is where the document begins."""
    rows = (
        ("索引号", "DK000-2024-00087", "主题分类", "交通、水运、安全 / 渡口管理"),
        ("发文机关", "县交通局", "成文日期", "2024年5月6日"),
        ("标题", TITLE),
        ("发文字号", "渡政办发〔2024〕41号", "发布日期", "2024年5月9日"),
        ("有效性", "有效"),
    )
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    document = f"<div class=a><h1>{TITLE}</h1>{TEXT}</div><div><a>打印</a></div>"
    found = read_html(f"<title>{TITLE}_县交通局</title><body><div><table>{table}</table>{document}</div>")
    assert (found["title"], found["body"].split("\n")) == (TITLE, list(LINES))
    assert (found["published"], found["source"]) == (DAY, "县交通局")


@pytest.mark.parametrize("title", ["公开招聘 渡口工人二十名", "公开征求 渡口票价的意见"])
def test_a_title_that_begins_as_a_record(title):
    """What an office does openly is no row of a record, though a blank follows it."""
    assert read_html(f"<body><p>{title}</p>{BYLINE}{TEXT}")["title"] == title


def test_a_heading_far_below_cuts_no_text():
    """Where the title is a heading once more below most of a text, the text above stays."""
    text = "".join(f"<p>{line}</p>" for line in LINES) * 3
    page = f"<div>{text}<h2>{TITLE}</h2><p>{LINES[1]}</p></div>"
    found = read_html(f"<title>{TITLE}_县交通局</title><body><p>{TITLE}</p>{BYLINE}{page}")
    assert found["body"].split("\n")[: len(LINES)] == list(LINES)


ASKED = "渡口的夜灯从上个月起就不亮了，晚上等船的人看不清台阶，希望尽快修好。"
ANSWERED = "您好，来信收悉，夜灯的电缆在施工时被挖断，本站已于十月十二日换好，感谢您的来信。"


@pytest.mark.parametrize(
    "names",
    [("信件标题", "来信时间", "信件内容", "回复内容"), ("标题：", "提交时间：", "留言内容：", "答复内容：")],
)
@pytest.mark.parametrize("name", ["渡口的夜灯不亮的问题-县长信箱", "柳溪县人民政府"])
def test_a_letter_and_its_answer_in_cells(names, name):
    """The cells of a form are named, and their names belong to neither title nor source nor text."""
    cells = ("渡口的夜灯不亮的问题", "2023-10-11 08:20", ASKED, ANSWERED)
    rows = "".join(
        f"<tr><th>{label}</th><td>{cell}</td></tr>" for label, cell in zip(names, cells, strict=True)
    )
    found = read_html(f"<title>{name}</title><body><table>{rows}</table>")
    assert (found["title"], found["source"]) == (cells[0], None)
    assert found["published"] == "2023-10-11T08:20:00+08:00"
    assert found["body"].split("\n") == [ASKED, ANSWERED]


def test_a_former_title_is_no_cell():
    """原标题 in front of the text is not the title of the page, and a result keeps its name."""
    page = f"<p>原标题：渡口换了新灯</p><p>处理结果：{ANSWERED}</p><p>{ASKED}</p>"
    found = read_html(f"<title>T</title><body><h1>渡口的夜灯亮了</h1>{BYLINE}<div>{page}</div>")
    assert found["title"] == "渡口的夜灯亮了"
    assert found["body"].split("\n") == ["原标题：渡口换了新灯", f"处理结果：{ANSWERED}", ASKED]
