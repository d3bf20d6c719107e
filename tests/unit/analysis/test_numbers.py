import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.numbers import fold_with_numbers, with_signs, without_signs


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("5.3%", "5.3"),
        ("５．３", "5.3"),
        ("9·11和9・11", "9·11和9·11"),
        ("1,000,000", "1,000,000"),
        ("1，000.5元", "1,000.5元"),
        ("增长5.3%-6.1%", "增长5.3 6.1"),
        ("V2.0", "v2.0"),
        ("，5.3。", "5.3"),
        ("11.11", "11.11"),
    ],
)
def test_a_sign_inside_a_number_is_kept(text, folded):
    """A point, commas before each three digits, and a dot in the middle stay, in one form each."""
    assert fold_with_numbers(text) == folded
    assert fold_with_numbers(folded) == folded
    assert fold(folded) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2021.10.19", "2021-10-19", "2021/10/19", "192.168.1.1", "1.000.000", "5..3", "5. 3", "5.", ".5"),
        *(
            "2020,2021",
            "1,00",
            "1,0000",
            "0,1,000",
            "1,000,00",
            "1,000.5.3",
            "3:15",
            "a.5",
            "5.b",
            "十.五",
            "٣.٣",
        ),
    ],
)
def test_other_signs_are_separators(text):
    """Dates, addresses, lists and what has no digits on both sides are folded as ever."""
    assert fold_with_numbers(text) == fold(text)


def test_signs_are_told_with_their_places():
    """Without signs a number is one run, and each sign has the place in it where it stood."""
    assert without_signs("涨5.3跌1,000.5点") == ("涨53跌10005点", [(2, "."), (5, ","), (8, ".")])


@pytest.mark.parametrize("word", ["5.3", "1,000,000", "1.5亿", "港口", "v2.0"])
def test_a_word_is_shown_with_its_signs(word):
    """What is shown of a folded word is read as the same word."""
    assert with_signs(fold(word)) == word == fold_with_numbers(word)
