import pytest

from wxsearch.analysis.numerals import is_whole_numeral, with_whole_numerals


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ([], []),
        (["二零二", "四年"], ["二零二四年"]),
        (["二零", "二三", "年底"], ["二零二三", "年底"]),
        (["港口", "第", "一百三十", "七届", "大会"], ["港口", "第一百三十七届", "大会"]),
        (["第二", "十一届", "到", "第二", "十二", "届"], ["第二十一届", "到", "第二十二", "届"]),
        (["第一", "季度"], ["第一", "季度"]),
        (["五一", "一天"], ["五一", "一天"]),
        (["一二零", "二四五"], ["一二零", "二四五"]),
        (["一二零", "二四"], ["一二零", "二四"]),
        (["二零二", "四五"], ["二零二", "四五"]),
        (["第三方", "港口"], ["第三方", "港口"]),
    ],
)
def test_years_and_ordinals_are_joined(words, joined):
    """A border inside a year or an ordinal is none; those of other numerals, and beside them, stay."""
    assert with_whole_numerals(words) == joined


@pytest.mark.parametrize(
    ("word", "whole"),
    [
        ("二〇二四", True),
        ("一九九八", True),
        ("第七十九", True),
        ("七十九", False),
        ("第七届", False),
        ("三零二四", False),
    ],
)
def test_a_whole_numeral_is_told(word, whole):
    """A year of the last centuries or an ordinal, without its unit."""
    assert is_whole_numeral(word) is whole
