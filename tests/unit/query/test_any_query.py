"""What holds for every text: drawn sign by sign, piece by piece, and by the grammar.

WXSEARCH_TESTS_PROPERTY_EXAMPLES sets how many are drawn.
"""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.examples import bounded
from wxsearch.analysis.fold import fold
from wxsearch.query.parser import parse
from wxsearch.query.relaxed import rungs
from wxsearch.query.tree import (
    And,
    AtLeast,
    Everything,
    Filter,
    Leaf,
    Not,
    Nothing,
    Optional,
    Or,
    Unranked,
    leaves,
)

PIECES = [
    *[
        "港口",
        "航运",
        "的",
        "了",
        "什么",
        "吴建元",
        "b超检查",
        "津蓟铁路沿线",
        "维生素A",
        "a",
        "iPhone15",
        "вова",
        "ガンダム",
        "3.5",
        "1,000",
        "·",
        ".",
        "𠮷",
    ],
    *(" ", " ", " ", " OR ", " AND ", " NOT ", " -", "\n", "\u3000", "\u200b", " > "),
    *[
        "OR",
        "-",
        "(",
        ")",
        "（",
        "）",
        '"',
        "“",
        "”",
        "「",
        "」",
        "\\",
        "*",
        "＊",
        ":",
        "：",
        ">",
        "..",
        "，",
        "！",
        "㎡",
        "①",
    ],
    *[
        "title:",
        "标题：",
        "source:",
        "来源:",
        "分类:",
        "category:",
        "date:",
        "日期：",
        "after:2021",
        "before:x",
        "2021",
    ],
]
WORDS = st.sampled_from(
    [
        "港口",
        "惠山的产业",
        "海铁联运",
        "的",
        "在哪里",
        "什么",
        "A股",
        "iPhone15",
        "chen*",
        "维生素a*",
        "20*",
        "港口*",
    ]
)
STRINGS = st.sampled_from(['"海铁 联运"', "“港口”", "「a b」", r'"a\"b"', '"(a OR b)"', '"chen*"'])
VALUES = [
    *("互联网", '"新华社 北京"', "物流资讯 > 行业新闻", "首页>a", "首页", r'"a\\>b > c\"d"', "“”", "(a)"),
    *("2021-10..2021-12", "..2021", "2022..2021", "2021-10-19", '"2021-10-19T12:30"', "2021-13", "a..b"),
]
FILTERS = st.builds(
    "{}{}".format,
    st.sampled_from(["source:", "来源：", "Category:", "分类:", "date:", "日期:", "after:", "之前:"]),
    st.sampled_from(VALUES),
)


@st.composite
def sentences(draw, depth=3):
    """A query by the grammar: operands, what stands before and between them, brackets."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        parts.append(draw(st.sampled_from(["", "", "", "-", "NOT "])))
        if draw(st.integers(0, 3)) == 0:
            parts.append(draw(FILTERS))
        else:
            parts.append(draw(st.sampled_from(["", "", "title:", "标题："])))
            group = sentences(depth - 1).map("({})".format) if depth else st.nothing()
            parts.append(draw(st.one_of(WORDS, WORDS, STRINGS, group)))
        parts.append(draw(st.sampled_from([" ", " ", " OR ", " AND ", "\u3000"])))
    return "".join(parts[:-1])


typings = st.one_of(
    sentences(),
    st.lists(st.sampled_from(PIECES), max_size=16).map("".join),
    st.text(alphabet=st.sampled_from('港口航运的了ab1 -*:>"“”「」()（）\\，'), max_size=30),
    st.text(alphabet=st.sampled_from("港a的12000..,,，·/ -*()"), max_size=20),
    st.text(max_size=20),
)


@pytest.fixture(scope="module")
def limits(limits):
    """Room for what a query is when it is printed, with the name of its field before each leaf."""
    return msgspec.structs.replace(limits, query_characters=10_000, query_leaves=1_000)


@bounded
@given(typings, st.booleans())
def test_any_text_is_a_query(limits, vocabulary, typed, match_any):
    """Whatever is typed is read, and only what holds no letter or digit finds nothing."""
    query = parse(typed, limits, vocabulary, match_any=match_any)
    assert isinstance(query.root, Nothing) == (query.understood == "" and typed != "")
    assert isinstance(query.root, Nothing) <= (not fold(typed))
    assert all(note.piece in typed or note.code.endswith("_variants") for note in query.notes)


@bounded
@given(typings, st.booleans())
def test_what_was_understood_is_read_as_it_was(limits, vocabulary, typed, match_any):
    """A query printed back gives the same tree and is printed in the same way."""
    query = parse(typed, limits, vocabulary, match_any=match_any)
    if query.understood:
        again = parse(query.understood, limits, vocabulary, match_any=match_any)
        assert (again.root, again.understood) == (query.root, query.understood)


@bounded
@given(typings, st.booleans())
def test_trees_are_in_order(limits, vocabulary, typed, match_any):
    """Each node stands where the tree allows it, and no child stands twice in one place."""
    check_order(parse(typed, limits, vocabulary, match_any=match_any).root, None)


def check_order(node, above):
    if isinstance(node, Not):
        assert isinstance(above, And)
    if isinstance(node, Optional):
        assert isinstance(above, And | Or)
    if isinstance(node, Unranked):
        assert isinstance(above, And | Or)
        assert isinstance(above, And) or node.child not in above.children
    if isinstance(node, And | Or):
        assert type(node) is not type(above)
        assert len(set(node.children)) == len(node.children) > 1
        assert any(not isinstance(child, Optional | Not) for child in node.children)
        asides = [child for child in node.children if isinstance(child, Optional)]
        assert not asides or any(not isinstance(child, Optional | Not | Filter) for child in node.children)
    below = node.children if isinstance(node, And | Or) else ()
    for child in (node.child,) if isinstance(node, Not | Optional) else below:
        check_order(child, node)


@bounded
@given(typings)
def test_any_matches_what_all_matches(limits, vocabulary, typed):
    """Whatever set of leaves an article has: if all of a query match it, so does any of them."""
    strict, loose = (
        parse(typed, limits, vocabulary, match_any=match_any).root for match_any in (False, True)
    )
    every = {*leaves(strict), *leaves(strict, wanted=False), *filters(strict), Leaf("other")}
    for held in ({leaf} for leaf in every):
        for present in (held, every - held, every - held - {*filters(strict)}, held | {*filters(strict)}):
            assert holds(strict, present) <= holds(loose, present)


@bounded
@given(typings)
def test_rungs_match_what_all_matches(limits, vocabulary, typed):
    """Whatever set of leaves an article has: if all of a query match it, so does each rung."""
    root = parse(typed, limits, vocabulary).root
    every = {*leaves(root), *leaves(root, wanted=False), *filters(root), Leaf("other")}
    unwanted = {*leaves(root, wanted=False)}
    for rung in rungs(root, vocabulary.cutter):
        for held in ({leaf} for leaf in every):
            for present in (held, every - held, every - unwanted, every - unwanted - held):
                assert holds(root, present) <= holds(rung.root, present)


def filters(node):
    if isinstance(node, And | Or):
        return [found for child in node.children for found in filters(child)]
    return filters(node.child) if isinstance(node, Not) else [node] if isinstance(node, Filter) else []


def holds(node, present):
    if isinstance(node, And | Or | AtLeast):
        required = [holds(child, present) for child in node.children if not isinstance(child, Optional)]
        if isinstance(node, AtLeast):
            return sum(required) >= node.count
        return all(required) if isinstance(node, And) else any(required)
    if isinstance(node, Not):
        return not holds(node.child, present)
    return (node.child if isinstance(node, Unranked) else node) in present or isinstance(node, Everything)
