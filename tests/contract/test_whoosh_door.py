"""Stock Whoosh over the files that wxsearch serves: the same documents in the same order.

WXSEARCH_TESTS_PROPERTY_EXAMPLES sets how many histories are drawn (60).
"""

import os
import random
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from msgspec import to_builtins
from whoosh.index import open_dir
from whoosh.query import And, DateRange, Every, NumericRange, Or, Term
from whoosh.sorting import FieldFacet

from support.drawn import histories, trees
from support.stock import askable, ids, is_beginning, stock_leaf, stock_query
from wxsearch.analysis.fold import fold
from wxsearch.categories import written_path
from wxsearch.dates import printed, read_bound
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Everything, Leaf, Query, leaves
from wxsearch.whoosh_door.weighting import TitleAndBody

EXAMPLES = int(os.environ.get("WXSEARCH_TESTS_PROPERTY_EXAMPLES", "60"))
QUERIES = 8
EVERYTHING = Query("", Everything(), "")

pytestmark = pytest.mark.timeout(300 + EXAMPLES)


@pytest.fixture(scope="module")
def weighting(settings):
    """The ranking of wxsearch, for Whoosh."""
    return TitleAndBody(settings.ranking.k1, settings.ranking.b, settings.ranking.title_weight)


@pytest.fixture(scope="module")
def engine(make_engine, make_article):
    """Four segments, with replaced and deleted articles in them."""
    engine = make_engine("embedded")
    runs = [
        [
            make_article("a", "新人武部大楼", "无锡物流的发展，无锡", source="甲", published="2021-10-19"),
            make_article("b", "國際 News", "北京天气", breadcrumb=["首页", "新闻", "国内"]),
            make_article("c", "旧的", "旧的旧的", source="乙", published="2021-10-19 23:59:59"),
        ],
        [make_article("c", "发展中国", "发展 21", source="乙", published="2021-10-20", breadcrumb=["新闻"])],
        [
            make_article("d", "", "𠮷野家 ＡＩ said", breadcrumb=["新闻"], published="1969-12-31 12:00"),
            make_article("e", "中国", "", breadcrumb=["新闻", "a>b"], source="甲", author="记者"),
            make_article("f", "发展", "发展", published="2021-10-19"),
            make_article("g", "发展", "发展", published="2021-10-19", keywords=("港口",)),
        ],
        [make_article("i", "发展", "发展"), make_article("h", "发展", "发展")],
    ]
    for articles in runs:
        engine.index(articles)
    engine.delete(["b"])
    assert engine.statistics().segments == 4
    return engine


@pytest.fixture
def searcher(engine, weighting):
    """Whoosh's own Searcher."""
    with open_dir(str(engine.directory)).searcher(weighting=weighting) as searcher:
        yield searcher


def ask(engine, root=None, **options):
    """What wxsearch answers."""
    query = EVERYTHING if root is None else Query("", root, "")
    return engine.search(SearchRequest(query=query, size=100, highlight=False, **options))


@st.composite
def histories_and_trees(draw):
    changes, given_articles = draw(histories())
    asked = draw(st.lists(trees(given_articles), min_size=QUERIES, max_size=QUERIES))
    return changes, list(map(askable, asked))


def test_answers_are_those_of_wxsearch(make_engine, weighting, tally):
    """After any change any query has the same documents, and where it is ranked the same order and scores."""
    engine = make_engine("embedded")
    met = Counter()

    @property_settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(histories_and_trees())
    def compare(case):
        changes, asked = case
        # The files' names are drawn too, and hypothesis begins each example with the same seed.
        random.seed()
        engine.index([], rebuild=True)
        for kind, items in changes:
            apply(engine, kind, items)
            met["three segments or more"] += engine.statistics().segments >= 3
            with open_dir(str(engine.directory)).searcher(weighting=weighting) as searcher:
                assert searcher.doc_count() == engine.statistics().articles
                met["deleted documents"] += searcher.reader().has_deletions()
                for root in asked:
                    met["queries"] += 1
                    met["queries in order"] += compare_one(engine, searcher, root)

    compare()
    for kind, share in (("queries", 1), ("queries in order", 4)):
        tally(kind, met[kind], EXAMPLES * QUERIES // share)
    for kind in ("three segments or more", "deleted documents"):
        tally(kind, met[kind], EXAMPLES // 4)


def apply(engine, kind, items):
    if kind == "merge":
        engine.merge(items)
    elif kind == "delete":
        engine.delete(items)
    else:
        engine.index(items, rebuild=kind == "rebuild")


def compare_one(engine, searcher, root):
    """Asserts that both answer alike; True where they could be compared by order."""
    hits = ask(engine, root).hits
    assert sorted(ids(searcher.search(stock_query(root), limit=None))) == sorted(hit.id for hit in hits), root
    wanted = leaves(root)
    if not wanted or any(map(is_beginning, wanted)):
        return False
    scored = [(hit.id, hit.score) for hit in hits if hit.score]
    scoring, matching = Or(list(map(stock_leaf, wanted))), stock_query(root)
    results = searcher.search(scoring, filter=matching, limit=None)
    assert [(hit["id"], float(f"{hit.score:.6g}")) for hit in results] == scored, root
    assert ids(searcher.search(scoring, filter=matching, limit=3)) == [key for key, _ in scored[:3]], root
    return True


def test_equal_scores_are_newest_first(engine, searcher):
    """Where scores are equal the newer article comes first, undated ones last, then by id."""
    leaf = Leaf("发展", quoted=True)
    results = searcher.search(stock_leaf(leaf), limit=None)
    assert ids(results) == [hit.id for hit in ask(engine, leaf).hits]
    assert " ".join(ids(results)).endswith("f g h i c a")
    newest = [hit.id for hit in ask(engine).hits]
    for query in (Every(), NumericRange("published", 0, None)):
        everything = ids(searcher.search(query, limit=None))
        assert everything == newest[: len(everything)]
        assert ids(searcher.search(query, limit=2)) == newest[:2]


def test_facets(engine, searcher):
    """Groups by source, and by category with all above it, are the counts of the facets."""
    category = FieldFacet("category", allow_overlap=True)
    results = searcher.search(
        Every(), groupedby={"source": FieldFacet("source"), "category": category}, limit=None
    )
    facets = ask(engine).facets
    groups = {name: len(documents) for name, documents in results.groups("source").items()}
    assert groups == {"": 5, **{bucket.value: bucket.count for bucket in facets.source.buckets}}
    groups = {name: len(documents) for name, documents in results.groups("category").items() if name}
    assert groups == {"新闻": 3, "新闻 > a\\>b": 1} == dict(counts(facets.category))


def counts(nodes):
    for node in nodes:
        yield written_path(node.path), node.count
        yield from counts(node.children)


def test_one_group_a_category(searcher):
    """Without overlap an article is in the group of its whole path."""
    groups = searcher.search(Every(), groupedby="category", limit=None).groups()
    assert {name: len(documents) for name, documents in groups.items()} == {
        "": 5,
        "新闻": 2,
        "新闻 > a\\>b": 1,
    }


@pytest.mark.parametrize(("field", "value"), [("category", "新闻"), ("source", "甲"), ("source", "丙")])
def test_filters(engine, searcher, field, value):
    """A term of a category matches all below it, a source just itself; as a filter of Whoosh, too."""
    filters = {"categories": ((value,),)} if field == "category" else {"sources": (value,)}
    expected = sorted(hit.id for hit in ask(engine, **filters).hits)
    assert sorted(ids(searcher.search(Term(field, value)))) == expected
    assert sorted(ids(searcher.search(Every(), filter=Term(field, value)))) == expected


@pytest.mark.parametrize(
    ("first", "last"),
    [("2021-10-19", "2021-10-19"), ("1969", "2021-10-19"), ("2021-10-20", "2022"), ("2022", "2023")],
)
def test_ranges_of_time(engine, searcher, first, last):
    """Ranges of seconds, and of Whoosh's dates, between whole days are those of from and to."""
    since, until = read_bound(first, upper=False), read_bound(last, upper=True)
    expected = sorted(hit.id for hit in ask(engine, since=since, until=until).hits)
    assert sorted(ids(searcher.search(NumericRange("published", since, until, endexcl=True)))) == expected
    begin, end = (datetime.fromisoformat(printed(each)).replace(tzinfo=None) for each in (since, until))
    assert sorted(ids(searcher.search(DateRange("date", begin, end, endexcl=True)))) == expected
    within = And([Term("body", "发展"), NumericRange("published", since, None)])
    both = ask(engine, Leaf("发展", quoted=True), since=since).hits
    bodies = [hit.id for hit in both if "发展" in engine.get(hit.id).body]
    assert sorted(ids(searcher.search(within))) == sorted(bodies)


@pytest.mark.parametrize(("sort", "reverse"), [("newest", True), ("oldest", False)])
def test_sorting_by_time(engine, searcher, sort, reverse):
    """Sorted by time, then id, hits come as sorted by wxsearch: undated ones last, either way."""
    results = searcher.search(
        Every(), sortedby=[FieldFacet("published", reverse=reverse), FieldFacet("id")], limit=None
    )
    assert ids(results) == [hit.id for hit in ask(engine, sort=sort).hits]


def test_stored_fields(engine, searcher):
    """A hit has all that its article has, as in its JSON."""
    results = searcher.search(Every(), limit=None)
    assert len(results) == 8
    for hit in results:
        article = to_builtins(engine.get(hit["id"]))
        assert dict(hit) == {name: value for name, value in article.items() if value is not None}


def test_whooshs_own_ranking(engine):
    """Whoosh's BM25F runs too, with the lengths and frequencies of title and body."""
    with open_dir(str(engine.directory)).searcher() as searcher:
        bodies = [hit["body"] for hit in searcher.search(Every())]
        assert searcher.field_length("body") >= sum(len(fold(body)) for body in bodies) > 0
        assert [(hit["id"], hit.score > 0) for hit in searcher.search(Term("body", "无锡"))] == [("a", True)]
        (hit,) = searcher.search(Term("body", "said"), terms=True)
        assert hit.matched_terms() == [("body", b"said")]
