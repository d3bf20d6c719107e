"""wxsearch itself: from raw lines to an index, from a query tree to a SearchResult."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from wxsearch import __version__
from wxsearch.benchmarks.contender import TITLE_WEIGHT, TOP, Answer
from wxsearch.benchmarks.corpus import Corpus, CutArticle, lines_of
from wxsearch.benchmarks.queries import Question
from wxsearch.categories import Path as CategoryPath
from wxsearch.categories import written_path
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.models import CategoryCount, SearchResult
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import And, Leaf, Node, Or, Query
from wxsearch.settings import load_settings


class Wxsearch:
    """The embedded engine behind its own seam."""

    name = "wxsearch"
    cuts_itself = True
    _engine: EmbeddedEngine
    _paths: list[CategoryPath]

    def version(self) -> str:
        """See Contender.version."""
        return __version__

    def build(self, corpus: Corpus, articles: Iterable[CutArticle], directory: Path) -> None:  # noqa: ARG002
        """See Contender.build."""
        settings = load_settings({})
        engine = EmbeddedEngine(directory, settings)
        engine.index(lines_of(Path(corpus.lines), settings.limits))
        engine.close()

    def open(self, corpus: Corpus, directory: Path) -> None:
        """See Contender.open."""
        settings = load_settings({"WXSEARCH_RANKING_TITLE_WEIGHT": str(TITLE_WEIGHT)})
        self._engine = EmbeddedEngine(directory, settings)
        self._paths = corpus.paths

    def plan(self, question: Question) -> SearchRequest:
        """See Contender.plan."""
        return SearchRequest(
            query=Query(" ".join(question.words), _tree(question), ""),
            categories=() if question.category is None else (self._paths[question.category],),
            since=question.since,
            until=question.until,
            size=TOP,
            facets=("category", "date"),
            interval="month",
            highlight=False,
        )

    def ask(self, plan: SearchRequest) -> SearchResult:
        """See Contender.ask."""
        return self._engine.search(plan)

    def read(self, found: SearchResult) -> Answer:
        """See Contender.read."""
        facets = found.facets
        assert isinstance(facets.category, tuple)
        categories = {written_path(node.path): node.count for node in _all_nodes(facets.category)}
        months = {bucket.key: bucket.count for bucket in facets.date.buckets}  # type: ignore[union-attr]
        return Answer(
            total=found.total,
            top=[(hit.id, hit.title) for hit in found.hits],
            categories={path: count for path, count in categories.items() if count},
            months={month: count for month, count in months.items() if count},
        )

    def close(self) -> None:
        """See Contender.close."""
        self._engine.close()


def _tree(question: Question) -> Node:
    if question.kind == "phrase":
        return Leaf("".join(question.words), quoted=True)
    leaves = tuple(map(Leaf, question.words))
    if len(leaves) == 1:
        return leaves[0]
    return cast("Node", Or(leaves) if question.kind in ("or", "heavy") else And(leaves))


def _all_nodes(nodes: tuple[CategoryCount, ...]) -> Iterable[CategoryCount]:
    for node in nodes:
        yield node
        yield from _all_nodes(node.children)
