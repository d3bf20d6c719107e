"""The embedded engine: an index directory, read through snapshots, written in runs."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import cast

import numpy as np

from wxsearch.dates import printed
from wxsearch.engines.base import Progress
from wxsearch.errors import (
    IndexCorrupt,
    IndexMissing,
    NotFound,
    WxsearchError,
)
from wxsearch.index.directory import newest_generation, open_index, open_or_create_index
from wxsearch.index.schema import UNDATED
from wxsearch.index.snapshot import Snapshot
from wxsearch.index.spool import Spool
from wxsearch.index.writer import held_versions, write, writing
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


class EmbeddedEngine:
    """Articles in a directory of this machine; see engines/base.py for the promises."""

    name = "embedded"

    def __init__(self, directory: Path, settings: Settings) -> None:
        self.directory = directory
        self._settings = settings
        ranking = settings.ranking
        self._weights = Weights(ranking.k1, ranking.b, ranking.title_weight)
        self._snapshot: Snapshot | None = None
        self._looked = 0.0
        # Whoosh's readers are for one thread at a time; reading is bound by the processor,
        # so that threads taking turns lose nothing.
        self._lock = Lock()

    def index(
        self, items: Iterable[Article | Rejection], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IndexSummary:
        """See Engine.index."""
        began = time.monotonic()
        index = open_or_create_index(self.directory, anew=rebuild)
        rejections: list[Rejection] = []
        rejected = 0
        with writing(index, self._settings.index.memory_mb) as writer:
            held = {} if rebuild else held_versions(index)
            with Spool({article_id: digest for article_id, (_, digest) in held.items()}) as spool:
                for item in items:
                    if isinstance(item, Article):
                        spool.add(item)
                        continue
                    rejected += 1
                    if rejected <= self._settings.limits.rejections:
                        rejections.append(item)
                if len(spool) or rebuild:
                    replaced = [held[article_id][0] for article_id in spool.ids() if article_id in held]
                    waiting = len(spool)
                    write(
                        writer,
                        spool.stored(),
                        replaced,
                        rebuild=rebuild,
                        on_article=lambda done: progress("indexing", done, waiting) if progress else None,
                    )
        snapshot = self._fresh()
        return IndexSummary(
            read=spool.added + spool.updated + spool.unchanged + rejected,
            added=spool.added,
            updated=spool.updated,
            unchanged=spool.unchanged,
            rejected=rejected,
            duplicates=spool.duplicates,
            total=snapshot.total,
            generation=snapshot.generation,
            seconds=round(time.monotonic() - began, 3),
            rejections=tuple(rejections),
        )

    def delete(self, ids: Sequence[str]) -> DeleteSummary:
        """See Engine.delete."""
        index = open_index(self.directory)
        wanted = list(dict.fromkeys(ids))
        with writing(index, self._settings.index.memory_mb) as writer:
            held = held_versions(index)
            replaced = [held[article_id][0] for article_id in wanted if article_id in held]
            if replaced:
                write(writer, (), replaced, rebuild=False, on_article=lambda _: None)
        snapshot = self._fresh()
        return DeleteSummary(
            deleted=len(replaced),
            missing=tuple(article_id for article_id in wanted if article_id not in held),
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
                bytes=snapshot.bytes,
            )

    def check(self, progress: Progress | None = None) -> CheckReport:
        """See Engine.check: every posting, column and stored article is read once."""
        began = time.monotonic()
        problems: list[str] = []
        articles = generation = 0
        try:
            with closing(Snapshot(self.directory)) as snapshot:
                articles, generation = snapshot.total, snapshot.generation
                problems = list(_disagreements(snapshot, progress))
                snapshot.verify()
        except IndexMissing:
            return CheckReport(state="absent", articles=0, generation=0, problems=(), seconds=0.0)
        except WxsearchError as error:
            problems.append(error.detail)
        except Exception as error:  # noqa: BLE001 - damage shows as any exception of Whoosh
            problems.append(f"{self.directory}: {type(error).__name__}: {error}")
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
        if self._snapshot is None or now - self._looked >= self._settings.service.refresh_seconds:
            self._refresh()
            self._looked = now
        return cast("Snapshot", self._snapshot)

    def _fresh(self) -> Snapshot:
        with self._lock:
            self._refresh()
            return cast("Snapshot", self._snapshot)

    def _refresh(self) -> None:
        newest = newest_generation(self.directory)
        if self._snapshot is None or (newest is not None and newest != self._snapshot.generation):
            try:
                self._snapshot = Snapshot(self.directory)
            except WxsearchError:
                raise
            except Exception as error:
                raise IndexCorrupt(
                    f"{self.directory} cannot be read ({error}); rebuild it with --rebuild"
                ) from error


def _disagreements(snapshot: Snapshot, progress: Progress | None) -> Iterator[str]:
    """Stored articles that do not say what the columns say; progress counts articles."""
    documents = np.flatnonzero(snapshot.live).tolist()
    for done, document in enumerate(documents, start=1):
        if snapshot.article(document).id != snapshot.ids[document]:
            yield f"{snapshot.directory}: article {snapshot.ids[document]} is stored under another id"
        if progress:
            progress("checking", done, len(documents))
