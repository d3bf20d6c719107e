import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ", "abc"),
        ("２０１２", "2012"),
        ("Café", "cafe"),
        ("“十四五”规划", "十四五 规划"),
        ("  a——b  ", "a b"),
        ("12.5%", "12 5"),
        ("zero\u200bwidth", "zerowidth"),
        ("𠮷野家", "𠮷野家"),
        ("，。！", ""),
        ("國際論壇開幕，頭髮與發展", "国际论坛开幕 头发与发展"),
        ("乾隆", "乾隆"),
        ("①Ⅲ㎡ﬁ", "1iiim2fi"),
        ("한국 が ガ", "한국 か カ"),
        ("ｶﾞﾝﾀﾞﾑ ガンダム カ\u3099ンタ\u3099ム", "カンタム カンタム カンタム"),
        ("约翰・史密斯 约翰·史密斯 约翰･史密斯", "约翰 史密斯 约翰 史密斯 约翰 史密斯"),
        ("ラーメン゠ヿ", "ラーメン コト"),
        ("\U00031350\U000323af\U00033479", "\U00031350\U000323af\U00033479"),
    ],
)
def test_folds(text, folded):
    """Width, case, marks and signs do not keep the same text apart."""
    assert fold(text) == folded


@given(st.text())
def test_fold_is_idempotent(text):
    """What is folded stays as it is."""
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_piece_folds_to_a_piece(text, start, length):
    """Whatever slice of a text is folded, it stands in the folded text."""
    assert fold(text[start : start + length]) in fold(text)


@given(st.text(), st.text())
def test_fold_follows_joining(left, right):
    """The fold of two texts joined is their folds joined, but for blanks at the seam."""
    joined, seam = fold(left + right), (fold(left) + fold(right), f"{fold(left)} {fold(right)}".strip())
    assert joined in seam


def test_every_code_point_folds_to_letters_and_digits():
    """Over all of Unicode, a fold is stable and holds nothing that is white space but the blank."""
    for code in range(sys.maxunicode + 1):
        folded = fold(f"a{chr(code)}b")
        assert fold(folded) == folded
        assert folded.split(" ") == folded.split()
