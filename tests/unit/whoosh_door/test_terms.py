"""The terms that Whoosh sees."""

from itertools import pairwise

import numpy as np
import pytest
from whoosh.index import open_dir
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.query import Every, FuzzyTerm, Or, Prefix, Term, TermRange, Wildcard

from support.stock import ids
from wxsearch.analysis.fold import fold

FIELDS = ["body", "body_runs", "category", "date", "id", "published", "source", "title", "title_runs"]


@pytest.fixture
def searcher(index):
    """Whoosh's own Searcher with its own weighting."""
    with index.searcher() as searcher:
        yield searcher


def found(searcher, query):
    return "".join(sorted(ids(searcher.search(query, limit=None))))


def test_any_folded_string_is_a_term(engine, searcher):
    """What stands in a text is a term of its field, with a list or not; nothing else is."""
    for key in "ab":
        article = engine.get(key)
        for field, text in (("title", fold(article.title)), ("body", fold(article.body))):
            for start in range(len(text)):
                for end in range(start + 1, len(text) + 1):
                    piece = text[start:end]
                    assert (key in found(searcher, Term(field, piece))) == (piece == piece.strip())
    for absent in ("中国人", "Said", "发展 ", "", " ", "\udcff", "中国的发展中国"):
        assert (
            found(
                searcher, Or([Term(field, absent) for field in FIELDS if field not in ("date", "published")])
            )
            == ""
        )


def test_terms_are_listed_in_order(searcher):
    """All terms come in the order of fields and bytes, each with the documents that a term has."""
    reader = searcher.reader()
    terms = list(reader.all_terms())
    assert all(before < after for before, after in pairwise(terms))
    assert sorted({field for field, _ in terms}) == reader.indexed_field_names() == FIELDS
    for field, text in terms:
        assert (field, text) in reader
        info = reader.term_info(field, text)
        assert info.doc_frequency() == reader.doc_frequency(field, text) > 0
        assert info.weight() == reader.frequency(field, text) >= info.doc_frequency()
        assert info.min_id() <= info.max_id()
    assert [term for term, _ in reader] == terms
    assert b"\xe5\x8f\x91" in set(reader.lexicon("title"))
    assert list(reader.field_terms("title_runs")) == ["said", "x"]


def test_statistics_are_of_one_field(searcher):
    """Frequencies count the title, or the body, alone."""
    assert (searcher.doc_frequency("title", "发展"), searcher.doc_frequency("body", "发展")) == (1, 1)
    assert (searcher.doc_frequency("title", "中国"), searcher.doc_frequency("body", "中国")) == (0, 3)
    assert searcher.frequency("body", "无") == 0
    assert searcher.doc_field_length(0, "body") == 5


def test_prefixes(searcher):
    """A prefix stands where the string does, whether what follows has a list or not."""
    assert found(searcher, Prefix("body", "中")) == "ab"
    assert found(searcher, Prefix("body", "中国的发")) == "a"
    assert found(searcher, Prefix("body", "国的发")) == "a"
    assert found(searcher, Prefix("body", "展")) == "a"
    assert found(searcher, Prefix("title", "中")) == ""
    assert found(searcher, Prefix("body_runs", "che")) == "b"
    assert found(searcher, Prefix("body_runs", "hen")) == ""
    assert found(searcher, Prefix("id", "a")) == "a"


def test_other_queries_of_whoosh(searcher):
    """Patterns, ranges of terms and terms with an error in them go by the listed terms."""
    assert found(searcher, Wildcard("body_runs", "ch*i")) == "b"
    assert found(searcher, TermRange("body_runs", "1", "2")) == "b"
    assert found(searcher, TermRange("id", "a", "b", startexcl=True)) == "b"
    assert found(searcher, FuzzyTerm("title_runs", "sad")) == "b"
    assert found(searcher, Every("source")) == "a"


def test_the_query_parser(searcher):
    """Whoosh's parser folds what is typed: words side by side are all asked for, quotes hold any string."""
    schema = searcher.schema
    parse = QueryParser("body", schema).parse
    assert found(searcher, parse("ＣＨＥＮＫＡＩ 中國")) == "b"
    assert found(searcher, parse('"国，的发"')) == ""
    assert found(searcher, parse('"國的发"')) == "a"
    assert found(searcher, parse("发展 OR body_runs:168")) == "ab"
    assert found(searcher, parse("。")) == ""
    assert found(searcher, parse("date:20211019 published:[1600000000 TO 1700000000]")) == "a"
    assert found(searcher, MultifieldParser(["title", "body"], schema).parse("发展")) == "a"


def test_cursors(searcher):
    """A cursor walks the terms of its field alone."""
    cursor = searcher.reader().cursor("title_runs")
    assert (cursor.text(), cursor.find("t"), cursor.is_valid()) == ("said", "x", True)
    assert cursor.term_info().doc_frequency() == 1
    assert (cursor.next(), cursor.text(), cursor.term_info(), cursor.is_valid()) == (None, None, None, False)
    assert cursor.first() == "said"


def test_values_have_no_strange_numbers(searcher):
    """What Whoosh gets are Python's own numbers, not NumPy's."""
    matcher = searcher.postings("body", "中国")
    assert [type(number) for number in matcher.all_ids()] == [int] * 2
    assert type(matcher.weight()) is float
    assert not isinstance(searcher.doc_field_length(0, "body"), np.integer)


def test_an_index_without_articles(engine, make_article):
    """An empty index, and one whose articles are all deleted, open and have nothing."""
    engine.delete(["a", "b"])
    for _ in range(2):
        with open_dir(str(engine.directory)).searcher() as searcher:
            assert searcher.doc_count() == 0
            assert found(searcher, Every()) == found(searcher, Term("body", "中国")) == ""
        engine.index([], rebuild=True)
