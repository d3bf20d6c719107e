"""What only wxsearch is measured for: typed queries, the second stage, fresh processes, odd strings."""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from wxsearch.analysis import variants
from wxsearch.analysis.vocabulary_files import default_vocabulary
from wxsearch.benchmarks.containment import Containment, draw_strings, measure_containment
from wxsearch.benchmarks.corpus import Corpus
from wxsearch.benchmarks.queries import Question, Questions
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.limits import Limits
from wxsearch.query.parser import parse
from wxsearch.query.request import SearchRequest, read_request
from wxsearch.settings import load_settings

Asked = TypeVar("Asked")

_RUN = "from wxsearch.cli.main import main; main()"
_FRESH_PROCESSES = 5
_HEAD = "WXSEARCH_RANKING_HEAD"
# So many answers go before those that are measured.
_WARMING = 20


class Product(Struct, frozen=True, kw_only=True):
    """Medians in milliseconds: processor time of parsing and of the second stage, wall time of a process.

    `second_stage_x` is the median of what the second stage adds to an answer by its time without. `page_ms`
    is what a first page takes with its passages, counts and other spellings, of a `word` and as `typed`.
    """

    typed_to_tree_ms: float
    page_ms: dict[str, float]
    second_stage_ms: float
    second_stage_x: float
    fresh_search_ms: float
    containment: Containment


def measure_product(
    corpus: Corpus, directory: Path, questions: Questions, scale: float, rounds: int
) -> Product:
    """Measures over an index of wxsearch's own."""
    without, added = _second_stage(directory, questions.asked, rounds)
    return Product(
        typed_to_tree_ms=_typed_to_tree(questions.typed, load_settings({}).limits),
        page_ms={
            "word": _first_page(directory, _single_words(questions)),
            "typed": _first_page(directory, questions.typed),
        },
        second_stage_ms=statistics.median(added),
        second_stage_x=statistics.median(more / own for own, more in zip(without, added, strict=True)),
        fresh_search_ms=_fresh_searches(directory, _single_words(questions)),
        containment=measure_containment(
            corpus, directory, draw_strings(corpus, scale), questions.warming, rounds
        ),
    )


def _typed_to_tree(typed: Sequence[str], limits: Limits) -> float:
    vocabulary = default_vocabulary(limits)
    vocabulary.preload()
    variants.preload()
    took = []
    for text in typed:
        began = time.process_time()
        parse(text[: limits.query_characters], limits, vocabulary)
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took)


def _first_page(directory: Path, typed: Sequence[str]) -> float:
    settings = load_settings({})
    with closing(EmbeddedEngine(directory, settings)) as engine:
        engine.preload()

        def search(text: str) -> None:
            engine.search(read_request({"q": [text]}, settings.limits, engine.vocabulary()))

        return statistics.median(_took(search, typed))


def _second_stage(directory: Path, asked: Sequence[Question], rounds: int) -> tuple[list[float], list[float]]:
    """The milliseconds of each answer without weighing the best by evidence, and what that adds."""
    least = {
        head: list(map(min, zip(*(_answers(directory, asked, head) for _ in range(rounds)), strict=True)))
        for head in ("0", "")
    }
    return least["0"], [two - one for one, two in zip(least["0"], least[""], strict=True)]


def _answers(directory: Path, asked: Sequence[Question], head: str) -> list[float]:
    """The milliseconds of each answer, all of them in an engine that remembers nothing of a round before."""
    settings = load_settings({_HEAD: head} if head else {})
    with closing(EmbeddedEngine(directory, settings)) as engine:
        engine.preload()
        requests = [_request(question, engine, settings.limits) for question in asked]
        return _took(lambda request: _answer(engine, request, settings.limits), requests)


def _took(ask: Callable[[Asked], None], asked: Sequence[Asked]) -> list[float]:
    """The milliseconds of processor time that each takes, once some have been asked."""
    for each in asked[:_WARMING]:
        ask(each)
    # As the service does: what is loaded by now is never garbage.
    gc.collect()
    gc.freeze()
    took = []
    for each in asked:
        began = time.process_time()
        ask(each)
        took.append((time.process_time() - began) * 1000)
    return took


def _answer(engine: EmbeddedEngine, request: SearchRequest, limits: Limits) -> None:
    """All that the first page is made of, as it is measured beside other engines."""
    search = engine.evaluated(request)
    _ = [place.label for place in search.top(request.size)], search.total
    _ = search.counter.paths(), search.counter.timeline("month", limits)


def _request(question: Question, engine: EmbeddedEngine, limits: Limits) -> SearchRequest:
    """The words of a question as somebody would type them."""
    words = question.words
    parameters = {
        "q": [f'"{"".join(words)}"' if question.kind == "phrase" else " ".join(words)],
        "match": ["any" if question.kind == "or" else "all"],
        "facets": [""],
    }
    return read_request(parameters, limits, engine.vocabulary())


def _single_words(questions: Questions) -> list[str]:
    """Words of titles, each a whole query."""
    return [question.words[0] for question in questions.asked if question.kind == "filter"]


def _fresh_searches(directory: Path, words: Sequence[str]) -> float:
    """The median of a few; one goes before, so that all files are in the page cache."""
    took = [_fresh_search(directory, word) for word in (words[0], *words[:_FRESH_PROCESSES])]
    return statistics.median(took[1:])


def _fresh_search(directory: Path, query: str) -> float:
    """A whole `wxsearch search`, from its start to its end."""
    command = [sys.executable, "-c", _RUN, "search", "--json", "--index", str(directory), "--", query]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("WXSEARCH_")}
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)  # noqa: S603 - our own command
    return (time.perf_counter() - began) * 1000
