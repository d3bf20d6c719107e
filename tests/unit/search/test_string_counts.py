"""Strings counted in stored text: in plain ones as they are, in others where a table can tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.index.segment.numbering import Numbering
from wxsearch.search.string_counts import count_string

NUMBERING = Numbering()
MANY = "".join(character for character in map(chr, range(0x4E00, 0x5200)) if fold(character) == character)


def count(string, *texts, is_plain=False):
    """The counts of a string in texts, each ended by a zero."""
    numbers = np.frombuffer(NUMBERING.encoded("".join(f"{text}\0" for text in texts)), np.uint16)
    counts = count_string(NUMBERING, numbers, string, is_plain=is_plain)
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


@pytest.mark.parametrize(
    ("string", "texts", "counts"),
    [
        ("哈哈", ["哈哈哈", "哈", "", "哈 哈"], [2, 0, 0, 0]),
        ("中国", ["国", "中", "国中国"], [0, 0, 1]),
        ("cpi数", ["CPI数cPi数", "数", "数据"], [2, 0, 0]),
        ("a b", ["A—… b", "ab", "a", "b"], [1, 0, 0, 0]),
        ("𠮟咤", ["𠮟咤𠮟", "咤", "𠮟𠮟咤"], [1, 0, 1]),
        ("a b", ["a😀b a\U0010ffffb"], [2]),
        ("a b", ["a𠮟b"], [0]),
        ("a b", [f"a{' ' * n}B" for n in (0, 1, 4, 5, 9)], [0, 1, 1, 1, 1]),
        ("a b a", ["a b a。b，a", "a b", "a b aa"], [2, 0, 1]),
        ("亿元 同", ["亿元，同比", "亿元", "亿元，", "同"], [1, 0, 0, 0]),
    ],
)
def test_plain_texts_are_read_as_they_are(string, texts, counts):
    """The units of plain texts tell of overlaps, capitals, separators, and characters of two units."""
    assert fold_texts(texts).plain.all()
    assert count(string, *texts, is_plain=True) == counts


@given(
    st.text("中国哈aB1， 𠮟😀", min_size=1, max_size=4).map(fold).filter(bool),
    st.lists(st.text("中国哈aAbB1， 𠮟😀", max_size=30), min_size=1, max_size=4),
)
def test_plain_texts_give_what_the_table_gives(string, texts):
    """Read as it is or by the table, a plain text holds a string as often."""
    assert count(string, *texts, is_plain=True) == count(string, *texts)


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("places", [0, 1, 31, 32, 33, 200])
def test_any_number_of_places_is_compared(places, is_plain):
    """Where the rarest character stands seldom and often, only places with the whole string count."""
    texts = ["国", "人国的" * places + "国人", "中国人的" * (places // 2), "的"]
    assert count("国人的", *texts, is_plain=is_plain) == [0, 0, places // 2, 0]
    assert count("人国的", *texts, is_plain=is_plain) == [0, places, 0, 0]


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("size", [7, 8, 9, 16, 17])
def test_long_strings_are_compared_to_their_ends(size, is_plain):
    """A string is told from others that differ in the last character, or begin later or end sooner."""
    string = MANY[:size]
    texts = [string[1:], *[string[:-1] + "龙"] * 40, string[:-1], string * 40, string[:-1]]
    assert count(string, *texts, is_plain=is_plain) == [*[0] * 42, 40, 0]


def test_only_the_fold_tells():
    """A character that becomes several is in doubt where the string has one of them, and nowhere else."""
    assert count("12", "½2") is None
    assert count("34", "½ 34") == [1]
    assert count("a ", "a b") is None


def test_a_string_may_have_as_many_characters_as_the_table_has_room():
    """251 different characters are counted, a string of one more is left to folding."""
    assert count(MANY[:251], f"甲{MANY}") == [1]
    assert count(MANY[:252], MANY) is None
