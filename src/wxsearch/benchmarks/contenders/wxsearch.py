"""wxsearch itself: from raw lines to an index, from a query tree to a SearchResult."""

import gc
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from wxsearch import __version__
from wxsearch.benchmarks.contender import TITLE_WEIGHT, TOP, Answer
from wxsearch.benchmarks.corpus import Corpus, CutArticle, lines_of
from wxsearch.benchmarks.queries import Question
from wxsearch.categories import Path as CategoryPath
from wxsearch.categories import written_path
from wxsearch.dates import bucket
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import And, Leaf, Node, Or, Query
from wxsearch.search.catalog import Catalog
from wxsearch.search.facets import Timeline
from wxsearch.settings import load_settings


class _Found(NamedTuple):
    """An answer as arrays, before its numbers are spelt out."""

    total: int
    top: list[tuple[str, str]]
    catalog: Catalog
    paths: NDArray[np.int64]
    timeline: Timeline


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
        # Others offer no spellings; the tables of sounds, which workers share, would count as our memory.
        own = {"WXSEARCH_RANKING_TITLE_WEIGHT": str(TITLE_WEIGHT), "WXSEARCH_QUERY_SUGGEST_BELOW": "0"}
        settings = load_settings(own)
        self._engine = EmbeddedEngine(directory, settings)
        # As a worker of the service does.
        self._engine.preload()
        gc.collect()
        gc.freeze()
        self._limits = settings.limits
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

    def ask(self, plan: SearchRequest) -> _Found:
        """See Contender.ask: what a search gives in arrays, before it is made into a SearchResult."""
        search = self._engine.evaluated(plan)
        top = [place.label for place in search.top(plan.size)]
        counter = search.counter
        return _Found(
            search.total, top, counter.catalog, counter.paths(), counter.timeline("month", self._limits)
        )

    def read(self, found: _Found) -> Answer:
        """See Contender.read."""
        categories = found.catalog.path_counts(found.paths)
        timeline = found.timeline
        months = enumerate(timeline.counts.tolist(), start=timeline.first)
        return Answer(
            total=found.total,
            top=found.top,
            categories={written_path(path): count for path, count in categories.items()},
            months={bucket("month", number).key: count for number, count in months if count},
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
