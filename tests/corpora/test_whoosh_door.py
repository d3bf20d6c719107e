"""Real articles and real queries: stock Whoosh answers over our files as wxsearch does."""

import io
import json
import re
from contextlib import closing
from itertools import islice

import pytest
from msgspec.structs import replace
from whoosh.index import open_dir
from whoosh.query import Every, Or, Prefix, Term

from support.stock import askable, ids, is_beginning, stock_leaf, stock_query
from wxsearch.analysis.fold import fold
from wxsearch.benchmarks.corpus import NEWS, compressed_lines
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.index.segment.lexicon import Lexicon
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.storage import FileStorage
from wxsearch.ingest.intake import read_articles
from wxsearch.query.request import read_request
from wxsearch.query.tree import Leaf, Query, leaves
from wxsearch.whoosh_door.weighting import TitleAndBody

pytestmark = [pytest.mark.corpora, pytest.mark.timeout(1800)]

ARTICLES, RUNS, DELETED = 3_000, 3, 100
QUERIES = 100
NESTED_STEP = 5


@pytest.fixture(scope="module")
def articles(corpora, settings):
    """The first articles of the corpus."""
    read = read_articles([str(corpora / NEWS)], settings.limits, "jsonl", io.BytesIO())
    return list(islice(read, ARTICLES))


@pytest.fixture(scope="module")
def engine(articles, settings, tmp_path_factory):
    """The embedded engine over several segments, with deleted articles in them."""
    with closing(EmbeddedEngine(tmp_path_factory.mktemp("news") / "index", settings)) as engine:
        for number in range(RUNS):
            engine.index(articles[number::RUNS])
        engine.delete([article.id for article in articles[:: ARTICLES // DELETED]])
        statistics = engine.statistics()
        assert (statistics.articles, statistics.segments) == (ARTICLES - DELETED, RUNS)
        yield engine


@pytest.fixture(scope="module")
def searcher(engine, settings):
    """Whoosh's own Searcher with the ranking of wxsearch."""
    ranking = settings.ranking
    weighting = TitleAndBody(ranking.k1, ranking.b, ranking.title_weight)
    with open_dir(str(engine.directory)).searcher(weighting=weighting) as searcher:
        yield searcher


@pytest.fixture(scope="module")
def queries(corpora):
    """Queries spread evenly over the lists, each of them once."""
    lines = compressed_lines(corpora / "hot-queries.jsonl.zst")
    every = list(dict.fromkeys(json.loads(line)["query"] for line in lines))
    return every[:: len(every) // QUERIES][:QUERIES]


@pytest.mark.parametrize("match", ["all", "any"])
def test_documents_and_order(engine, searcher, queries, limits, match, tally):
    """Each query has the same documents, and the same best ten with the same scores."""
    found = 0
    for typed in queries:
        request = read_request(
            {"q": [typed], "match": [match], "highlight": ["false"]}, limits, engine.vocabulary()
        )
        root = askable(request.query.root)
        result = engine.search(replace(request, query=Query("", root, "")))
        found += result.total > 0
        matching = stock_query(root)
        assert len(searcher.search(matching, limit=None)) == result.total, typed
        wanted = leaves(root)
        if not any(map(is_beginning, wanted)):
            best = searcher.search(Or(list(map(stock_leaf, wanted))), filter=matching, limit=10)
            shown = [(hit["id"], float(f"{hit.score:.6g}")) for hit in best]
            assert shown == [(hit.id, hit.score) for hit in result.hits], typed
    tally("queries that found", found, {"all": 2, "any": 90}[match])


def test_strings_without_a_list(engine, searcher, limits):
    """Strings that have to be looked up in the texts, frequent ones too, and all that begin with them."""
    for text in ("的发展", "国人民", "中国的", "有限公司董事", "2021", "经济社会发展", "a"):
        leaf = Leaf(text, quoted=True)
        request = read_request(
            {"size": [str(limits.page_size)], "highlight": ["false"]}, limits, engine.vocabulary()
        )
        result = engine.search(replace(request, query=Query("", leaf, "")))
        results = searcher.search(stock_leaf(leaf), limit=limits.page_size)
        assert (len(results), ids(results)) == (result.total, [hit.id for hit in result.hits])
        prefixes = Or([Prefix("title", text), Prefix("body", text)])
        assert len(searcher.search(prefixes, limit=None)) == result.total


def test_everything_newest_first(engine, searcher, limits):
    """All articles, and those of a source, come newest first."""
    result = engine.search(read_request({"highlight": ["false"]}, limits, engine.vocabulary()))
    assert ids(searcher.search(Every(), limit=10)) == [hit.id for hit in result.hits]
    for bucket in result.facets.source.buckets[:5]:
        hits = engine.search(read_request({"source": [bucket.value]}, limits, engine.vocabulary())).hits
        found = searcher.search(Term("source", bucket.value), limit=10)
        assert ids(found) == [hit.id for hit in hits]


def nested_strings(engine):
    """Strings whose lists are read by way of the lists of their beginnings."""
    for live in open_snapshot(FileStorage(engine.directory)).segments:
        dictionary = live.segment.dictionary
        for text in Lexicon(live.segment.posting_arrays).grams():
            if len(text) > 2 and dictionary.gram(dictionary.numbers(text)).is_nested:
                yield text


def test_strings_with_nested_lists(engine, searcher, articles, tally):
    """They stand where the texts have them, as often."""
    strings = sorted(set(nested_strings(engine)))[::NESTED_STEP]
    reader = searcher.reader()
    held = {fields["id"] for fields in reader.all_stored_fields()}
    bodies = {article.id: fold(article.body) for article in articles if article.id in held}
    for text in strings:
        places = re.compile(f"(?={re.escape(text)})")
        expected = {key: count for key, body in bodies.items() if (count := len(places.findall(body)))}
        assert (("body", text) in reader) == bool(expected)
        if not expected:
            # In titles alone.
            continue
        matcher, found = reader.postings("body", text), {}
        while matcher.is_active():
            found[reader.stored_fields(matcher.id())["id"]] = matcher.weight()
            matcher.next()
        assert found == expected
    tally("strings", len(strings), 40)
