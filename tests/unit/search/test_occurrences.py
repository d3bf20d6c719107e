import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.runs import pieces, word_pattern
from wxsearch.engines.matching import occurrences
from wxsearch.query.tree import Leaf
from wxsearch.search.occurrences import count_words

WORDS = st.text("中国ab1ж", min_size=1, max_size=6)
TEXTS = st.text("中国国ab1ж ", max_size=30).map(fold)


@given(WORDS, TEXTS)
def test_words_are_counted_as_their_pattern_finds_them(leaf, text):
    """A leaf's pieces are found as often as its pattern is, and as the oracle counts it."""
    expected = sum(1 for _ in re.finditer(f"(?={word_pattern(leaf).pattern})", text))
    assert count_words(text, pieces(leaf)) == expected == occurrences(Leaf(leaf), text)


@given(
    st.text("中国哈ab1 ", min_size=1, max_size=5).map(fold).filter(bool),
    st.text("中国哈哈ab1 ", max_size=30).map(fold),
)
def test_a_string_is_counted_anywhere(leaf, text):
    """A quoted string, taken for ideographs, is found wherever its characters stand, overlaps and all."""
    assert count_words(text, [("ideographs", leaf)]) == occurrences(Leaf(leaf, quoted=True), text)


@pytest.mark.parametrize(
    ("leaf", "text", "count"),
    [
        ("chen", "chenkai chen chens", 3),
        ("kai", "chenkai kai", 1),
        ("iphone15", "iphone 15 iphone15 iphone15x iphone151 iphone  15", 3),
        ("1a1", "1a1a1 1 a 1", 3),
        ("5g", "5gbps 15g 5g 5 g", 2),
        ("a股", "a股 china股 a 股", 1),
    ],
)
def test_words_by_hand(leaf, text, count):
    """Runs end where they end, open ends from three letters on, and one separator more between kinds."""
    assert count_words(text, pieces(leaf)) == count
