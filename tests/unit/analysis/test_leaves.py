import pytest

from wxsearch.analysis.leaves import Cut, all_small, cut_leaves, without_questions, wording
from wxsearch.analysis.segment import Cutter
from wxsearch.analysis.small_words import SmallWords

CUTTER = Cutter()
SMALL = SmallWords(frozenset("的了在和"), frozenset(("什么", "哪")))


@pytest.mark.parametrize(
    ("stretch", "leaves"),
    [
        ("新旧动能", ["新旧", "动能"]),
        ("吴建元", ["吴建元"]),
        ("维生素A", ["维生素a"]),
        ("学位授", ["学位授"]),
        ("灯", ["灯"]),
        ("3.5", ["3.5"]),
        ("1.5亿元", ["1.5", "亿元"]),
        ("2.5万", ["2.5万"]),
        ("5.3%，1,000点", ["5.3", "1,000点"]),
        ("3.15晚会", ["3.15", "晚会"]),
        ("v2.0版", ["v2.0版"]),
        ("吴，建元", ["吴", "建元"]),
        ("iPhone15", ["iphone15"]),
        ("iPhone15Pro手机", ["iphone15pro", "手机"]),
        ("вова2", ["вова2"]),
        ("ελλάδα新闻", ["ελλαδα", "新闻"]),
        ("ガンダム", ["カンタム"]),
        ("A股", ["a股"]),
        ("京基100", ["京基", "100"]),
        ("，。", []),
        ("2014年冬奥会", ["2014年", "冬奥会"]),
        ("2024年6月1日", ["2024年", "6月", "1日"]),
        ("第5届博览会", ["第5届", "博览会"]),
        ("二零二四年底", ["二零二四", "年底"]),
        ("二零二一年三月", ["二零二一年", "三月"]),
        ("第二十一届", ["第二十一届"]),
        ("第七十九届联大", ["第七十九届", "联大"]),
        ("第一百三十七届博览会", ["第一百三十七届", "博览会"]),
    ],
)
def test_stretches_are_cut_and_mended(stretch, leaves):
    """Words are leaves, single characters join what they touch, separators keep apart."""
    assert [leaf.text for leaf in cut_leaves(stretch, CUTTER, SMALL)] == leaves


def test_function_words_are_not_required():
    """的 between two words is told from them."""
    cut = cut_leaves("惠山的产业", CUTTER, SMALL)
    assert cut == [("惠山", True), ("的", False), ("产业", True)]
    assert not all_small(cut)
    assert all_small(cut_leaves("的，什么", CUTTER, SMALL))


@pytest.mark.parametrize(
    ("stretch", "texts"),
    [("灯的价格", ["灯", "的", "价格"]), ("价格灯的", ["价格灯", "的"]), ("价格的灯", ["价格", "的", "灯"])],
)
def test_single_characters_join_over_no_function_word(stretch, texts):
    """What a single character joins is the next required leaf that it touches, else the one before."""
    assert [leaf.text for leaf in cut_leaves(stretch, CUTTER, SMALL)] == texts


def test_function_words_do_not_join():
    """A single character beside a function word stays by itself."""
    assert ("的", False) in cut_leaves("灯的价格", CUTTER, SMALL)
    assert ("灯", True) in cut_leaves("灯的价格", CUTTER, SMALL)


@pytest.mark.parametrize(
    ("stretch", "leaves"),
    [
        ("碳中和", ["碳中和"]),
        ("碳中和目标", ["碳中和", "目标"]),
        ("实现碳中和的路径", ["实现", "碳中和", "路径"]),
        ("新质生产力论坛", ["新质生产力", "论坛"]),
        ("ガンダム基地", ["カンタム基地"]),
    ],
)
def test_own_words_are_leaves(stretch, leaves):
    """A word of one's own is one required leaf, also where it holds a function word."""
    cutter = Cutter({"碳中和", "新质生产力", "カンタム基地"})
    cut = cut_leaves(stretch, cutter, SMALL)
    assert [leaf.text for leaf in cut if leaf.required] == leaves


def test_single_characters_join_own_words():
    """A single character beside a word of one's own belongs to it, as to any word."""
    assert cut_leaves("碳中和网", Cutter({"碳中和"}), SMALL) == [Cut("碳中和网", required=True)]


@pytest.mark.parametrize(
    ("stretch", "leaves", "pieces"),
    [
        ("冬奥会在哪举办", ["冬奥会", "在", "举办"], ("冬奥会在", "举办")),
        ("什么时期", ["时期"], ("时期",)),
        ("增长5.3%的产业", ["增长", "5.3", "的", "产业"], ("增长5", "3", "的产业")),
        ("三体，惠山的产业", ["三体", "惠山", "的", "产业"], ("三体", "惠山的产业")),
    ],
)
def test_question_words_are_left_out(stretch, leaves, pieces):
    """A question word beside others is no leaf, and parts what is left of the wording as a sign does."""
    cut = without_questions(cut_leaves(stretch, CUTTER, SMALL), SMALL)
    assert [leaf.text for leaf in cut] == leaves
    assert wording(stretch, cut) == pieces
