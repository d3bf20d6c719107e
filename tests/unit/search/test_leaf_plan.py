import pytest

from wxsearch.query.tree import Leaf
from wxsearch.search.leaf_plan import Term, plan_leaf


def string(text):
    return Term("string", text)


@pytest.mark.parametrize(
    ("leaf", "single", "parts", "seams"),
    [
        (Leaf("中"), string("中"), [string("中")], []),
        (Leaf("中国"), string("中国"), [string("中国")], []),
        (Leaf("中国人"), string("中国人"), [string("中国"), string("国人")], []),
        (Leaf("哈哈哈"), string("哈哈哈"), [string("哈哈")], []),
        (Leaf("a b", quoted=True), string("a b"), [string("a "), string(" b")], []),
        (Leaf("ai"), Term("run", "ai"), [Term("run", "ai")], []),
        (Leaf("ai", quoted=True), string("ai"), [string("ai")], []),
        (Leaf("chen"), Term("prefix", "chen"), [Term("prefix", "chen")], []),
        (Leaf("2021"), Term("run", "2021"), [Term("run", "2021")], []),
        (Leaf("c919"), None, [Term("run", "c"), Term("run", "919")], ["c9"]),
        (Leaf("iphone15"), None, [Term("run", "iphone"), Term("run", "15")], ["e1"]),
        (Leaf("5gbps"), None, [Term("run", "5"), Term("prefix", "gbps")], ["5g"]),
        (Leaf("a股"), None, [Term("run", "a"), string("股")], []),
        (Leaf("维生素a"), None, [string("维生"), string("生素"), Term("run", "a")], []),
        (Leaf("5 3"), None, [Term("run", "5"), Term("run", "3")], []),
        (Leaf("v2 0"), None, [Term("run", "v"), Term("run", "2"), Term("run", "0")], ["v2"]),
        (Leaf("a1a1"), None, [Term("run", "a"), Term("run", "1")], ["a1", "1a", "a1"]),
    ],
)
def test_leaves_become_terms(leaf, single, parts, seams):
    """A leaf is one list where one says it all; else parts that have to be there, and a look into texts."""
    plan = plan_leaf(leaf)
    assert (plan.single, list(plan.parts), list(plan.seams)) == (single, parts, seams)
    assert plan.leaf == leaf
