import warnings

import pytest

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import tokens, words

TEXTS = [
    "惠山加速打造新旧动能转换标杆",
    "5G 和 C919 以及 iPhone15 在澜江市的 2024 年",
    "中国人民解放军 哈哈哈哈 B超 维生素A",
    "",
    "𠮷野家 abc 123",
]


@pytest.mark.parametrize("text", TEXTS)
def test_the_cut_is_that_of_jieba(text):
    """On folded text the cutter gives word for word what jieba gives."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    folded = fold(text)
    assert [word for word, _ in words(folded)] == [word for word in jieba.cut(folded) if word.strip()]
    assert tokens(folded) == [
        (word, start) for word, start, _ in jieba.tokenize(folded, mode="search") if word.strip()
    ]


@pytest.mark.parametrize("text", TEXTS)
def test_offsets_are_right(text):
    """Each word stands in the text at its offset."""
    folded = fold(text)
    assert all(folded[start : start + len(word)] == word for word, start in [*words(folded), *tokens(folded)])
