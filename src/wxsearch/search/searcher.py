"""A search over one snapshot: matching, filters, facets, order and the page of hits."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from wxsearch.index.schema import UNDATED
from wxsearch.index.snapshot import Snapshot, category_mask, source_mask
from wxsearch.limits import Limits
from wxsearch.models import Facets, Hit
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import leaves
from wxsearch.search.evaluation import Evaluation
from wxsearch.search.facets import count_facets
from wxsearch.search.highlight import highlight
from wxsearch.search.ranking import Numbers, Scores, Weights, best_first, by_time, rounded

Mask = NDArray[np.bool_]


class Search:
    """The answer to one request over one snapshot, worked out part by part."""

    def __init__(self, request: SearchRequest, snapshot: Snapshot, weights: Weights, limits: Limits) -> None:
        self._request = request
        self._snapshot = snapshot
        self._limits = limits
        self._evaluation = Evaluation(request.query.root, snapshot, weights)
        self._matching = self._evaluation.matches() & self._in_span()
        everything = np.ones(snapshot.count, dtype=bool)
        self._by_category = category_mask(snapshot, request.categories) if request.categories else everything
        self._by_source = source_mask(snapshot, request.sources) if request.sources else everything
        self._documents: Numbers = np.flatnonzero(self._matching & self._by_category & self._by_source)

    @property
    def total(self) -> int:
        """How many articles there are."""
        return len(self._documents)

    def facets(self) -> Facets:
        """The counts that the request names."""
        return count_facets(
            self._request, self._snapshot, self._matching, self._by_category, self._by_source, self._limits
        )

    def page(self) -> tuple[Hit, ...]:
        """The hits from offset on, at most size."""
        if self._request.size == 0:
            return ()
        begin, end = self._request.offset, self._request.offset + self._request.size
        documents, scores = self._ordered(end)
        return tuple(self._hits(documents[begin:end], None if scores is None else scores[begin:end]))

    def all_hits(self) -> Iterator[Hit]:
        """Every hit in order."""
        yield from self._hits(*self._ordered(self.total))

    def _ordered(self, most: int) -> tuple[Numbers, Scores | None]:
        documents, snapshot = self._documents, self._snapshot
        starts, ranks = snapshot.starts[documents], snapshot.id_rank[documents]
        undated = starts == UNDATED
        if not self._request.ranked:
            order = by_time(starts, undated, ranks, newest=self._request.sort != "oldest")
            return documents[order], None
        scores = self._evaluation.scores()[documents]
        order = best_first(scores, starts, undated, ranks, most)
        return documents[order], rounded(scores[order])

    def _hits(self, documents: Numbers, scores: Scores | None) -> Iterator[Hit]:
        wanted = leaves(self._request.query.root)
        for place, document in enumerate(documents.tolist()):
            article = self._snapshot.article(document)
            yield Hit(
                id=article.id,
                url=article.url,
                title=article.title,
                published=article.published,
                precision=article.precision,
                source=article.source,
                breadcrumb=article.breadcrumb,
                score=None if scores is None else float(scores[place]),
                highlights=highlight(article, wanted, self._limits) if self._request.highlight else None,
            )

    def _in_span(self) -> Mask | np.bool_:
        """Documents whose time, as wide as its precision, overlaps [since, until)."""
        since, until = self._request.since, self._request.until
        if since is None and until is None:
            return np.True_
        snapshot = self._snapshot
        inside: Mask = snapshot.starts != UNDATED
        if since is not None:
            inside &= snapshot.ends > since
        if until is not None:
            inside &= snapshot.starts < until
        if since is not None and until is not None:
            # A day stretches beyond an empty range at both ends, and still is not in it.
            inside &= since < until
        return inside
