"""Ordinary Whoosh: its own schema, codec, scorer and facets, as its manual shows them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import whoosh
from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.index import create_in, open_dir
from whoosh.query import And, NumericRange, Or, Phrase, Query, Term
from whoosh.sorting import Count

from wxsearch.benchmarks.contender import TITLE_WEIGHT, TOP, Answer, Counted, spelt_out
from wxsearch.benchmarks.corpus import Corpus, CutArticle
from wxsearch.benchmarks.queries import Question
from wxsearch.categories import Path as CategoryPath

_MEMORY_MB = 256
_FIELDS = (("title", TITLE_WEIGHT), ("body", 1.0))


class _Plan(NamedTuple):
    """`hits` is all that is asked for; `any_category` the same without its category."""

    hits: Query
    any_category: Query | None


class Whoosh:
    """Whoosh gets the tokens as lists, which its fields take as they are."""

    name = "whoosh"
    cuts_itself = False
    _paths: list[CategoryPath]

    def version(self) -> str:
        """See Contender.version."""
        return ".".join(map(str, whoosh.__version__))

    def build(self, corpus: Corpus, articles: Iterable[CutArticle], directory: Path) -> None:  # noqa: ARG002
        """See Contender.build."""
        writer = create_in(str(directory), _schema()).writer(limitmb=_MEMORY_MB)
        for article in articles:
            writer.add_document(**_document(article))
        writer.commit()

    def open(self, corpus: Corpus, directory: Path) -> None:
        """See Contender.open."""
        self._searcher = open_dir(str(directory)).searcher()
        self._paths = corpus.paths

    def plan(self, question: Question) -> _Plan:
        """See Contender.plan."""
        query = _words(question)
        if question.category is None:
            return _Plan(query, None)
        span = NumericRange("published", question.since, question.until, endexcl=True)
        within = Term("within", str(question.category))
        return _Plan(And([query, span, within]), And([query, span]))

    def ask(self, plan: _Plan) -> Counted:
        """See Contender.ask."""
        if plan.any_category is None:
            found = by_category = self._search(plan.hits, ["category", "month"])
        else:
            found = self._search(plan.hits, ["month"])
            by_category = self._search(plan.any_category, ["category"])
        # With groupedby Whoosh ignores the limit; each hit that is looked at is read from disk.
        top = [(hit["id"], hit["title"]) for hit in found[:TOP]]
        return Counted(len(found), top, by_category.groups("category"), found.groups("month"))

    def read(self, found: Counted) -> Answer:
        """See Contender.read."""
        return spelt_out(found, self._paths)

    def close(self) -> None:
        """See Contender.close."""
        self._searcher.close()

    def _search(self, query: Query, grouped: list[str]) -> Any:
        return self._searcher.search(query, limit=TOP, groupedby=grouped, maptype=Count)


def _schema() -> fields.Schema:
    text = {"stored": True, "phrase": True, "analyzer": SpaceSeparatedTokenizer()}
    return fields.Schema(
        id=fields.ID(stored=True),
        url=fields.STORED(),
        source=fields.STORED(),
        title=fields.TEXT(**text),
        body=fields.TEXT(**text),
        within=fields.KEYWORD(),
        category=fields.NUMERIC(int, sortable=True),
        month=fields.NUMERIC(int, sortable=True),
        published=fields.NUMERIC(int, bits=64),
    )


def _document(article: CutArticle) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": article.id,
        "url": article.url,
        "source": article.source,
        "title": article.title_tokens,
        "_stored_title": article.title,
        "body": article.body_tokens,
        "_stored_body": article.body,
        "within": [str(number) for number in article.within],
        "category": article.category,
        "month": article.month,
    }
    if article.published is not None:
        values["published"] = article.published
    return values


def _words(question: Question) -> Query:
    if question.kind == "phrase":
        return Or([Phrase(field, list(question.words), boost=weight) for field, weight in _FIELDS])
    join = Or if question.kind in ("or", "heavy") else And
    return join(
        [Or([Term(field, word, boost=weight) for field, weight in _FIELDS]) for word in question.words]
    )
