import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.runs import PREFIX_LETTERS, pieces, word_pattern


@pytest.mark.parametrize(
    ("leaf", "text", "found"),
    [
        ("简单", "安装简单", True),
        ("ai", "AI大模型", True),
        ("ai", "the said mail", False),
        ("chen", "chenkai168", True),
        ("kai", "chenkai168", False),
        ("ch", "chenkai168", False),
        ("21", "2021年", False),
        ("2021", "2021年", True),
        ("iphone15", "iPhone 15发布", True),
        ("iphone15", "iPhone15发布", True),
        ("iphone15", "iPhone—15发布", True),
        ("iphone15", "iPhone的15发布", False),
        ("iphone15", "iPhone151", False),
        ("c919", "大飞机C919交付", True),
        ("c919", "ABC919", False),
        ("5g", "15G内存", False),
        ("5g", "5Gbps", False),
        ("a股", "沪市A股上涨", True),
        ("a股", "CHINA股", False),
        ("维生素a", "维生素A缺乏", True),
        ("维生素a", "维生素AD", False),
        ("京基100", "京基100大厦", True),
        ("京基100", "京基1000", False),
    ],
)
def test_words_keep_to_runs(leaf, text, found):
    """Letters and digits match whole runs, or beginnings of letters; ideographs anywhere."""
    assert bool(word_pattern(leaf).search(fold(text))) == found


@given(st.text())
def test_every_folded_character_is_of_one_kind(text):
    """The pieces of a folded text are the whole text, in order."""
    folded = fold(text)
    assert "".join(piece for _, piece in pieces(folded)) == folded


@given(st.text(alphabet="中国北a1bc23 ", min_size=1).map(fold).filter(bool))
def test_a_text_holds_itself(folded):
    """A leaf always stands in a text that is just the leaf."""
    assert word_pattern(folded).fullmatch(folded)


def counted_by_runs(leaf, folded):
    """Occurrences of a leaf that is one run, by its definition."""
    open_end = leaf.isalpha() and len(leaf) >= PREFIX_LETTERS
    runs = [text for kind, text in pieces(folded) if kind in ("letters", "digits")]
    return sum(run.startswith(leaf) if open_end else run == leaf for run in runs)


@given(st.sampled_from(["a", "ab", "abc", "1", "12", "é", "ébc"]), st.text("abcé12 中", max_size=30))
def test_a_run_stands_where_runs_say(leaf, text):
    """A leaf of one run is found as often as there are such runs, or runs that begin so."""
    folded = " ".join(text.split())
    assert len(word_pattern(leaf).findall(folded)) == counted_by_runs(leaf, folded)


@given(st.text("ab1 中", max_size=12), st.text("ab1 中", max_size=12))
def test_no_leaf_goes_from_one_text_to_the_next(first, second):
    """Between texts two blanks stand, and nothing is found there that is in neither."""
    first, second = fold(first), fold(second)
    for leaf in ("ab1", "a1", "1a", "b中", "中a", "1", "ab"):
        pattern = re.compile(f"(?={word_pattern(leaf).pattern})")
        apart = sum(len(pattern.findall(text)) for text in (first, second))
        assert len(pattern.findall(f"{first}  {second}  ")) == apart
