import pytest

from support.reading import read_html
from wxsearch.ingest.fields.title import beginnings, cut_title, is_title, without_kind


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[视频]渡口的早晨", "渡口的早晨"),
        ("【图】渡口的早晨", "渡口的早晨"),
        ("(组图) 渡口的早晨", "渡口的早晨"),
        ("【高清图】[视频]渡口的早晨", "渡口的早晨"),
        ("【新闻特写】渡口的早晨", "【新闻特写】渡口的早晨"),
        ("渡口的早晨(图)", "渡口的早晨(图)"),
        ("[视频]", "[视频]"),
    ],
)
def test_kinds_are_no_part_of_a_title(title, expected):
    """[视频] in front is the site's; a column, what stands behind, or all there is stays."""
    assert without_kind(title) == expected


@pytest.mark.parametrize(
    ("line", "heading", "same"),
    [
        ("渡口的“早晨”", '渡口的"早晨"', True),
        ("渡口的 早晨", "渡口的早晨", True),
        ("渡口的早晨开了船", "渡口的早晨...", True),
        ("渡口的早晨…", "渡口的早晨开了船", True),
        ("渡口的早晨", "渡口的早晨开了船", False),
        ("渡口", "渡…", False),
        ("——", "…", False),
        ("[视频]渡口的早晨", "渡口的早晨", True),
    ],
)
def test_writings_of_one_title(line, heading, same):
    """Blanks, width, quotes and a cut with … make no other title; a beginning alone does."""
    assert is_title(line, heading) is same


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("渡口的早晨_柳溪网", "渡口的早晨"),
        ("渡口的早晨-社会新闻-柳溪新闻", "渡口的早晨"),
        ("渡口的早晨 - 柳溪", "渡口的早晨"),
        ("渡口的早晨--社会--柳溪网", "渡口的早晨"),
        ("5G-A进了渡口_柳溪网", "5G-A进了渡口"),
        ("C919首航", "C919首航"),
        ("柳溪网_渡口的早晨", "渡口的早晨"),
        ("", ""),
    ],
)
def test_names_of_sites_are_cut(name, expected):
    """The tails of a <title> go, also several, and a known site in front."""
    assert cut_title(name, ["柳溪网"]) == expected


def test_beginnings_of_a_name():
    """All that a <title> may begin with, the longest first, the whole last."""
    assert beginnings("甲_乙 - 丙") == ["甲_乙", "甲", "甲_乙 - 丙"]


def test_a_list_of_the_page_is_no_title():
    """The sign in front of a link to the article itself is not read with its title."""
    text = "<p>渡口的早晨很安静，船还没有来，摆渡人在岸边补网，补了一张又一张。</p>" * 3
    page = f"<td>·<a href=1>渡口的早晨</a></td><td><p>2024-06-01</p><p>渡口的早晨</p>{text}</td>"
    found = read_html(f"<title>渡口的早晨-柳溪报</title><table><tr>{page}</tr></table>")
    assert found["title"] == "渡口的早晨"
