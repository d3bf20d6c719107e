"""Drawn corpora and requests: every engine answers as the oracle does, to the last digit.

CONTRACT_EXAMPLES sets how many corpora are drawn for each property (60).
"""

import os
import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from msgspec.structs import replace

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import tokens
from wxsearch.categories import category_path, prefixes, written_path
from wxsearch.dates import read_published
from wxsearch.errors import InvalidRequest
from wxsearch.models import Article

# Some words of jieba's dictionary that hold one another, and all that is folded, cut apart or dropped.
WORDS = ["北京", "天气", "北京天气", "中华人民共和国", "人民", "共和国", "的", "新人武部", "港口", "吞吐量"]
OTHERS = ["a", "x", "iPhone15", "ai", "3", "２０２１", "𠮷野家", "𠀀𠀁", "é", "Ⅻ", "한국", "C++", "the"]
BETWEEN = ["", "", " ", "，", "。\n", "😀", "—", "\u200b", "\u3000", "-", '"', "“", "\\"]
LETTERS = "北京天气中国人民共和的新港口一ab1２ ，。é𠮷😀-\u0301"
PIECES = st.one_of(st.sampled_from(WORDS + OTHERS), st.text(LETTERS, max_size=6))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(BETWEEN)), min_size=2, max_size=8).map(
    lambda parts: "".join(piece + between for piece, between in parts)
)
IDS = ["a", "B", "b", "9", "10", "é", "\uffee", "\U0001f600", "x/%2F y", "新"]
SOURCES = [None, "甲", "乙", "丙", "A", "a"]
BREADCRUMBS = [
    (),
    ("首页",),
    ("首页", "新闻"),
    ("新闻", "国内"),
    ("首页", "新闻", "国内"),
    ("网易首页", "新闻", "a>b"),
    ("新闻联播",),
    ("国内", "新闻"),
    ("体育", "新闻", "首页"),
]
TIMES = [
    None,
    "2021-10-19",
    "2021-10-19T00:00:00",
    "2021-10-19T23:59:59",
    "2021-10-20",
    "2021-10-19 12:30",
    "2021-12-31T16:00:00Z",
    "2021-01-01",
    "2019-02-28T12:00:00",
    "1969-12-31T23:59:59Z",
]
BOUNDS = ["2021", "2021-10", "2021-10-19", "2021-10-19T12:30:00", "2021-10-19T23:59:59Z", "2022", "1970"]

bounded = property_settings(
    max_examples=int(os.environ.get("CONTRACT_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def dated(text):
    return dict(zip(("published", "precision"), read_published(text) if text else (None, None), strict=True))


@st.composite
def articles(draw, texts, ids):
    """An article whose texts may be those of others."""
    return Article(
        id=draw(ids),
        title=draw(st.sampled_from(texts)),
        body=draw(st.sampled_from(texts)),
        source=draw(st.sampled_from(SOURCES)),
        breadcrumb=draw(st.sampled_from(BREADCRUMBS)),
        **dated(draw(st.sampled_from(TIMES))),
    )


@st.composite
def corpora(draw):
    """Up to ten articles over few texts, each id once."""
    texts = [*draw(st.lists(TEXTS, min_size=1, max_size=6)), ""]
    ids = draw(st.permutations(IDS))[: draw(st.integers(1, len(IDS)))]
    return [draw(articles(texts, st.just(article_id))) for article_id in ids]


@st.composite
def queries(draw, corpus):
    """Mostly words and slices of one article, quoted or not, wanted or not."""
    chosen = draw(st.sampled_from(corpus))
    text = draw(st.sampled_from([chosen.title or chosen.body, chosen.body or chosen.title]))
    words = [word for word, _ in tokens(fold(text))] or [text]
    start = st.integers(0, max(len(text) - 1, 0))
    slices = st.builds(lambda begin, length: text[begin : begin + length], start, st.integers(1, 8))
    word = st.sampled_from(words)
    several = st.lists(word, min_size=2, max_size=3).flatmap(
        lambda drawn: st.sampled_from(["".join(drawn), " ".join(drawn)])
    )
    part = st.one_of(word, word, several, slices, PIECES)
    form = st.sampled_from(["{}", "{}", "{}", '"{}"', '"{}"', "“{}”", "-{}", '-"{}"'])
    count = draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3]))
    parts = [draw(form).format(draw(part)) for _ in range(count)]
    return draw(st.sampled_from([" ", " ", ""])).join(parts)


@st.composite
def requests(draw, corpus):
    """Parameters of a request, filters taken mostly from what the corpus holds."""
    paths = [p for a in corpus for p in prefixes(category_path(a.breadcrumb))] + [("新闻", "无")]
    sources = [a.source for a in corpus if a.source] + ["无"]
    parameters = {
        "q": draw(queries(corpus)),
        "match": draw(st.sampled_from(["auto", "all", "any", "any"])),
        "sort": draw(st.sampled_from(["relevance", "relevance", "newest", "oldest"])),
        "size": str(draw(st.sampled_from([0, 1, 3, 100, 100]))),
        "offset": str(draw(st.sampled_from([0, 0, 0, 1, 5]))),
        "category": draw(sometimes(st.lists(st.sampled_from(paths).map(written_path), max_size=2))) or [],
        "source": draw(sometimes(st.lists(st.sampled_from(sources), max_size=2))) or [],
        "interval": draw(st.sampled_from(["", "", "", "year", "month", "day"])),
        "from": draw(sometimes(st.sampled_from(BOUNDS))) or "",
        "to": draw(sometimes(st.sampled_from(BOUNDS))) or "",
    }
    return {name: value if isinstance(value, list) else [value] for name, value in parameters.items()}


def sometimes(strategy):
    return st.one_of(st.none(), st.none(), st.none(), st.none(), st.none(), strategy)


@st.composite
def corpora_and_requests(draw):
    corpus = draw(corpora())
    return corpus, draw(st.lists(requests(corpus), min_size=3, max_size=6))


@st.composite
def runs_and_requests(draw):
    """Runs of indexing and deletions one after the other, ids coming again in and between them."""
    texts = [*draw(st.lists(TEXTS, min_size=1, max_size=4)), ""]
    ids = st.sampled_from(IDS[:5])
    run = st.one_of(
        st.tuples(st.sampled_from(["index", "index", "rebuild"]), st.lists(articles(texts, ids), max_size=5)),
        st.tuples(st.just("delete"), st.lists(ids, max_size=4)),
    )
    runs = draw(st.lists(run, min_size=1, max_size=5))
    given_articles = [a for kind, items in runs if kind != "delete" for a in items] or [
        Article(id="a", title="a")
    ]
    return runs, draw(st.lists(requests(given_articles), min_size=2, max_size=4))


@pytest.fixture(scope="module", params=["embedded"])
def engine(request, make_engine):
    """The engine that is held against the oracle, with bounds that small corpora reach."""
    return make_engine(request.param, source_buckets=2, date_buckets=1000)


@pytest.fixture(scope="module")
def oracle(make_engine):
    return make_engine("memory", source_buckets=2, date_buckets=1000)


def begin(corpus, *engines):
    """Makes a corpus all that the engines hold."""
    # Whoosh names its files at random, and hypothesis begins each example with the same seed.
    random.seed()
    for engine in engines:
        engine.index(corpus, rebuild=True)


def answer(engine, request):
    """What an engine answers, without how long it took; or the error that it raises."""
    try:
        return replace(engine.search(request), took_ms=0.0, generation=0)
    except InvalidRequest as error:
        return type(error), error.problems


def test_answers_equal(engine, oracle, request_for):
    """Totals, hits with scores and passages, facets and scans of a new index are the oracle's."""
    tally = Counter()

    @bounded
    @given(corpora_and_requests())
    def compare(case):
        corpus, asked = case
        begin(corpus, engine, oracle)
        for parameters in asked:
            request = request_for(**parameters)
            expected = answer(oracle, request)
            assert answer(engine, request) == expected
            assert list(engine.scan(request)) == list(oracle.scan(request))
            tally["asked"] += 1
            tally["found"] += bool(getattr(expected, "total", 0))
            tally["queried and found"] += bool(getattr(expected, "total", 0) and expected.query)

    compare()
    # Corpora that no query hits would prove nothing.
    assert tally["found"] > tally["asked"] / 4
    assert tally["queried and found"] > tally["asked"] / 12


def test_answers_equal_after_changes(engine, oracle, request_for):
    """After any runs the counts of each run, and all but scores of each answer, are the oracle's."""
    tally = Counter()

    @bounded
    @given(runs_and_requests())
    def compare(case):
        runs, asked = case
        begin([], engine, oracle)
        for kind, items in runs:
            assert changed(engine, kind, items) == changed(oracle, kind, items)
            assert held(engine) == held(oracle)
            for parameters in asked:
                request = request_for(**parameters)
                expected = unscored(oracle, request)
                assert unscored(engine, request) == expected
                tally["asked"] += 1
                tally["found"] += bool(expected[0])

    compare()
    assert tally["found"] > tally["asked"] / 20


def changed(engine, kind, items):
    """The summary of a run, its generation counted from the one before."""
    before = engine.generation()
    if kind == "delete":
        summary = engine.delete(items)
    else:
        summary = replace(engine.index(items, rebuild=kind == "rebuild"), seconds=0.0)
    assert summary.generation == engine.generation()
    return replace(summary, generation=summary.generation - before)


def held(engine):
    """The statistics, without what differs between engines that hold the same."""
    return replace(engine.statistics(), engine="", generation=0, segments=0, bytes=0)


def unscored(engine, request):
    """Hits, ordered only where time orders them, and facets; statistics may still hold what is gone."""
    hits = [replace(hit, score=None) for hit in engine.scan(request)]
    if request.ranked:
        hits.sort(key=lambda hit: hit.id)
    result = answer(engine, replace(request, size=0, offset=0))
    return len(hits), hits, result


def test_facets_come_back(engine, request_for):
    """Every count of a facet is the total when it is sent back as the filter of its kind."""

    @bounded
    @given(corpora_and_requests())
    def compare(case):
        corpus, asked = case
        begin(corpus, engine)
        for parameters in asked:
            result = answer(engine, request_for(**parameters))
            if isinstance(result, tuple):
                continue
            for name, value, count in filters(result.facets):
                again = request_for(**{**parameters, "interval": "", "size": "0", **value})
                assert (name, value, engine.search(again).total) == (name, value, count)

    compare()


def filters(facets):
    """Each count of a facet with the parameters that ask for it."""
    nodes = list(facets.category)
    while nodes:
        node = nodes.pop()
        nodes += node.children
        yield "category", {"category": [written_path(node.path)]}, node.count
    for bucket in facets.source.buckets:
        yield "source", {"source": [bucket.value]}, bucket.count
    for bucket in facets.date.buckets:
        if bucket.count:
            yield "date", {"from": [bucket.since], "to": [bucket.until]}, bucket.count
