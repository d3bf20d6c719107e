import msgspec
import pytest

from wxsearch.analysis.synonyms import read_synonyms
from wxsearch.errors import InvalidSettings


def test_groups_and_arrows(limits):
    """= stands both ways among all of a group, => from the left to the right alone."""
    text = "# 简称\n长三角 = 長江三角洲  # 地区\n人大 => 人民代表大会 = 人代会\n甲乙=丙丁=戊己\n"
    assert read_synonyms(text, limits, "synonyms.txt") == {
        "长三角": ("长江三角洲",),
        "长江三角洲": ("长三角",),
        "人大": ("人民代表大会", "人代会"),
        "甲乙": ("丙丁", "戊己"),
        "丙丁": ("甲乙", "戊己"),
        "戊己": ("甲乙", "丙丁"),
    }


def test_lines_add_up(limits):
    """A word may stand in several lines, and has what all of them say, once."""
    text = "甲乙 = 丙丁\n甲乙 => 戊己 = 丙丁\n"
    assert read_synonyms(text, limits, "synonyms.txt")["甲乙"] == ("丙丁", "戊己")


@pytest.mark.parametrize(
    "line",
    [
        "长三角",
        "长三角 =",
        "= 长三角",
        "长三角 => ",
        "=> 长三角",
        "长三角 = 長三角",
        "人 = 人类",
        "甲乙 => 丙丁 => 戊己",
    ],
)
def test_a_wrong_line_is_named(line, limits):
    """A line that says of no two words that they are the same is refused with its number."""
    with pytest.raises(InvalidSettings, match=r"synonyms\.txt, line 2"):
        read_synonyms(f"# 简称\n{line}\n", limits, "synonyms.txt")


@pytest.mark.limit("synonym_groups")
def test_files_have_a_limit(limits):
    """A file at the limit is read, one with a group more is refused."""
    limits = msgspec.structs.replace(limits, synonym_groups=2)
    read_synonyms("甲乙 = 丙丁\n# 三\n戊己 = 庚辛\n", limits, "synonyms.txt")
    with pytest.raises(InvalidSettings, match=r"line 3: .*synonym_groups"):
        read_synonyms("甲乙 = 丙丁\n戊己 = 庚辛\n子丑 = 寅卯\n", limits, "synonyms.txt")


@pytest.mark.limit("dictionary_word_characters")
def test_words_have_a_limit(limits):
    """A synonym at the limit of a word's length is taken, one character more is not."""
    longest = "长" * limits.dictionary_word_characters
    assert read_synonyms(f"长的 => {longest}", limits, "synonyms.txt") == {"长的": (longest,)}
    with pytest.raises(InvalidSettings, match="dictionary_word_characters"):
        read_synonyms(f"长的 => {longest}长", limits, "synonyms.txt")
