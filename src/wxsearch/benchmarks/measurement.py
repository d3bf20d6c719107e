"""The measuring itself: engines built one after another, then asked in turn."""

import statistics
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from wxsearch.benchmarks.contender import Answer
from wxsearch.benchmarks.corpus import Corpus
from wxsearch.benchmarks.memory import Memory
from wxsearch.benchmarks.queries import Questions
from wxsearch.benchmarks.worker import Building, Reply, Worker, build

Say = Callable[[str], None]


class Asked(Struct, frozen=True, kw_only=True):
    """One engine's answers, and its medians over the rounds in milliseconds, a question each.

    `opened_bytes` is the memory of its own after the first few questions, `own_bytes` that
    after all of them; None where the system does not tell.
    """

    cpu_ms: list[float]
    wall_ms: list[float]
    answers: list[Answer]
    peak_bytes: int
    opened_bytes: int | None
    own_bytes: int | None


class _Round(NamedTuple):
    """What one engine answered in one round, and its memory before and after."""

    replies: list[Reply]
    opened: Memory
    ended: Memory


def build_all(names: Sequence[str], corpus: Corpus, folder: Path, say: Say) -> dict[str, Building]:
    """Builds each engine's index in its own directory of the folder."""
    built = {}
    for name in names:
        built[name] = build(name, corpus, folder / name)
        say(f"{name}: indexed in {built[name].wall_seconds:.1f} s")
    return built


def ask_in_turn(
    names: Sequence[str], corpus: Corpus, folder: Path, questions: Questions, rounds: int, say: Say
) -> dict[str, Asked]:
    """Puts each question to all engines before the next, so that all meet the same load.

    The engine that answers first changes with every question. Each round is answered by
    new processes, so that no answer is remembered from the round before; a few questions
    are asked beforehand, unmeasured.
    """
    taken: dict[str, list[_Round]] = {name: [] for name in names}
    for number in range(1, rounds + 1):
        with ExitStack() as stack:
            workers = {name: stack.enter_context(Worker(name, corpus, folder / name)) for name in names}
            for name, each in _round(workers, questions, number).items():
                taken[name].append(each)
        say(f"round {number} of {rounds}: {len(questions.asked)} questions")
    return {name: _over(rounds_taken) for name, rounds_taken in taken.items()}


def _round(workers: dict[str, Worker], questions: Questions, number: int) -> dict[str, _Round]:
    for question in questions.warming:
        for worker in workers.values():
            worker.ask(question)
    opened = {name: worker.memory() for name, worker in workers.items()}
    names = list(workers)
    replies: dict[str, list[Reply]] = {name: [] for name in names}
    for place, question in enumerate(questions.asked):
        first = (place + number) % len(names)
        for name in (*names[first:], *names[:first]):
            replies[name].append(workers[name].ask(question))
    return {name: _Round(replies[name], opened[name], workers[name].memory()) for name in names}


def _over(rounds: Sequence[_Round]) -> Asked:
    """The rounds of one engine as one: times are medians, memory is the most."""
    by_question = list(zip(*(each.replies for each in rounds), strict=True))
    return Asked(
        cpu_ms=[statistics.median(reply.cpu_ms for reply in each) for each in by_question],
        wall_ms=[statistics.median(reply.wall_ms for reply in each) for each in by_question],
        answers=[each[0].answer for each in by_question],
        peak_bytes=max(each.ended.peak for each in rounds),
        opened_bytes=max((each.opened.own for each in rounds if each.opened.own is not None), default=None),
        own_bytes=max((each.ended.own for each in rounds if each.ended.own is not None), default=None),
    )
