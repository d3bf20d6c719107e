import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.engines.matching import occurrences
from wxsearch.query.tree import Leaf


@pytest.mark.parametrize(
    ("leaf", "text", "count"),
    [
        (Leaf("哈哈哈"), "哈哈哈哈", 2),
        (Leaf("哈哈哈", quoted=True), "哈哈哈哈", 2),
        (Leaf("简单"), "安装简单，使用简单", 2),
        (Leaf("kai"), "chenkai168", 0),
        (Leaf("kai", quoted=True), "chenkai168", 1),
        (Leaf("chen"), "chenkai168，Chen", 2),
        (Leaf("iphone15"), "iPhone 15、iPhone15、iPhone的15", 2),
        (Leaf("5 3"), "5.3%、5，3与15.3、5.31、53", 2),
        (Leaf("1 5亿"), "1.5亿元，11.5亿", 1),
        (Leaf("安全 发展", quoted=True), "安全、发展；安全的发展；安全发展", 1),
        (Leaf("x y x", quoted=True), "x y x y x", 2),
        (Leaf("x  y", quoted=True), "x，y", 0),
        (Leaf("𠮷"), "𠮷野家", 1),
        (Leaf("港口"), "", 0),
    ],
)
def test_places_are_counted(leaf, text, count):
    """Each place where the characters stand in sequence counts, overlapping ones too."""
    assert occurrences(leaf, fold(text)) == count


@given(st.text(alphabet="哈中ab1 ，", min_size=1), st.integers(0, 20), st.integers(1, 20))
def test_any_substring_is_found_quoted(text, start, length):
    """Whatever is cut out of a text and holds a letter or digit stands there when it is quoted."""
    piece = fold(text[start : start + length])
    if piece:
        assert occurrences(Leaf(piece, quoted=True), fold(text)) >= 1
