"""tantivy, by its Python package: one writing thread, tokens split at blanks."""

from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Query

from wxsearch.benchmarks.contender import TITLE_WEIGHT, TOP, Answer, Counted, at_or_below, spelt_out
from wxsearch.benchmarks.corpus import Corpus, CutArticle
from wxsearch.benchmarks.queries import Question
from wxsearch.categories import Path as CategoryPath

_HEAP_BYTES = 256_000_000
_FIELDS = (("title_words", TITLE_WEIGHT), ("body_words", 1.0))
# More than there can be, so that no count is cut off.
_EVERY = {"size": 65_000, "segment_size": 65_000}
_BY_CATEGORY = {"category": {"terms": {"field": "category", **_EVERY}}}
_BY_MONTH = {"month": {"terms": {"field": "month", **_EVERY}}}
# A filter's two scopes in one pass: faster than two, in spite of adding up in Python.
_BY_BOTH = {"category": {**_BY_CATEGORY["category"], "aggs": _BY_MONTH}}


class _Plan(NamedTuple):
    """`hits` is all that is asked for; `any_category` the same without its category, `wanted`."""

    hits: Query
    any_category: Query | None
    wanted: frozenset[int]


class Tantivy:
    """Search and count in two passes: the Python package has no single one."""

    name = "tantivy"
    cuts_itself = False
    _paths: list[CategoryPath]

    def __init__(self) -> None:
        builder = tantivy.SchemaBuilder()
        for stored in ("id", "url", "title", "source", "body"):
            builder.add_bytes_field(stored, stored=True)
        for field, _ in _FIELDS:
            builder.add_text_field(field, tokenizer_name="ready")
        builder.add_unsigned_field("within", indexed=True)
        builder.add_unsigned_field("category", fast=True)
        builder.add_unsigned_field("month", fast=True)
        builder.add_integer_field("published", indexed=True, fast=True)
        self._schema = builder.build()

    def version(self) -> str:
        """See Contender.version."""
        return version("tantivy")

    def build(self, corpus: Corpus, articles: Iterable[CutArticle], directory: Path) -> None:  # noqa: ARG002
        """See Contender.build."""
        index = tantivy.Index(self._schema, path=str(directory))
        _register(index)
        writer = index.writer(_HEAP_BYTES, 1)
        for article in articles:
            writer.add_document(_document(article))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, corpus: Corpus, directory: Path) -> None:
        """See Contender.open."""
        index = tantivy.Index.open(str(directory))
        _register(index)
        self._searcher = index.searcher()
        self._paths = corpus.paths

    def plan(self, question: Question) -> _Plan:
        """See Contender.plan."""
        query = self._words(question)
        if question.category is None:
            return _Plan(query, None, frozenset())
        span = Query.range_query(
            self._schema,
            "published",
            tantivy.FieldType.Integer,
            question.since,
            question.until,
            include_upper=False,
        )
        within = Query.term_query(self._schema, "within", question.category)
        dated = Query.boolean_query([(Occur.Must, query), _filter(span)])
        narrowed = Query.boolean_query([(Occur.Must, query), _filter(span), _filter(within)])
        wanted = frozenset(at_or_below(self._paths, question.category))
        return _Plan(narrowed, dated, wanted)

    def ask(self, plan: _Plan) -> Counted:
        """See Contender.ask."""
        found = self._searcher.search(plan.hits, TOP)
        top = []
        for _, address in found.hits:
            stored = self._searcher.doc(address)
            top.append((stored["id"][0].decode(), stored["title"][0].decode()))
        if plan.any_category is None:
            counts = self._searcher.aggregate(plan.hits, _BY_CATEGORY | _BY_MONTH)
            months = _counts(counts["month"])
        else:
            counts = self._searcher.aggregate(plan.any_category, _BY_BOTH)
            months = _months_of(counts["category"], plan.wanted)
        total: int = found.count  # type: ignore[attr-defined]  # its stubs lack it
        return Counted(total, top, _counts(counts["category"]), months)

    def read(self, found: Counted) -> Answer:
        """See Contender.read."""
        return spelt_out(found, self._paths)

    def close(self) -> None:
        """See Contender.close."""
        del self._searcher

    def _words(self, question: Question) -> Query:
        if question.kind == "phrase":
            return self._in_fields(
                lambda field: Query.phrase_query(self._schema, field, list(question.words))
            )
        occur = Occur.Should if question.kind in ("or", "heavy") else Occur.Must
        return Query.boolean_query([(occur, self._word(word)) for word in question.words])

    def _word(self, word: str) -> Query:
        return self._in_fields(lambda field: Query.term_query(self._schema, field, word, "freq"))

    def _in_fields(self, query: Any) -> Query:
        return Query.boolean_query(
            [(Occur.Should, Query.boost_query(query(field), weight)) for field, weight in _FIELDS]
        )


def _filter(query: Query) -> tuple[Occur, Query]:
    return Occur.Must, Query.const_score_query(query, 0.0)


def _register(index: tantivy.Index) -> None:
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("ready", splitter)


def _document(article: CutArticle) -> tantivy.Document:
    document = tantivy.Document()
    for stored in ("id", "url", "title", "source", "body"):
        document.add_bytes(stored, getattr(article, stored).encode())
    document.add_text("title_words", " ".join(article.title_tokens))
    document.add_text("body_words", " ".join(article.body_tokens))
    for number in article.within:
        document.add_unsigned("within", number)
    document.add_unsigned("category", article.category)
    document.add_unsigned("month", article.month)
    if article.published is not None:
        document.add_integer("published", article.published)
    return document


def _months_of(buckets: dict[str, Any], wanted: frozenset[int]) -> Counter[int]:
    """Counts by month inside the wanted categories."""
    months: Counter[int] = Counter()
    for bucket in buckets["buckets"]:
        if bucket["key"] in wanted:
            months.update(_counts(bucket["month"]))
    return months


def _counts(buckets: dict[str, Any]) -> dict[int, int]:
    return {int(bucket["key"]): bucket["doc_count"] for bucket in buckets["buckets"]}
