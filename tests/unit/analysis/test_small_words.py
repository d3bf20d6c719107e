import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.small_words import read_small_words
from wxsearch.analysis.vocabulary_files import Choice

FUNCTION_WORDS, QUESTION_WORDS = (
    read_small_words(file.read_text(encoding="utf-8")) for file in Choice().small_word_files
)


def test_a_list_is_read_line_by_line():
    """Remarks and empty lines are no words, and words are folded."""
    assert read_small_words("# 的\n\n與  # 与\n以及\n") == {"与", "以及"}


def test_the_list_is_short_words_of_one_piece():
    """Each word is folded, of one or two characters, and cut by nothing."""
    assert {"的", "了", "在", "时候"} < FUNCTION_WORDS
    assert 25 <= len(FUNCTION_WORDS) <= 60
    assert all(word == fold(word) and len(word) <= 2 for word in FUNCTION_WORDS)


def test_question_words_are_no_function_words():
    """A word is on one of the lists, and folded."""
    assert {"什么", "谁", "多少", "有没有"} < QUESTION_WORDS
    assert not FUNCTION_WORDS & QUESTION_WORDS
    assert all(word == fold(word) for word in QUESTION_WORDS)


@pytest.mark.parametrize("word", ["中", "上", "为", "被", "将", "不", "没", "我"])
def test_words_with_content_are_not_in_the_list(word):
    """What a headline may be about is asked for."""
    assert word not in FUNCTION_WORDS
