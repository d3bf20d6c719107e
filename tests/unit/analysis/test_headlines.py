import pytest

from wxsearch.analysis.headlines import ANNOUNCEMENT, headline_end


@pytest.mark.parametrize(
    ("opening", "headline"),
    [
        ("原标题：渡口停航\n今天", "原标题：渡口停航"),
        ("原标题: 渡口停航  今天", "原标题: 渡口停航"),
        ("原標題：渡口 停航\u3000\u3000今天", "原標題：渡口 停航"),
        ("（原标题：渡口停航）今天", "（原标题：渡口停航"),
        ("【原题：渡口停航】今天", "【原题：渡口停航"),
        ("原題：渡口（组图）停航\n", "原題：渡口（组图）停航"),
        ("原标题：", "原标题："),
        ("原标题渡口停航", ""),
        ("今天，原标题：渡口", ""),
        ("原来的标题：渡口", ""),
        ("", ""),
    ],
)
def test_headlines_end(opening, headline):
    """An announced headline ends with its line, at two blanks, or with the bracket around it."""
    assert opening[: headline_end(opening, 30)] == headline


@pytest.mark.parametrize(
    ("most", "headline"), [(4, "原标题：渡口停航"), (5, "原标题：渡口停航今"), (9, "原标题：渡口停航今天")]
)
def test_headlines_have_so_many_characters(most, headline):
    """Where nothing ends a headline, it has so many characters behind its announcement, or all there are."""
    opening = "原标题：渡口停航今天"
    assert opening[: headline_end(opening, most)] == headline


def test_the_longest_announcement():
    """No announcement is longer than is looked at, so that all of a headline is seen behind it."""
    longest = "（原标题 ： "
    assert headline_end(longest + "渡口", 2) == len(longest) + 2 <= ANNOUNCEMENT + 2


def test_of_no_length():
    """Where headlines are to have no characters there are none."""
    assert headline_end("原标题：渡口停航", 0) == 0
