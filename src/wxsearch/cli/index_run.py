"""A run of indexing: what is read is published in parts, and after each the rest is settled.

The order is what makes a run resumable: articles are published, rejects are safe in their
folder, and only then the ledger says that their files are done. Killed in between, the files of
one part are read again, and found unchanged.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain

from msgspec.structs import replace

from wxsearch.cli.output import counted
from wxsearch.engines.base import Engine, Progress
from wxsearch.errors import RejectsProblem, WriterLocked, WxsearchError
from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.intake import Event
from wxsearch.ingest.ledger import Ledger, Outcome, ReadFile
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.paths import Input, absolute, displayed
from wxsearch.ingest.rejects import Rejects
from wxsearch.ingest.source import Rejected
from wxsearch.models import Article, IndexSummary, Rejection

# Between two parts another process may write; it has so long to come to its end.
_PATIENCE_SECONDS = 600
_PAUSE_SECONDS = 0.2
# Another time these may well be read.
_PASSING = frozenset(("unreadable", "reading_failed", "reading_timed_out"))
# A file with more is read again, rather than remembered with all of them.
_MOST_REJECTIONS = 100


class IndexRun:
    """Hands what is read to an engine; `on_trouble` hears what stops no run."""

    def __init__(
        self,
        engine: Engine,
        ledger: Ledger,
        rejects: Rejects,
        manner: Manner,
        most_named: int,
        on_trouble: Callable[[str], None],
    ) -> None:
        self._most_named = most_named
        self._engine = engine
        self._ledger = ledger
        self._rejects = _Keeping(rejects, manner, on_trouble)
        self._on_trouble = on_trouble
        self._readings: list[ReadFile] = []

    def index(
        self,
        inputs: Iterable[Input],
        events: Iterator[Event],
        progress: Progress,
        *,
        part: int | None = None,
        rebuild: bool = False,
    ) -> IndexSummary:
        """Indexes the events that come of the inputs, published whenever there are `part` articles.

        A part ends with a file. Raises as Engine.index; what was published before stays.
        """
        files = iter(inputs)
        summary = self._engine.index(self._part(files, events, part), rebuild=rebuild, progress=progress)
        self._settle()
        while (event := next(events, None)) is not None:
            items = self._part(files, chain((event,), events), part)
            try:
                summary = joined(summary, self._next_part(items, progress), self._most_named)
            except WxsearchError:
                # The error speaks of its own part alone, which changed nothing.
                if done := summary.added + summary.updated:
                    self._on_trouble(_published(done))
                raise
            self._settle()
        self._rejects.tell()
        if self._ledger.trouble:
            self._on_trouble(self._ledger.trouble)
        return summary

    def _part(
        self, files: Iterator[Input], events: Iterator[Event], most: int | None
    ) -> Iterator[Article | Rejection]:
        taken = articles = 0
        rejections: list[Rejection] = []
        for event in events:
            if isinstance(event, FileState):
                self._finish(next(files), event, Outcome(articles, tuple(rejections)))
                taken, articles, rejections = taken + articles, 0, []
                if most is not None and taken >= most:
                    return
            elif isinstance(event, Rejected):
                self._rejects.keep(event)
                if len(rejections) <= _MOST_REJECTIONS:
                    rejections.append(event.plain())
                yield event.plain()
            else:
                articles += 1
                yield event

    def _next_part(self, items: Iterator[Article | Rejection], progress: Progress) -> IndexSummary:
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return self._engine.index(items, progress=progress)
            except WriterLocked:
                # Nothing was taken from the items.
                if time.monotonic() >= end:
                    raise
                time.sleep(_PAUSE_SECONDS)

    def _finish(self, found: Input, state: FileState, outcome: Outcome) -> None:
        """A file was read to its end."""
        self._rejects.finish(absolute(displayed(found.path)) if state.digest else None)
        passing = any(rejection.code in _PASSING for rejection in outcome.rejections)
        if state.digest and not passing and len(outcome.rejections) <= _MOST_REJECTIONS:
            self._readings.append(ReadFile(found.path, state, outcome))

    def _settle(self) -> None:
        self._rejects.settle()
        # What was rejected and could not be kept is read again, and kept, by the next run.
        done = [each for each in self._readings if not (self._rejects.is_broken and each.outcome.rejections)]
        self._ledger.note(done)
        self._readings.clear()


def _published(articles: int) -> str:
    done = counted(articles, "article")
    return f"this run had published {done} before, which stay; the same command goes on from there"


class _Keeping:
    """The folder of rejects during a run: a broken one is told of and left alone."""

    def __init__(self, rejects: Rejects, manner: Manner, on_trouble: Callable[[str], None]) -> None:
        self._rejects = rejects
        self._manner = manner
        self._on_trouble = on_trouble
        self.is_broken = False
        self._before: dict[str, list[str]] | None = None
        self._now: set[str] = set()
        self._gone: list[str] = []

    def keep(self, rejected: Rejected) -> None:
        """Keeps what was rejected of the file that is being read."""
        with self._watched():
            if self.is_broken:
                return
            self._know()
            self._now.add(self._rejects.keep(rejected, self._manner))

    def finish(self, path: str | None) -> None:
        """A file was read; what was rejected of it before, and not this time, is to go."""
        with self._watched():
            if path is not None and not self.is_broken:
                self._gone += (each for each in self._know().get(path, ()) if each not in self._now)
        self._now.clear()

    def settle(self) -> None:
        """What was read is in the index."""
        with self._watched():
            if self.is_broken:
                return
            self._rejects.settle()
            self._rejects.drop(self._gone)
        self._gone.clear()

    def tell(self) -> None:
        """Says how much found no room."""
        if self._rejects.omitted:
            self._on_trouble(
                f"{counted(self._rejects.omitted, 'reject')} found no room in {self._rejects.directory}"
                " (limits.rejects_bytes, limits.rejects_kept)"
            )

    def _know(self) -> dict[str, list[str]]:
        if self._before is None:
            self._before = self._rejects.below()
        return self._before

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except RejectsProblem as problem:
            self.is_broken = True
            self._on_trouble(f"rejects are not kept: {problem.detail}")


def joined(one: IndexSummary, other: IndexSummary, most_named: int) -> IndexSummary:
    """The summary of two parts of a run, the later one last."""
    sums = ("read", "added", "updated", "unchanged", "rejected", "duplicates", "skipped")
    return replace(
        other,
        **{name: getattr(one, name) + getattr(other, name) for name in sums},
        generation=other.generation or one.generation,
        seconds=round(one.seconds + other.seconds, 3),
        rejections=(*one.rejections, *other.rejections)[:most_named],
    )
