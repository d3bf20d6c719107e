"""The embedded engine: an index directory, read through snapshots, written in runs."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import cast

import numpy as np

from wxsearch.dates import printed
from wxsearch.engines.base import Progress
from wxsearch.errors import IndexMissing, IndexProblem, NotFound
from wxsearch.index.directory import Table, newest_table, open_index
from wxsearch.index.schema import UNDATED
from wxsearch.index.snapshot import Snapshot
from wxsearch.index.spool import Spool
from wxsearch.index.writer import writing
from wxsearch.models import (
    Article,
    CheckReport,
    DeleteSummary,
    Hit,
    IndexSummary,
    Rejection,
    SearchResult,
    Statistics,
    Understanding,
)
from wxsearch.query.request import SearchRequest
from wxsearch.search.ranking import Weights
from wxsearch.search.searcher import Search
from wxsearch.settings import Settings

_log = logging.getLogger("wxsearch")


class EmbeddedEngine:
    """Articles in a directory of this machine; see engines/base.py for the promises."""

    name = "embedded"

    def __init__(self, directory: Path, settings: Settings) -> None:
        self.directory = directory
        self._settings = settings
        ranking = settings.ranking
        self._weights = Weights(ranking.k1, ranking.b, ranking.title_weight)
        self._snapshot: Snapshot | None = None
        self._unopened: Table | None = None
        self._looked = 0.0
        # Whoosh's readers are for one thread at a time; reading is bound by the processor,
        # so that threads taking turns lose nothing.
        self._lock = Lock()

    def index(
        self, items: Iterable[Article | Rejection], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IndexSummary:
        """See Engine.index."""
        began = time.monotonic()
        limit = self._settings.limits.rejections
        rejections: list[Rejection] = []
        rejected = 0
        with (
            writing(self.directory, self._settings.index.memory_mb, rebuild=rebuild) as writer,
            Spool({article_id: version for article_id, (_, version) in writer.held.items()}) as spool,
        ):
            for item in items:
                if isinstance(item, Article):
                    spool.add(item)
                    continue
                rejected += 1
                if rejected <= limit:
                    rejections.append(item)
            # A run of nothing but rejects is a slip: it neither empties an index nor makes one.
            if len(spool) or (not rejected and (rebuild or not writer.exists)):
                writer.commit(spool.stored(), spool.ids(), _heard(progress, "indexing", len(spool)))
            exists = newest_table(self.directory) is not None
        snapshot = self._fresh() if exists else None
        return IndexSummary(
            read=spool.added + spool.updated + spool.unchanged + rejected,
            added=spool.added,
            updated=spool.updated,
            unchanged=spool.unchanged,
            rejected=rejected,
            duplicates=spool.duplicates,
            total=snapshot.total if snapshot else 0,
            generation=snapshot.generation if snapshot else 0,
            seconds=round(time.monotonic() - began, 3),
            rejections=tuple(rejections),
        )

    def delete(self, ids: Sequence[str]) -> DeleteSummary:
        """See Engine.delete."""
        wanted = list(dict.fromkeys(ids))
        open_index(self.directory)
        with writing(self.directory, self._settings.index.memory_mb) as writer:
            found = [article_id for article_id in wanted if article_id in writer.held]
            if found:
                writer.commit((), found, _heard(None, "", 0))
        snapshot = self._fresh()
        return DeleteSummary(
            deleted=len(found),
            missing=tuple(article_id for article_id in wanted if article_id not in writer.held),
            total=snapshot.total,
            generation=snapshot.generation,
        )

    def search(self, request: SearchRequest) -> SearchResult:
        """See Engine.search."""
        with self._lock:
            snapshot = self._current()
            search = Search(request, snapshot, self._weights, self._settings.limits)
            query = request.query
            return SearchResult(
                query=query.typed,
                total=search.total,
                hits=search.page(),
                facets=search.facets(),
                query_understood=Understanding(query.understood, query.notes),
                generation=snapshot.generation,
            )

    def scan(self, request: SearchRequest) -> Iterator[Hit]:
        """See Engine.scan; the generation is kept open by a reader of its own."""
        with closing(Snapshot(self.directory)) as snapshot:
            yield from Search(request, snapshot, self._weights, self._settings.limits).all_hits()

    def get(self, article_id: str) -> Article:
        """See Engine.get."""
        with self._lock:
            snapshot = self._current()
            document = snapshot.find(article_id)
            if document is None:
                raise NotFound(f"there is no article with the id {article_id!r}")
            return snapshot.article(document)

    def generation(self) -> int:
        """See Engine.generation."""
        with self._lock:
            return self._current().generation

    def statistics(self) -> Statistics:
        """See Engine.statistics."""
        with self._lock:
            snapshot = self._current()
            starts = snapshot.starts[snapshot.live]
            dated = starts[starts != UNDATED]
            sources = [
                snapshot.sources.values[code] for code in np.unique(snapshot.sources.codes[snapshot.live])
            ]
            paths = [snapshot.paths.values[code] for code in np.unique(snapshot.paths.codes[snapshot.live])]
            return Statistics(
                engine=self.name,
                articles=len(starts),
                undated=len(starts) - len(dated),
                categories=sum(path != () for path in paths),
                sources=sum(source != "" for source in sources),
                first=printed(int(dated.min())) if len(dated) else None,
                last=printed(int(dated.max())) if len(dated) else None,
                generation=snapshot.generation,
                segments=snapshot.segments,
                bytes=snapshot.size,
            )

    def check(self, progress: Progress | None = None) -> CheckReport:
        """See Engine.check: every posting, column and stored article is read once."""
        began = time.monotonic()
        problems: list[str] = []
        articles = generation = 0
        try:
            with closing(Snapshot(self.directory)) as snapshot:
                articles, generation = snapshot.total, snapshot.generation
                for problem in snapshot.verify(_heard(progress, "checking", articles)):
                    problems.append(problem)  # noqa: PERF402 - what came before damage is kept
        except IndexMissing:
            return CheckReport(state="absent", articles=0, generation=0, problems=(), seconds=0.0)
        except IndexProblem as error:
            problems.append(error.detail)
        return CheckReport(
            state="damaged" if problems else "sound",
            articles=articles,
            generation=generation,
            problems=tuple(problems),
            seconds=round(time.monotonic() - began, 3),
        )

    def close(self) -> None:
        """See Engine.close."""
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.close()
                self._snapshot = None

    def _current(self) -> Snapshot:
        """The newest snapshot; looks for a newer one every refresh_seconds."""
        now = time.monotonic()
        if self._snapshot is None or now - self._looked >= self._settings.index.refresh_seconds:
            self._refresh()
            self._looked = now
        return cast("Snapshot", self._snapshot)

    def _fresh(self) -> Snapshot:
        with self._lock:
            self._refresh()
            return cast("Snapshot", self._snapshot)

    def _refresh(self) -> None:
        held = self._snapshot
        table = newest_table(self.directory)
        if held is not None and table in (None, held.table, self._unopened):
            return
        try:
            self._snapshot = Snapshot(self.directory)
        except IndexProblem:
            if held is None:
                raise
            # What is open stays good; a damaged successor must not take it away, nor be
            # tried again by each request.
            self._unopened = table
            _log.exception("generation %d is still served, for the newest cannot be opened", held.generation)


def _heard(progress: Progress | None, phase: str, total: int) -> Callable[[int], None]:
    """Who counts articles one by one, told of as one phase of the work."""
    return lambda done: progress(phase, done, total) if progress else None
