"""Real articles and real queries: the embedded engine answers as the oracle does."""

import io
import json
from contextlib import closing

import pytest
import zstandard
from msgspec.structs import replace

from wxsearch.categories import written_path
from wxsearch.dates import read_published
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.engines.memory import MemoryEngine
from wxsearch.models import Article
from wxsearch.query.request import read_request

pytestmark = [pytest.mark.corpora, pytest.mark.slow, pytest.mark.timeout(1800)]

ARTICLES = 35_939
QUERIES = 200
# How many of the queries are asked (each one, each fifth), and how many have to find something.
SHARES = {"all": (1, 11), "any": (5, 38)}


def rows(path):
    with path.open("rb") as file:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(file), encoding="utf-8"):
            yield json.loads(line)


def article(row):
    shown = {name: row[name] for name in ("id", "url", "title", "body", "source") if row.get(name)}
    published, precision = read_published(row["published"]) if row.get("published") else (None, None)
    return Article(
        **shown, breadcrumb=tuple(row.get("breadcrumb", ())), published=published, precision=precision
    )


@pytest.fixture(scope="module")
def oracle(corpora, settings):
    """The oracle with all articles."""
    engine = MemoryEngine(settings.limits, settings.ranking, settings.query.relax_below)
    assert engine.index(map(article, rows(corpora / "news-36k.jsonl.zst"))).added == ARTICLES
    return engine


@pytest.fixture(scope="module")
def engine(corpora, settings, tmp_path_factory):
    """The embedded engine with all articles; it may take its time, for no answer is to be partial."""
    patient = replace(settings, limits=replace(settings.limits, search_milliseconds=600_000))
    with closing(EmbeddedEngine(tmp_path_factory.mktemp("news") / "index", patient)) as engine:
        assert engine.index(map(article, rows(corpora / "news-36k.jsonl.zst"))).added == ARTICLES
        yield engine


@pytest.fixture(scope="module")
def queries(corpora):
    """Queries spread evenly over the lists, each of them once."""
    every = list(dict.fromkeys(row["query"] for row in rows(corpora / "hot-queries.jsonl.zst")))
    return every[:: len(every) // QUERIES][:QUERIES]


def asked(engine, q, limits, **parameters):
    given = {"q": q, "highlight": "false", **parameters}
    return read_request(
        {name.rstrip("_"): [value] for name, value in given.items()}, limits, engine.vocabulary()
    )


@pytest.mark.parametrize("match", SHARES)
def test_answers_equal(engine, oracle, queries, limits, match):
    """Totals, hits, scores and facets of real queries are the oracle's."""
    step, least = SHARES[match]
    found = 0
    for q in queries[::step]:
        request = asked(engine, q, limits, match=match)
        expected, answer = oracle.search(request), engine.search(request)
        assert (q, answer.total) == (q, expected.total)
        assert (q, answer.hits, answer.facets) == (q, expected.hits, expected.facets)
        found += expected.total > 0
    assert found >= least


def nodes_of(nodes):
    for node in nodes:
        yield node
        yield from nodes_of(node.children)


def test_facets_come_back(engine, queries, limits):
    """What a facet counts is found when its path, source or bar is sent back."""
    tried = 0
    for q in ["", *queries[::25]]:

        def total(q=q, **narrowed):
            return engine.search(asked(engine, q, limits, match="any", size="0", facets="", **narrowed)).total

        facets = engine.search(asked(engine, q, limits, match="any", size="0")).facets
        picks = [({"category": written_path(n.path)}, n.count) for n in nodes_of(facets.category)]
        picks += [({"source": bucket.value}, bucket.count) for bucket in facets.source.buckets]
        picks += [({"from_": bar.since, "to": bar.until}, bar.count) for bar in facets.date.buckets]
        for narrowed, count in picks[:: len(picks) // 40 + 1]:
            assert (q, narrowed, total(**narrowed)) == (q, narrowed, count)
            tried += 1
    assert tried > 100
