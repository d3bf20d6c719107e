import pytest

from wxsearch.engines.matching import ContainmentRule, TokenRule
from wxsearch.query.tree import Leaf


@pytest.mark.parametrize(
    ("leaf", "text", "count"),
    [
        (Leaf("哈哈哈"), "哈哈哈哈", 2),
        (Leaf("哈哈哈", quoted=True), "哈哈哈哈", 2),
        (Leaf("kai"), "chenkai168", 0),
        (Leaf("kai", quoted=True), "chenkai168", 1),
        (Leaf("安全 发展", quoted=True), "安全、发展；安全的发展；安全发展", 1),
        (Leaf("港口"), "", 0),
    ],
)
def test_containment_counts_places(leaf, text, count):
    """Each place where the characters stand in sequence counts, overlapping ones too."""
    rule = ContainmentRule()
    assert rule.count(rule.prepare(text), leaf) == count


def test_tokens_count_words_as_cut():
    """The rule of tokens finds a word where the analyser cut it, and nowhere else."""
    rule = TokenRule()
    prepared = rule.prepare("安装简单，使用简单")
    assert rule.count(prepared, Leaf("简单")) == 2
    assert rule.count(prepared, Leaf("装简")) == 0


def tokens_counted(text, leaf):
    rule = TokenRule()
    return rule.count(rule.prepare(text), leaf)


@pytest.mark.parametrize(
    ("text", "word", "times"),
    [
        ("北京 北京 北京天气", "北京", 3),
        ("x x x", "x", 3),
        ("中华人民共和国", "共和国", 1),
        ("中华人民共和国", "华人民", 0),
        ("xx", "x", 0),
        ("", "x", 0),
        ("Ｘ x́", "x", 2),
    ],
)
def test_a_word_counts_as_its_tokens(text, word, times):
    """A word stands as often as the analyser gives the same token."""
    assert tokens_counted(text, Leaf(word)) == times


@pytest.mark.parametrize(
    ("text", "string", "times"),
    [
        ("北京天气，北京天气", "北京天气", 2),
        ("北京的天气", "北京天气", 0),
        ("x y x y x", "x y x", 2),
        ("x  ，y", "x y", 1),
        ("xy", "x y", 0),
        ("y x", "x y", 0),
        ("x", "x y", 0),
        ("中华人民共和国", "共和国", 1),
    ],
)
def test_a_string_counts_its_places(text, string, times):
    """A quoted string stands wherever its words do at its distances, overlapping places included."""
    assert tokens_counted(text, Leaf(string, quoted=True)) == times


def test_only_distance_counts_between_words():
    """What stands between two words of a quoted string is not looked at, only how far they are apart."""
    assert tokens_counted("x中y", Leaf("x y", quoted=True)) == 1


def test_length_is_tokens():
    """A text is as long as it has tokens, shorter words inside longer ones included."""
    rule = TokenRule()
    assert [rule.length(rule.prepare(text)) for text in ("", "！", "北京 x", "共和国")] == [0, 0, 2, 2]
