"""The measuring itself: engines built one after another, then asked in turn."""

import statistics
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from wxsearch.benchmarks.contender import Answer
from wxsearch.benchmarks.corpus import Corpus
from wxsearch.benchmarks.queries import Question
from wxsearch.benchmarks.worker import Building, Reply, Worker, build

Say = Callable[[str], None]


class Asked(Struct, frozen=True, kw_only=True):
    """One engine's answers, and its medians over the rounds in milliseconds, a question each."""

    cpu_ms: list[float]
    wall_ms: list[float]
    answers: list[Answer]
    peak_bytes: int


def build_all(names: Sequence[str], corpus: Corpus, folder: Path, say: Say) -> dict[str, Building]:
    """Builds each engine's index in its own directory of the folder."""
    built = {}
    for name in names:
        built[name] = build(name, corpus, folder / name)
        say(f"{name}: indexed in {built[name].wall_seconds:.1f} s")
    return built


def ask_in_turn(
    names: Sequence[str],
    corpus: Corpus,
    folder: Path,
    questions: Sequence[Question],
    rounds: int,
    say: Say,
) -> dict[str, Asked]:
    """Puts each question to all engines before the next, so that all meet the same load.

    The engine that answers first changes with every question. One question of each kind
    is asked beforehand, unmeasured.
    """
    with ExitStack() as stack:
        workers = {name: stack.enter_context(Worker(name, corpus, folder / name)) for name in names}
        for question in {question.kind: question for question in questions}.values():
            for worker in workers.values():
                worker.ask(question)
        replies: dict[str, list[list[Reply]]] = {name: [[] for _ in questions] for name in names}
        for number in range(1, rounds + 1):
            for place, question in enumerate(questions):
                first = (place + number) % len(names)
                for name in (*names[first:], *names[:first]):
                    replies[name][place].append(workers[name].ask(question))
            say(f"round {number} of {rounds}: {len(questions)} questions")
        return {
            name: Asked(
                cpu_ms=[statistics.median(reply.cpu_ms for reply in each) for each in replies[name]],
                wall_ms=[statistics.median(reply.wall_ms for reply in each) for each in replies[name]],
                answers=[each[0].answer for each in replies[name]],
                peak_bytes=workers[name].peak_bytes(),
            )
            for name in names
        }
