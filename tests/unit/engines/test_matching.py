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
