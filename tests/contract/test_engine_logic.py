"""What the answers of any two queries have to do with each other, over drawn articles and queries.

WXSEARCH_TESTS_PROPERTY_EXAMPLES sets how many are drawn (60; in CI 2,000).
"""

import random
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from support.drawn import BOUNDS, corpora, filters_of, typed
from support.examples import EXAMPLES, bounded
from wxsearch.analysis.fold import RULES, fold
from wxsearch.categories import category_path, written_path
from wxsearch.models import Article
from wxsearch.query.parser import parse
from wxsearch.query.tree import Nothing

pytestmark = pytest.mark.timeout(300 + EXAMPLES)


@pytest.fixture(scope="module", params=["memory", "embedded"])
def found(request, make_engine, request_for):
    """The ids of all hits of a query, over articles that are indexed anew where they are given."""
    return finder(make_engine(request.param), request_for)


@pytest.fixture(scope="module", params=["memory", "embedded"])
def found_with_fewer(request, make_engine, request_for):
    """The same where fewer than two hits are too few."""
    return finder(make_engine(request.param, relax_below=2), request_for)


def finder(engine, request_for):
    def ids(q, corpus=None, **parameters):
        if corpus is not None:
            # An engine may name its files at random, and hypothesis begins each example with the same seed.
            random.seed()
            engine.index(corpus, rebuild=True)
        return {hit.id for hit in engine.scan(request_for(q, sort="newest", highlight="false", **parameters))}

    return ids


@st.composite
def corpora_and_queries(draw, count):
    """Articles, and queries as they are printed, so that one can stand inside another."""
    corpus = draw(corpora())
    return corpus, [draw(typed(corpus)) for _ in range(count)]


def printed(limits, vocabulary, queries):
    """The queries as they are understood; those without anything in them are not used."""
    read = [parse(query, limits, vocabulary) for query in queries]
    assume(all(query.understood and not isinstance(query.root, Nothing) for query in read))
    return [query.understood for query in read]


@bounded
@given(corpora_and_queries(2))
def test_more_words_find_less_and_choices_find_more(found, limits, vocabulary, case):
    """A AND B has what both have, A OR B what either has."""
    corpus, queries = case
    first, second = printed(limits, vocabulary, queries)
    one, other = found(first, corpus), found(second)
    assert found(f"({first}) AND ({second})") == one & other
    assert found(f"({first}) OR ({second})") == one | other
    assert found(f"({first}) NOT ({second})") == one - other


@st.composite
def scattered(draw):
    """An article that has the parts of joined words of digits and letters apart, and a query of some."""
    words = draw(
        st.lists(st.sampled_from(["第12届", "2026年x", "吴建元", "b超检查", "5月"]), min_size=1, max_size=3)
    )
    parts = [part for word in words for part in re.findall(r"\d+|\D", word)]
    between = st.sampled_from(["", "，", "。新", "x"])
    text = "".join(part + draw(between) for part in draw(st.permutations(parts)))
    others = draw(st.lists(st.sampled_from(["港口", '"第"', "-y", "(a OR 12)"]), max_size=2))
    return [Article(id="1", body=text), Article(id="2", title="港口 12")], " ".join([*words, *others])


@bounded
@given(st.one_of(scattered(), corpora_and_queries(1).map(lambda case: (case[0], case[1][0]))))
def test_the_fewer_words_are_enough_the_more_is_found(found_with_fewer, case):
    """Where any word is enough all is found that fewer words find, and there all that has all words."""
    corpus, query = case
    every = found_with_fewer(query, corpus, match="all")
    fewer, one = (found_with_fewer(query, match=match) for match in ("auto", "any"))
    assert every <= fewer <= one


@bounded
@given(corpora_and_queries(1))
def test_not_is_the_complement(found, limits, vocabulary, case):
    """An article matches a query or its negation, and never both; negated twice it is the query."""
    corpus, queries = case
    (query,) = printed(limits, vocabulary, queries)
    matched = found(query, corpus)
    assert found(f"-({query})") == {article.id for article in corpus} - matched
    assert found(f"-(-({query}))") == matched


@bounded
@given(st.data())
def test_filters_only_take_away(found, limits, vocabulary, data):
    """A filter, in the query or beside it, leaves some of the hits; so does one more of another kind."""
    corpus, queries = data.draw(corpora_and_queries(1))
    (query,) = printed(limits, vocabulary, queries)
    article = data.draw(st.sampled_from(corpus))
    path = category_path(article.breadcrumb)
    matched = found(query, corpus)
    assert found(f"({query}) {data.draw(filters_of(article))}") <= matched
    parameters = {
        "source": article.source or "无",
        "category": written_path(path) or "无",
        "from_": data.draw(st.sampled_from(BOUNDS)),
    }
    narrowed = matched
    for number in range(1, len(parameters) + 1):
        narrower = found(query, **dict(list(parameters.items())[:number]))
        assert narrower <= narrowed
        narrowed = narrower


def _variants():
    """For each folded character those that fold to it: traditional ones, full width, capitals."""
    variants = {}
    for code, folded in RULES.replaced.items():
        if len(folded) == 1 and folded != " ":
            variants.setdefault(folded, []).append(chr(code))
    return variants


VARIANTS = _variants()


@bounded
@given(st.data())
def test_forms_of_a_character_are_one(found, limits, vocabulary, data):
    """Traditional for simplified, full for half width, capital for small: the hits are the same."""
    corpus = data.draw(corpora())
    article = data.draw(st.sampled_from(corpus))
    text = fold(data.draw(st.sampled_from([article.title, article.body]))) or "国际"
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + 12].strip() or "x"
    disguised = "".join(
        data.draw(st.sampled_from([character, *VARIANTS.get(character, ())[:8]])) for character in piece
    )
    # Capitals alone would be an operator.
    assume(disguised.split() and not {"AND", "OR", "NOT"} & set(disguised.split()))
    for form in ("{}", '"{}"', "title:{}"):
        assert found(form.format(piece), corpus) == found(form.format(disguised))
    assert found("国际") == found("國際")
    assert found("iphone15") == found("ｉＰｈｏｎｅ１５")
