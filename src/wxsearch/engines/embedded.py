"""The embedded engine: an index directory, read through snapshots, written in runs."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np
from msgspec.structs import replace

from wxsearch.analysis import fold_arrays, variants
from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.dates import printed
from wxsearch.engines.base import Progress
from wxsearch.engines.newest import NewestSearcher
from wxsearch.engines.vocabulary import vocabulary_files
from wxsearch.errors import IndexProblem, NotFound
from wxsearch.index.examination import examine, repaired
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.manifest import Manifest
from wxsearch.index.merging import Choice, down_to, due, merge
from wxsearch.index.segment.columns import UNDATED
from wxsearch.index.snapshot import LiveSegment, open_snapshot, stored_articles
from wxsearch.index.spool import Spool
from wxsearch.index.storage import FileStorage, Storage
from wxsearch.models import (
    Article,
    CheckReport,
    DeleteSummary,
    FamilyMembers,
    Hit,
    IndexSummary,
    Rejection,
    Relaxation,
    SearchResult,
    Statistics,
    Suggestion,
    Understanding,
)
from wxsearch.query.notes import sentences
from wxsearch.query.parser import parse
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Everything, Query
from wxsearch.search.deadline import Deadline
from wxsearch.search.evidence import EvidenceWeights
from wxsearch.search.recency import RecencyWeights
from wxsearch.search.relaxing import Relaxer
from wxsearch.search.scoring import Weights
from wxsearch.search.search import Search
from wxsearch.search.searcher import Searcher
from wxsearch.search.suggestions.pieces import find_pieces
from wxsearch.search.suggestions.suggester import Suggester
from wxsearch.settings import RankingSettings, Settings
from wxsearch.whoosh_door.table import tables

_EVERYTHING = Query("", Everything(), "")


class EmbeddedEngine:
    """Articles in a directory of this machine; see engines/base.py for the promises."""

    name = "embedded"

    def __init__(self, directory: Path, settings: Settings, storage: Storage | None = None) -> None:
        """Opens nothing yet; `storage` is what to use instead of the files of the directory."""
        self.directory = directory
        self._settings = settings
        self._storage = FileStorage(directory) if storage is None else storage
        weights = _weights(settings.ranking)
        self._newest = NewestSearcher(self._storage, weights, settings.index.refresh_seconds)
        self._vocabulary = vocabulary_files(settings)
        # Gone with the searcher: what is open of an old generation is let go.
        self._suggesters: WeakKeyDictionary[Searcher, Suggester] = WeakKeyDictionary()
        self._relaxers: WeakKeyDictionary[Searcher, Relaxer] = WeakKeyDictionary()

    def preload(self) -> None:
        """See Engine.preload."""
        self._vocabulary.current().preload()
        variants.preload()
        fold_arrays.preload()
        searcher = self._newest.current()
        searcher.preload()
        if self._settings.query.suggest_below:
            self._suggester(searcher)

    def index(
        self, items: Iterable[Article | Rejection], *, rebuild: bool = False, progress: Progress | None = None
    ) -> IndexSummary:
        """See Engine.index. Merging is left to `merge_due`."""
        began = time.monotonic()
        limit = self._settings.limits.rejections
        rejections: list[Rejection] = []
        rejected = 0
        self._make()
        with (
            IndexWriter(self._storage, self._settings.index.memory_mb, tables, rebuild=rebuild) as writer,
            Spool(writer.held) as spool,
        ):
            for item in items:
                if isinstance(item, Article):
                    spool.add(item)
                    continue
                rejected += 1
                if rejected <= limit:
                    rejections.append(item)
            # A run of nothing but rejects is a slip: it neither empties an index nor makes one.
            manifest: Manifest | None
            if len(spool) or (not rejected and (rebuild or writer.before is None)):
                manifest = writer.commit(spool, _heard(progress, "indexing", len(spool)))
            else:
                manifest = writer.before.manifest if writer.before else None
        return IndexSummary(
            read=spool.added + spool.updated + spool.unchanged + rejected,
            added=spool.added,
            updated=spool.updated,
            unchanged=spool.unchanged,
            rejected=rejected,
            duplicates=spool.duplicates,
            total=manifest.articles if manifest else 0,
            generation=manifest.generation if manifest else 0,
            seconds=round(time.monotonic() - began, 3),
            rejections=tuple(rejections),
        )

    def rebuild(self, progress: Progress | None = None) -> IndexSummary:
        """Indexes all articles that are held anew, by the rules of this version.

        Reads what open_snapshot does, and an index that was folded by other rules.
        """
        stored_articles(self._storage)  # raises where there are none, before anything is made

        # Looked up again by the writer: what others published before it began is not to be lost.
        def articles() -> Iterator[Article]:
            yield from stored_articles(self._storage)

        return self.index(articles(), rebuild=True, progress=progress)

    def merge(self, most: int = 1, progress: Progress | None = None) -> None:
        """Merges segments until at most `most` are left, as far as segments can hold them."""
        while self._merged(down_to(most), progress):
            pass

    def merge_due(self, progress: Progress | None = None) -> None:
        """Merges what has become too many segments; readers and other writers go on meanwhile."""
        while self._merged(due, progress):
            pass

    def delete(self, ids: Sequence[str]) -> DeleteSummary:
        """See Engine.delete."""
        wanted = list(dict.fromkeys(ids))
        before = open_snapshot(self._storage)
        with IndexWriter(self._storage, self._settings.index.memory_mb, tables) as writer:
            found = dict.fromkeys(article_id for article_id in wanted if writer.holds(article_id))
            manifest = writer.delete(found) if found else before.manifest
        return DeleteSummary(
            deleted=len(found),
            missing=tuple(article_id for article_id in wanted if article_id not in found),
            total=manifest.articles,
            generation=manifest.generation,
        )

    def search(self, request: SearchRequest) -> SearchResult:
        """See Engine.search."""
        searcher = self._newest.current()
        deadline = Deadline(self._settings.limits.search_milliseconds / 1000)
        strict, search, relaxed = self._relaxed(request, searcher, deadline)
        query = request.query
        return SearchResult(
            query=query.typed,
            total=search.total,
            hits=search.page(),
            facets=search.facets(),
            query_understood=Understanding(query.understood, sentences(query.notes)),
            relaxed=relaxed,
            did_you_mean=self._did_you_mean(request, searcher, strict),
            partial=search.partial,
            generation=searcher.snapshot.generation,
        )

    def evaluated(self, request: SearchRequest) -> Search:
        """A search as arrays, never relaxed, for who wants less than a whole SearchResult."""
        return self._search(request, self._newest.current())

    def scan(self, request: SearchRequest) -> Iterator[Hit]:
        """See Engine.scan; what is open stays open as long as it is read."""
        _, search, _ = self._relaxed(request, self._newest.current(), Deadline(float("inf")))
        return search.all_hits()

    def get(self, article_id: str) -> Article:
        """See Engine.get."""
        live, document = _found(self._newest.current(), article_id)
        return live.segment.article(document)

    def family(self, article_id: str) -> FamilyMembers | None:
        """See Engine.family."""
        searcher = self._newest.current()
        document = searcher.collection.number(*_found(searcher, article_id))
        return searcher.families.members(document, self._settings.limits.family_members)

    def vocabulary(self) -> Vocabulary:
        """See Engine.vocabulary."""
        return self._vocabulary.current()

    def generation(self) -> int:
        """See Engine.generation."""
        return self._newest.current().snapshot.generation

    def degraded(self) -> str | None:
        """See Engine.degraded."""
        return self._newest.degraded() or self._vocabulary.degraded()

    def statistics(self) -> Statistics:
        """See Engine.statistics."""
        searcher = self._newest.current()
        snapshot = searcher.snapshot
        counter = self._search(SearchRequest(query=_EVERYTHING), searcher).counter
        collection = searcher.collection
        starts = collection.starts if collection.live is None else collection.starts[collection.live]
        dated = starts[starts != UNDATED]
        catalog = collection.catalog
        return Statistics(
            engine=self.name,
            articles=snapshot.total,
            undated=len(starts) - len(dated),
            categories=sum(catalog.paths[number] != () for number in np.flatnonzero(counter.paths())),
            sources=sum(catalog.sources[number] != "" for number in np.flatnonzero(counter.sources())),
            first=printed(int(dated.min())) if len(dated) else None,
            last=printed(int(dated.max())) if len(dated) else None,
            generation=snapshot.generation,
            segments=len(snapshot.segments),
            bytes=snapshot.size,
        )

    def check(self, progress: Progress | None = None, *, full: bool = False) -> CheckReport:
        """See Engine.check: every byte is read, and structures are compared on a sample, or all.

        Where bytes are damaged, the newest whole generation becomes the newest again.
        """
        report = examine(self._storage, full=full, on_article=_heard(progress, "checking", 0))
        return repaired(self._storage, report) if report.state == "damaged" else report

    def close(self) -> None:
        """See Engine.close."""
        self._newest.drop()

    def _make(self) -> None:
        try:
            FileStorage.make(self.directory)
        except OSError as error:
            raise IndexProblem(f"{self.directory} cannot be made ({error.strerror})") from error

    def _search(self, request: SearchRequest, searcher: Searcher) -> Search:
        limits = self._settings.limits
        return Search(request, searcher, limits, Deadline(limits.search_milliseconds / 1000))

    def _relaxed(
        self, request: SearchRequest, searcher: Searcher, deadline: Deadline
    ) -> tuple[Search, Search, Relaxation | None]:
        """The search as it was asked for, the one to answer with, and what was given up for that."""
        strict = Search(request, searcher, self._settings.limits, deadline)
        relaxer = self._relaxers.get(searcher)
        if relaxer is None:
            # Of two made at once either will do.
            relaxer = self._relaxers[searcher] = Relaxer(self._settings.query.relax_below)
        return strict, *relaxer.relax(request, strict, self.vocabulary().cutter)

    def _did_you_mean(
        self, request: SearchRequest, searcher: Searcher, search: Search
    ) -> tuple[Suggestion, ...]:
        """Other queries, where all words of this one find little, also without its filters."""
        below, limits = self._settings.query.suggest_below, self._settings.limits
        vocabulary = self.vocabulary()
        if request.expand is not None:
            vocabulary = vocabulary.limited_to(request.expand)
        if request.match == "any":
            # Where one word is enough, hardly any misspelt query finds little.
            request = replace(request, match="all", query=parse(request.query.typed, limits, vocabulary))
            search = self._search(request, searcher)
        if search.partial or search.matches >= below:
            return ()
        pieces = find_pieces(request.query)
        if not pieces:
            return ()
        # Loaded before the clock starts.
        suggester = self._suggester(searcher)
        vocabulary.preload()
        deadline = Deadline(limits.suggestion_milliseconds / 1000)

        def count(asked: SearchRequest) -> int | None:
            if deadline.passed():
                return None
            counted = Search(asked, searcher, limits, deadline)
            return None if counted.partial else counted.matches

        everywhere = count(replace(request, categories=(), sources=(), since=None, until=None))
        if everywhere is None or everywhere >= below:
            return ()
        return suggester.suggest(request, pieces, vocabulary, search.matches, count)

    def _suggester(self, searcher: Searcher) -> Suggester:
        found = self._suggesters.get(searcher)
        if found is None:
            found = self._suggesters[searcher] = Suggester(searcher.snapshot, self._settings.limits)
        return found

    def _merged(self, choice: Choice, progress: Progress | None) -> bool:
        return (
            merge(
                self._storage,
                self._settings.index.memory_mb,
                tables,
                choice,
                _heard(progress, "merging", 0),
            )
            is not None
        )


def _found(searcher: Searcher, article_id: str) -> tuple[LiveSegment, int]:
    found = searcher.snapshot.find(article_id)
    if found is None:
        raise NotFound(f"there is no article with the id {article_id!r}")
    return found


def _heard(progress: Progress | None, phase: str, total: int) -> Callable[[int], None]:
    """Who counts articles one by one, told of as one phase of the work."""
    return lambda done: progress(phase, done, total or None) if progress else None


def _weights(ranking: RankingSettings) -> Weights:
    evidence = EvidenceWeights(
        head=ranking.head,
        head_least=ranking.head_least,
        head_characters=ranking.head_characters,
        head_total=ranking.head_total,
        characters=ranking.characters,
        bigrams=ranking.bigrams,
        longer=ranking.longer,
        lead=ranking.lead,
        window=ranking.window,
        lead_characters=ranking.lead_characters,
        window_characters=ranking.window_characters,
        headline=ranking.headline,
        headline_characters=ranking.headline_characters,
    )
    return Weights(
        k1=ranking.k1,
        b=ranking.b,
        title=ranking.title_weight,
        evidence=evidence if ranking.head else None,
        recency=RecencyWeights(ranking.recency, ranking.half_life_days) if ranking.recency else None,
        copies=ranking.copies,
    )
