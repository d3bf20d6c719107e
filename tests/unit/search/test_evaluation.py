import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.segments import collection_of
from wxsearch.analysis.fold import fold
from wxsearch.dates import epoch, printed
from wxsearch.engines.matching import occurrences
from wxsearch.models import Article
from wxsearch.query.tree import (
    And,
    AtLeast,
    Everything,
    FromSource,
    InCategory,
    InSpan,
    Leaf,
    Not,
    Nothing,
    Optional,
    Or,
    Synonyms,
    Unranked,
)
from wxsearch.search.deadline import Deadline
from wxsearch.search.evaluation import Evaluation
from wxsearch.search.filters import Filters
from wxsearch.search.joined_matching import JoinedMatcher
from wxsearch.search.leaf_matching import LeafMatcher, Remembered

BODIES = st.lists(st.text("中国人ab1 ", max_size=8), min_size=1, max_size=40)
LEAVES = st.one_of(
    st.builds(Leaf, st.text("中国人ab1", min_size=1, max_size=4)),
    st.builds(Leaf, st.text("中国人", min_size=1, max_size=4), st.just(value=True)),
)


def grouped(children):
    """And and Or of some nodes, at times with what makes no difference among them."""
    lists = st.lists(children, min_size=1, max_size=3)
    asides = st.lists(st.builds(Optional, LEAVES), max_size=1)
    several = st.tuples(lists, asides).map(lambda parts: tuple(parts[0] + parts[1]))
    counted = st.builds(AtLeast, st.integers(0, 4), several)
    return st.one_of(st.builds(And, several), st.builds(Or, several), counted, st.builds(Not, children))


SYNONYMS = st.lists(LEAVES, min_size=2, max_size=3).map(lambda leaves: Synonyms(tuple(leaves)))
TREES = st.recursive(
    st.one_of(
        LEAVES, LEAVES, SYNONYMS, st.builds(Unranked, LEAVES), st.just(Everything()), st.just(Nothing())
    ),
    grouped,
    max_leaves=8,
)


def matching(node, bodies):
    """The documents that a tree matches, by sets."""
    every = set(range(len(bodies)))
    if isinstance(node, Leaf):
        return {n for n in every if occurrences(node, fold(bodies[n]))}
    if isinstance(node, Synonyms):
        return set.union(*(matching(leaf, bodies) for leaf in node.children))
    if isinstance(node, Not | Unranked):
        found = matching(node.child, bodies)
        return every - found if isinstance(node, Not) else found
    if isinstance(node, And | Or | AtLeast):
        found = [matching(child, bodies) for child in node.children if not isinstance(child, Optional)]
        if isinstance(node, AtLeast):
            return {n for n in every if sum(n in each for each in found) >= node.count}
        return set.intersection(*found) if isinstance(node, And) else set.union(*found)
    return every if isinstance(node, Everything) else set()


def evaluation_of(bodies, **others):
    return evaluation_over([Article(id=str(n), body=body) for n, body in enumerate(bodies)], **others)


def evaluation_over(articles, deadline=None, verified=None, cuts=(), span=None):
    """An evaluation over articles in one segment, or in several."""
    collection = collection_of(articles, cuts)
    matchers = [
        LeafMatcher(each.segment, verified or Remembered(10_000), deadline or Deadline(float("inf")))
        for each in collection.segments
    ]
    matcher = JoinedMatcher(collection, matchers) if len(matchers) != 1 else matchers[0]
    return Evaluation(matcher, Filters(collection), span)


CUTS = st.sets(st.integers(1, 30), max_size=3)


@given(BODIES, TREES, CUTS)
def test_a_tree_matches_what_sets_say(bodies, root, cuts):
    """And, Or, Not and Optional, one inside another, match what they would as sets; in ascending order."""
    found = evaluation_of(bodies, cuts=cuts).documents(root).tolist()
    assert found == sorted(matching(root, bodies))


@given(BODIES, TREES, TREES, st.sets(st.integers(0, 39)), CUTS)
def test_a_tree_within_documents_matches_of_those(bodies, root, before, some, cuts):
    """Asked about some documents, a tree matches those of them that it matches, whatever was asked before."""
    evaluation = evaluation_of(bodies, cuts=cuts)
    evaluation.documents(before)
    for within in (some, set(range(0, 40, 2))):
        asked = np.array(sorted(n for n in within if n < len(bodies)), np.intp)
        assert evaluation.documents(root, asked).tolist() == sorted(matching(root, bodies) & within)
    assert evaluation.documents(root).tolist() == sorted(matching(root, bodies))


@given(BODIES, TREES)
def test_without_time_nothing_is_found_that_is_not_there(bodies, root):
    """Where a tree takes nothing away, what it matches without time is some of what it matches."""
    deadline = Deadline(0)
    found = set(evaluation_of(bodies, deadline=deadline).documents(root).tolist())
    if not deadline.missed:
        assert found == matching(root, bodies)
    elif "Not(" not in str(root):
        assert found <= matching(root, bodies)


@pytest.mark.parametrize(
    ("root", "looks_up"),
    [
        (Leaf("中国"), False),
        (Leaf("abc"), False),
        (Leaf("中国人"), True),
        (Leaf("a1"), True),
        (And((Leaf("中国"), Not(Leaf("中国人")))), True),
        (Or((Leaf("中国"), Unranked(Leaf("中国人")))), True),
        (Or((Leaf("中国"), Optional(Leaf("中国人")))), False),
        (Synonyms((Leaf("中国"), Leaf("中国人"))), True),
        (Everything(), False),
    ],
)
def test_whether_texts_have_to_be_looked_into(root, looks_up):
    """What has lists needs no text; a string without one does, wherever it decides what matches."""
    deadline = Deadline(0)
    evaluation_of(["中国人 a1"], deadline=deadline).documents(root)
    assert deadline.missed == looks_up


def test_a_leaf_is_looked_up_once():
    """A leaf that stands in a tree more than once is looked up once, and kept for who asks later."""
    verified = Remembered(1_000)
    evaluation = evaluation_of(["中国人民", "中国", "人民"], verified=verified)
    leaf = Leaf("中国人民")
    assert evaluation.documents(Or((And((leaf, Leaf("中国"))), leaf))).tolist() == [0]
    assert evaluation.term(leaf, None) is evaluation.term(leaf, np.array([1, 2]))
    assert verified.get(leaf) is evaluation.term(leaf, None)


def test_filters_narrow_by_columns(make_article):
    """A filter matches by source, by category and below, by time; anywhere in a tree."""
    evaluation = evaluation_over(
        [
            make_article("0", "a", source="甲", breadcrumb=("新闻", "国内"), published="2021-10-19"),
            make_article("1", "a", source="乙", breadcrumb=("新闻",), published="2021-10-20T00:00:00"),
            make_article("2", "b", source="甲", breadcrumb=("首页", "国内")),
        ]
    )
    day = epoch("2021-10-20T00:00:00+08:00")
    found = {
        FromSource("甲"): [0, 2],
        FromSource("丙"): [],
        InCategory(("新闻",)): [0, 1],
        InCategory(("新闻", "国内")): [0],
        InSpan(day, None): [1],
        InSpan(None, day): [0],
        InSpan(day, day): [],
        InSpan(None, None): [0, 1, 2],
        Not(InSpan(None, day)): [1, 2],
        And((Leaf("a"), FromSource("甲"))): [0],
        Or((FromSource("乙"), Leaf("b"))): [1, 2],
        AtLeast(2, (FromSource("甲"), InCategory(("新闻",)), Leaf("b"))): [0, 2],
    }
    assert {node: evaluation.documents(node).tolist() for node in found} == found


def test_variants_with_lists_need_no_text():
    """Of a leaf and variants that have lists nothing is looked up, and what they match is found once."""
    verified = Remembered(10_000)
    deadline = Deadline(0)
    bodies = ["中国中国", "人民", "b 人民", "国人"]
    evaluation = evaluation_of(bodies, deadline=deadline, verified=verified)
    both = Synonyms((Leaf("中国"), Leaf("人民")))
    found = evaluation.term(both, np.array([1]))
    assert found.documents.tolist() == [0, 1, 2]
    assert verified.get(both) is found is evaluation.term(both, None)
    assert not deadline.missed


def test_texts_are_looked_into_where_filters_leave_something():
    """Filters come before looks into texts: of what they leave out nothing is looked up."""
    articles = [Article(id=str(n), body="中国人民", source="甲" if n else "乙") for n in range(5)]
    evaluation = evaluation_over(articles)
    assert evaluation.documents(And((Leaf("中国人民"), FromSource("乙")))).tolist() == [0]
    assert evaluation.term(Leaf("中国人民"), np.array([0])).documents.tolist() == [0]


@given(BODIES, TREES, CUTS, st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_with_a_span_a_tree_matches_what_is_inside_it(bodies, root, cuts, bounds):
    """Inside its span an evaluation finds what any finds, though it looks up no texts outside."""
    since, until = sorted(bounds)
    day = epoch("2021-10-01T00:00:00+08:00")
    articles = [
        Article(id=str(n), body=body, published=printed(day + n), precision="second")
        for n, body in enumerate(bodies)
    ]
    evaluation = evaluation_over(articles, cuts=cuts, span=InSpan(day + since, day + until))
    found = set(evaluation.documents(root).tolist())
    inside = set(range(since, until))
    assert found & inside == matching(root, bodies) & inside


def test_texts_outside_a_span_are_not_looked_into():
    """Of what is looked up, documents outside the span are missing."""
    day = epoch("2021-10-01T00:00:00+08:00")
    articles = [
        Article(id=str(n), body="人民网", published=printed(day + n), precision="second") for n in range(6)
    ]
    evaluation = evaluation_over(articles, span=InSpan(day + 2, day + 4))
    assert evaluation.documents(Leaf("人民网")).tolist() == [2, 3]
    assert evaluation.documents(Leaf("人民")).tolist() == list(range(6))


@pytest.mark.parametrize("cuts", [(), (12, 20)])
def test_texts_are_looked_into_where_all_lists_agree(cuts):
    """A string rarer than the lists of an And is looked up only where it stands beside what they are of."""
    bodies = ["中国人"] * 10 + ["国"] * 10 + ["中国人民网"] + ["人民网"] * 5
    leaf = Leaf("人民网")
    evaluation = evaluation_of(bodies, cuts=cuts)
    assert evaluation.documents(And((Leaf("中国"), leaf))).tolist() == [20]
    assert evaluation.term(leaf, np.array([20])).documents.tolist() == [20]
    # What was left out then is found by who asks for it.
    assert evaluation.documents(leaf).tolist() == list(range(20, 26))
