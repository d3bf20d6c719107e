"""Strings counted in stored text, where a table can tell and where it cannot."""

import numpy as np
import pytest

from wxsearch.analysis.fold import fold
from wxsearch.index.segment.numbering import Numbering
from wxsearch.search.string_counts import count_string

NUMBERING = Numbering()
MANY = "".join(character for character in map(chr, range(0x4E00, 0x5200)) if fold(character) == character)


def count(string, *texts):
    """The counts of a string in texts, each ended by a zero."""
    numbers = np.frombuffer(NUMBERING.encoded("".join(f"{text}\0" for text in texts)), np.uint16)
    counts = count_string(NUMBERING, numbers, string)
    return None if counts is None else counts.tolist()


@pytest.mark.parametrize(
    ("string", "texts", "counts"),
    [
        ("哈哈", ["哈哈哈", "哈", "", "哈 哈"], [2, 0, 0, 0]),
        ("中国", ["中\u200b國", "中", "国"], [1, 0, 0]),
        ("a b", ["Ａ—… b", "ab", "a", "b"], [1, 0, 0, 0]),
        ("成都", ["\U0002f8b2都", "😀成都😀"], [1, 1]),
        ("𠮟咤", ["𠮟咤𠮟", "咤"], [1, 0]),
        ("a b", ["a😀b a\U0010ffffb"], [2]),
        ("a b", [f"a{' ' * n}b" for n in (0, 1, 4, 5, 9)], [0, 1, 1, 1, 1]),
        ("a b a", ["a b a。b，a", "a b", "a b aa"], [2, 0, 1]),
        ("亿元 同", ["亿元，同比", "亿元℃同", "亿元，", "同"], [1, 0, 0, 0]),
    ],
)
def test_a_table_tells(string, texts, counts):
    """Overlaps, what vanishes, separators, and characters of two units are counted; texts do not run on."""
    assert fold(string) == string
    assert count(string, *texts) == counts


def test_only_the_fold_tells():
    """A character that becomes several is in doubt where the string has one of them, and nowhere else."""
    assert count("12", "½2") is None
    assert count("34", "½ 34") == [1]
    assert count("a ", "a b") is None


def test_a_string_may_have_as_many_characters_as_the_table_has_room():
    """251 different characters are counted, a string of one more is left to folding."""
    assert count(MANY[:251], f"甲{MANY}") == [1]
    assert count(MANY[:252], MANY) is None
