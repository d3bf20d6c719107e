import pytest

from wxsearch.analysis.leaves import cut_leaves

FUNCTION_WORDS = frozenset("的了在和")


@pytest.mark.parametrize(
    ("stretch", "leaves"),
    [
        ("新旧动能", ["新旧", "动能"]),
        ("吴建元", ["吴建元"]),
        ("维生素A", ["维生素a"]),
        ("学位授", ["学位授"]),
        ("灯", ["灯"]),
        ("3.5", ["3", "5"]),
        ("吴，建元", ["吴", "建元"]),
        ("iPhone15", ["iphone15"]),
        ("iPhone15Pro手机", ["iphone15pro", "手机"]),
        ("вова2", ["вова2"]),
        ("ελλάδα新闻", ["ελλαδα", "新闻"]),
        ("ガンダム", ["ガンダム"]),
        ("A股", ["a股"]),
        ("京基100", ["京基", "100"]),
        ("，。", []),
    ],
)
def test_stretches_are_cut_and_mended(stretch, leaves):
    """Words are leaves, single characters join what they touch, separators keep apart."""
    assert [leaf.text for leaf in cut_leaves(stretch, FUNCTION_WORDS)] == leaves


def test_function_words_are_not_required():
    """的 between two words adds to the rank and is not asked for; alone it is."""
    assert cut_leaves("惠山的产业", FUNCTION_WORDS) == [("惠山", True), ("的", False), ("产业", True)]
    assert cut_leaves("的", FUNCTION_WORDS) == [("的", True)]


@pytest.mark.parametrize(
    ("stretch", "texts"),
    [("灯的价格", ["灯", "的", "价格"]), ("价格灯的", ["价格灯", "的"]), ("价格的灯", ["价格", "的", "灯"])],
)
def test_single_characters_join_over_no_function_word(stretch, texts):
    """What a single character joins is the next required leaf that it touches, else the one before."""
    assert [leaf.text for leaf in cut_leaves(stretch, FUNCTION_WORDS)] == texts


def test_function_words_do_not_join():
    """A single character beside a function word stays by itself."""
    assert ("的", False) in cut_leaves("灯的价格", FUNCTION_WORDS)
    assert ("灯", True) in cut_leaves("灯的价格", FUNCTION_WORDS)
