"""One engine in a process of its own, so that its processor time and memory are its own."""

import resource
import time
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from msgspec import Struct

from wxsearch.analysis.segment import preload
from wxsearch.benchmarks.contender import Answer
from wxsearch.benchmarks.corpus import Corpus, CutArticle, cut_articles
from wxsearch.benchmarks.lineup import contender
from wxsearch.benchmarks.memory import Memory, memory_now, peak_memory
from wxsearch.benchmarks.queries import Question

Kind = TypeVar("Kind")


class Building(Struct, frozen=True, kw_only=True):
    """What indexing took; `cpu_seconds` leaves out the reading of ready tokens."""

    version: str
    cuts_itself: bool
    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int
    index_bytes: int


class Reply(Struct, frozen=True):
    """One answer and what it took, in milliseconds."""

    cpu_ms: float
    wall_ms: float
    answer: Answer


class Worker:
    """An engine that answers in its own process until the block ends."""

    def __init__(self, name: str, corpus: Corpus, directory: Path) -> None:
        self.name = name
        self._process, self._connection = _spawned(_answer, name, corpus, directory)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._connection.close()
        self._process.join()

    def ask(self, question: Question) -> Reply:
        """Asks one question; raises RuntimeError where the engine's process has ended."""
        return _received(self._exchanged(question), Reply)

    def memory(self) -> Memory:
        """The memory of the engine's process."""
        return _received(self._exchanged(None), Memory)

    def _exchanged(self, message: Question | None) -> Any:
        try:
            self._connection.send(message)
            return self._connection.recv()
        except (EOFError, ConnectionError):
            raise RuntimeError(f"{self.name} failed; its own message stands above") from None


def build(name: str, corpus: Corpus, directory: Path) -> Building:
    """Indexes the corpus in a process that ends with it."""
    directory.mkdir(parents=True)
    process, connection = _spawned(_build, name, corpus, directory)
    try:
        return _received(connection.recv(), Building)
    except (EOFError, ConnectionError):
        raise RuntimeError(f"{name} failed; its own message stands above") from None
    finally:
        process.join()


def _processor_seconds() -> float:
    """Of this process and of those that it has started and seen end."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _build(connection: Connection, name: str, corpus: Corpus, directory: Path) -> None:
    engine = contender(name)
    articles = TimedReading(cut_articles(corpus.cut))
    if engine.cuts_itself:
        preload()
    cpu, wall = _processor_seconds(), time.perf_counter()
    engine.build(corpus, articles, directory)
    cpu, wall = _processor_seconds() - cpu, time.perf_counter() - wall
    connection.send(
        Building(
            version=engine.version(),
            cuts_itself=engine.cuts_itself,
            cpu_seconds=cpu - articles.cpu_seconds,
            wall_seconds=wall,
            peak_bytes=peak_memory(),
            index_bytes=sum(entry.stat().st_size for entry in directory.rglob("*") if entry.is_file()),
        )
    )


def _answer(connection: Connection, name: str, corpus: Corpus, directory: Path) -> None:
    engine = contender(name)
    engine.open(corpus, directory)
    while True:
        try:
            question = connection.recv()
        except EOFError:
            engine.close()
            return
        if question is None:
            connection.send(memory_now())
            continue
        plan = engine.plan(question)
        cpu, wall = time.process_time(), time.perf_counter()
        found = engine.ask(plan)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        connection.send(Reply(cpu * 1000, wall * 1000, engine.read(found)))


class TimedReading:
    """Articles being read; knows how much processor time its own steps took."""

    def __init__(self, articles: Iterator[CutArticle]) -> None:
        self._articles = articles
        self.cpu_seconds = 0.0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> CutArticle:
        began = time.thread_time()
        try:
            return next(self._articles)
        finally:
            self.cpu_seconds += time.thread_time() - began


def _spawned(target: Callable[..., None], *arguments: Any) -> tuple[Any, Connection]:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _received(message: Any, kind: type[Kind]) -> Kind:
    assert isinstance(message, kind)
    return message
