"""Engines in processes of their own."""

import time

import pytest

from wxsearch.benchmarks.memory import peak_memory
from wxsearch.benchmarks.queries import Question
from wxsearch.benchmarks.worker import TimedReading, Worker, build

QUESTION = Question(kind="or", words=("的",))


def test_peak_memory_is_the_engines_own(small_corpus, tmp_path):
    """What the parent once held is not counted for the engine."""
    ballast = bytearray(b"x") * 500_000_000
    built = build("sqlite", small_corpus, tmp_path / "sqlite")
    del ballast
    assert peak_memory() > 500_000_000
    assert 10_000_000 < built.peak_bytes < 300_000_000


def test_reading_of_ready_tokens_can_be_taken_off():
    """The time in which an engine waits for its tokens is known, and nothing else counts as reading."""

    def slow_reading():
        for _ in range(2):
            _work(0.05)
            yield None

    reading = TimedReading(slow_reading())
    for _ in reading:
        _work(0.2)
    assert 0.1 <= reading.cpu_seconds < 0.2


def _work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_worker_answers_and_times_each_question(small_corpus, tmp_path):
    """A reply holds the answer and the processor and wall time of the asking alone."""
    built = build("sqlite", small_corpus, tmp_path / "sqlite")
    assert built.cpu_seconds > 0
    assert built.index_bytes > small_corpus.text_bytes
    with Worker("sqlite", small_corpus, tmp_path / "sqlite") as worker:
        reply = worker.ask(QUESTION)
        assert reply.answer.total > 0
        assert 0 < reply.cpu_ms < 1000
        assert reply.wall_ms > 0
        memory = worker.memory()
        assert memory.peak >= memory.own > 10_000_000


def test_an_engine_that_fails_is_named(small_corpus, tmp_path, capfd):
    """An engine's failure ends the run with its name, after its own message."""
    with (
        Worker("wxsearch", small_corpus, tmp_path / "absent") as worker,
        pytest.raises(RuntimeError, match="wxsearch failed"),
    ):
        worker.ask(QUESTION)
    assert "IndexMissing" in capfd.readouterr().err
