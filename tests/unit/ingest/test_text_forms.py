"""Visible text of pages as a browser copies it: menus above, tools between, each link on a line."""

import pytest

from wxsearch.ingest.reading import Reading
from wxsearch.ingest.text import find_fields

TITLE = "白沙湾灯塔今夏对游客开放"
BODY = """六月起，白沙湾的老灯塔每逢周末对游客开放，登塔要先在渔村的小卖部领一张木牌。
灯塔建于一九三六年，塔身二十一米，守塔人一家三代都住在塔下的石屋里。
村里说，木牌每天只发六十张，收来的钱用来修补通往灯塔的石板路。"""
READING = Reading(clock=lambda: 1_717_300_800)  # 2024-06-02T12:00:00+08:00


@pytest.mark.parametrize(
    ("above", "below", "breadcrumb"),
    [
        (f"首页\n新闻\n财经\n体育\n视频\n{TITLE}\n2024-06-01 09:05\n来源：白沙日报\n字号：大 中 小", "", []),
        (f"白沙网 > 旅游 > 正文\n{TITLE}\n2024年06月01日 09:05 来源：白沙日报", "", ["白沙网", "旅游"]),
        (
            f"当前位置：首页 旅游 海岛\n{TITLE}\n发布时间：2024-06-01 09:05  信息来源：白沙日报",
            "",
            ["首页", "旅游", "海岛"],
        ),
        (f"{TITLE}\n2024-06-01 09:05:00 白沙日报\n听新闻", "", []),
        (f"{TITLE}\n白沙日报\n2024-06-01 09:05", "", []),
        (f"白沙日报\n2024-06-01 09:05\n关注\n{TITLE}", "", []),
        (
            f"当前位置：\n首页\n>\n旅游\n>\n正文\n{TITLE}\n时间：2024-06-01 09:05    来源：白沙日报",
            "",
            ["首页", "旅游"],
        ),
        (f"当前位置\n首页\n旅游\n{TITLE}\n时间：2024-06-01 09:05    来源：白沙日报", "", ["首页", "旅游"]),
        (
            f"您的位置：首页 / 旅游 / {TITLE}\n{TITLE}\n2024-06-01 09:05\n来源：\n白沙日报",
            "",
            ["首页", "旅游"],
        ),
        (
            f"今天是2024年6月2日　当前位置：首页 > 旅游\n{TITLE}\n2024-06-01 09:05 来源：白沙日报",
            "",
            ["首页", "旅游"],
        ),
        (TITLE, "来源：白沙日报 2024-06-01 09:05", []),
        (f"[视频]{TITLE}\n来源：白沙日报 2024-06-01 09:05", "", []),
        (f"行情\n9 23\n{TITLE}\n2024-06-01 09:05  白沙日报  林舟", "", []),
        (
            f"{TITLE}\n2024年6月1日 上午9时05分　　来源：白沙日报　　【打印】",
            "(责编：海燕)\n相关阅读\n甲",
            [],
        ),
        (
            f"首页 | 旅游 | 美食 | 关于\n{TITLE}\n作者：林舟\n来源：白沙日报\n发布日期：2024-06-01 09:05",
            "",
            [],
        ),
        (f"索引号：000-1\n公开方式：主动\n{TITLE}\n发布机构：白沙日报\n2024-06-01 09:05", "", []),
        (f"{TITLE}\n本报记者 林舟\n2024-06-01 09:05 来源：白沙日报举报", "", []),
    ],
)
def test_forms_of_visible_text(above, below, breadcrumb):
    """Title, time, source and breadcrumb are found among what stands around them."""
    record = find_fields(f"{above}\n{BODY}\n{below}", READING).record
    assert record["title"] == TITLE
    assert record["published"] == "2024-06-01T09:05:00+08:00"
    assert record["source"] == "白沙日报"
    assert record["breadcrumb"] == breadcrumb
    assert BODY in record["body"]


def test_the_clock_holds_for_text_too():
    """A time to come is no time of publication."""
    assert find_fields(f"{TITLE}\n2924-06-01 来源：白沙日报\n{BODY}", READING).record["published"] is None
