"""Drawn histories and requests: every engine answers as the oracle does, to the last digit.

WXSEARCH_TESTS_PROPERTY_EXAMPLES sets how many histories are drawn (60; in CI 2,000). From 500
on, a kind of case that none of them met fails.
"""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from support.answers import answer, same_answers
from support.drawn import SYNONYMS, corpora, histories, requests
from support.examples import EXAMPLES, bounded
from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.runs import pieces
from wxsearch.analysis.synonyms import read_synonyms
from wxsearch.categories import written_path
from wxsearch.query.request import read_request
from wxsearch.query.tree import (
    And,
    AtLeast,
    Filter,
    Leaf,
    Not,
    Optional,
    Or,
    Query,
    Synonyms,
    Unranked,
    leaves,
)

ENOUGH = 500
# The articles that are drawn are few, and decades lie between some of them.
RANKING = {
    "head": 5,
    "head_least": 2,
    "head_characters": 30,
    "head_total": 60,
    "headline_characters": 6,
    "recency": 0.3,
    "half_life_days": 400.0,
}

pytestmark = pytest.mark.timeout(300 + EXAMPLES)


@st.composite
def corpora_and_requests(draw):
    corpus = draw(corpora())
    return corpus, draw(st.lists(requests(corpus), min_size=3, max_size=6))


@st.composite
def histories_and_requests(draw):
    changes, given_articles = draw(histories())
    return changes, draw(st.lists(requests(given_articles), min_size=3, max_size=5))


@pytest.fixture(scope="module", params=["embedded"])
def engine(request, make_engine):
    """The engine that is held against the oracle, with bounds that small corpora reach."""
    return make_engine(request.param, RANKING, relax_below=2, source_buckets=2, date_buckets=1000)


@pytest.fixture(scope="module")
def oracle(make_engine):
    return make_engine("memory", RANKING, relax_below=2, source_buckets=2, date_buckets=1000)


def wording_of(root):
    """What somebody may have typed who asks for a tree: all that is wanted."""
    return tuple(
        dict.fromkeys(piece for leaf in leaves(root) for piece in leaf.text.split(SEPARATOR) if piece)
    )


@pytest.fixture(scope="module")
def vocabulary(vocabulary, limits):
    """One in which words that are drawn have synonyms."""
    return vocabulary._replace(synonyms=read_synonyms(SYNONYMS, limits, "drawn"))


@pytest.fixture(scope="module")
def request_for(limits, vocabulary):
    """Reads a request with it."""
    return lambda **given: read_request(
        {name: [value] if isinstance(value, str) else value for name, value in given.items()},
        limits,
        vocabulary,
    )


@pytest.fixture
def asked_for(request_for):
    """Makes a request of drawn parameters and, where there is one, a drawn tree."""

    def build(case):
        parameters, root = case
        request = request_for(**parameters)
        return (
            request if root is None else replace(request, query=Query("", root, "", wording=wording_of(root)))
        )

    return build


def begin(corpus, *engines):
    """Makes a corpus all that the engines hold."""
    # An engine may name its files at random, and hypothesis begins each example with the same seed.
    random.seed()
    for engine in engines:
        engine.index(corpus, rebuild=True)


def test_answers_equal(engine, oracle, asked_for, tally):
    """After any change its summary, and each total, hit, score, passage, facet and scan, is the oracle's."""
    met = Counter()

    @bounded
    @given(histories_and_requests())
    def compare(case):
        changes, drawn = case
        asked = [asked_for(request) for request in drawn]
        begin([], engine, oracle)
        deleted = False
        for kind, items in changes:
            summaries = [changed(each, kind, items) for each in (engine, oracle)]
            assert summaries[0] == summaries[1]
            assert held(engine) == held(oracle)
            deleted |= bool(kind == "delete" and summaries[0].deleted)
            met["deletions and replacements asked over"] += deleted
            met["three segments or more asked over"] += engine.statistics().segments >= 3
            for request in asked:
                found = same_answers(oracle, engine, request)
                count_kinds(met, request, getattr(found, "total", 0))
                met["relaxed"] += getattr(found, "relaxed", None) is not None
                met["headlines made up for"] += makes_up_for_headlines(found)

    compare()
    for kind in (
        *KINDS,
        "relaxed",
        "headlines made up for",
        "deletions and replacements asked over",
        "three segments or more asked over",
    ):
        tally(kind, met[kind], int(EXAMPLES >= ENOUGH))
    # Corpora that no query hits would prove nothing.
    assert met["requests that found"] > met["requests"] / 10


def makes_up_for_headlines(found):
    parts = [part.part for hit in getattr(found, "hits", ()) for part in hit.explanation or ()]
    return "headline" in parts


def changed(engine, kind, items):
    """The summary of a change, with 1 for a generation that is new; None where it says nothing."""
    if kind == "merge":
        # The oracle has no segments.
        if hasattr(engine, "merge"):
            engine.merge(items)
        return None
    before = engine.generation()
    if kind == "delete":
        summary = engine.delete(items)
    else:
        summary = replace(engine.index(items, rebuild=kind == "rebuild"), seconds=0.0)
    assert summary.generation == engine.generation()
    return replace(summary, generation=int(summary.generation > before))


def held(engine):
    """The statistics, without what differs between engines that hold the same."""
    return replace(engine.statistics(), engine="", generation=0, segments=0, bytes=0)


def nodes(node):
    """A node and all below it."""
    found = [node]
    for each in found:
        if isinstance(each, And | Or | AtLeast | Synonyms):
            found += each.children
        elif isinstance(each, Not | Optional | Unranked):
            found.append(each.child)
    return found


def is_pattern(leaf):
    """Whether an unquoted leaf is more than one run or two ideographs."""
    parts = pieces(leaf.text)
    return not leaf.quoted and (len(parts) > 1 or (parts[0][0] == "ideographs" and len(leaf.text) > 2))


def some_leaf(test):
    return lambda request: any(isinstance(n, Leaf) and test(n) for n in nodes(request.query.root))


def some_node(*kinds):
    return lambda request: any(isinstance(n, kinds) for n in nodes(request.query.root))


KINDS = {
    "requests": lambda _: True,
    "quoted leaves of three and more": some_leaf(lambda leaf: leaf.quoted and len(leaf.text) > 2),
    "separators inside quotes": some_leaf(lambda leaf: leaf.quoted and " " in leaf.text),
    "leaves to be looked up in the text": some_leaf(is_pattern),
    "or": some_node(Or),
    "not": some_node(Not),
    "optional": some_node(Optional),
    "leaves of the title": some_leaf(lambda leaf: leaf.field == "title"),
    "leaves of the title to be looked up": some_leaf(lambda leaf: leaf.field and is_pattern(leaf)),
    "leaves whose run goes on": some_leaf(lambda leaf: leaf.prefix),
    "at least": some_node(AtLeast),
    "pieces": some_node(Unranked),
    "synonyms": some_node(Synonyms),
    "synonyms to be looked up in the text": lambda request: any(
        isinstance(n, Synonyms) and any(map(is_pattern, n.children)) for n in nodes(request.query.root)
    ),
    "filters in the query": some_node(Filter),
    "categories and sources": lambda request: bool(request.categories or request.sources),
    "dates": lambda request: request.since is not None or request.until is not None,
    "by relevance": lambda request: request.ranked,
    "by time": lambda request: request.sort != "relevance",
    "explained": lambda request: request.explain and request.ranked,
}
KINDS |= {f"{name} that found": kind for name, kind in KINDS.items()}


def count_kinds(met, request, total):
    for name, kind in KINDS.items():
        met[name] += kind(request) and (total > 0 or not name.endswith("that found"))


def test_facets_come_back(engine, request_for):
    """Every count of a facet is the total when it is sent back as the filter of its kind."""

    @bounded
    @given(corpora_and_requests())
    def compare(case):
        corpus, asked = case
        begin(corpus, engine)
        for parameters, _ in asked:
            result = answer(engine, request_for(**parameters))
            if isinstance(result, tuple):
                continue
            for name, value, count in filters(result.facets):
                again = request_for(**{**parameters, "interval": "", "size": "0", **value})
                assert (name, value, engine.search(again).total) == (name, value, count)

    compare()


def filters(facets):
    """Each count of a facet with the parameters that ask for it."""
    unread = list(facets.category)
    while unread:
        node = unread.pop()
        unread += node.children
        yield "category", {"category": [written_path(node.path)]}, node.count
    for bucket in facets.source.buckets:
        yield "source", {"source": [bucket.value]}, bucket.count
    for bucket in facets.date.buckets:
        if bucket.count:
            yield "date", {"from": [bucket.since], "to": [bucket.until]}, bucket.count
