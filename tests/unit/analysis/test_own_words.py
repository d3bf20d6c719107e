import msgspec
import pytest

from wxsearch.analysis.own_words import checked_word, read_own_words, with_words, without_words
from wxsearch.errors import InvalidRequest, InvalidSettings, LimitExceeded

FILE = "# 政策\n碳中和  # 2020\r\n\n專精特新\nC919客机"


def test_a_file_has_words_and_remarks(limits):
    """Words come folded, with how they are written; remarks and empty lines are none."""
    words = {"碳中和": "碳中和", "专精特新": "專精特新", "c919客机": "C919客机"}
    assert read_own_words(FILE, limits, "userdict.txt") == words
    assert read_own_words("\ufeff碳中和\n", limits, "userdict.txt") == {"碳中和": "碳中和"}


@pytest.mark.parametrize("written", ["", " ", "，。", "碳", "Ａ", "数字 经济", "长江·三峡", "碳#中和"])
def test_what_could_not_work_is_refused(written, limits):
    """Nothing, single characters and more than one word cannot be kept whole."""
    with pytest.raises(InvalidRequest):
        checked_word(written, limits)


@pytest.mark.limit("dictionary_word_characters")
def test_words_have_a_limit(limits):
    """A word at the limit is taken, one character more is not."""
    longest = "长" * limits.dictionary_word_characters
    assert checked_word(longest, limits) == longest
    with pytest.raises(LimitExceeded, match="dictionary_word_characters"):
        checked_word(f"{longest}长", limits)


@pytest.mark.limit("dictionary_words")
def test_files_have_a_limit(limits):
    """A file at the limit is read, one with a word more is refused; a word twice is one."""
    limits = msgspec.structs.replace(limits, dictionary_words=2)
    assert len(read_own_words("碳中和\n双碳\n雙碳\n", limits, "userdict.txt")) == 2
    with pytest.raises(InvalidSettings, match=r"userdict.txt, line 3: .*dictionary_words"):
        read_own_words("碳中和\n双碳\n新基建\n", limits, "userdict.txt")


def test_a_wrong_line_is_named(limits):
    """A file with a line that cannot be a word is refused with its number."""
    with pytest.raises(InvalidSettings, match=r"userdict\.txt, line 3"):
        read_own_words("碳中和\n# 碳\n碳\n", limits, "userdict.txt")


def test_editing_leaves_the_rest_alone(limits):
    """Words are added at the end and removed with their lines; all else stays byte for byte."""
    added = with_words(FILE, ["双碳"])
    assert added == f"{FILE}\n双碳\n"
    assert without_words(added, {"双碳"}) == f"{FILE}\n"
    assert without_words(FILE, {"专精特新", "碳中和"}) == "# 政策\n\nC919客机"
