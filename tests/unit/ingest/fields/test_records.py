# ruff: noqa: E501 (a page reads best on one line)
"""The record above an official document: when it was written, when it was published, and by whom."""

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
