"""What other processes do to an index: python processes.py COMMAND DIRECTORY [ARGUMENT…]."""

import os
import signal
import sys
import time
from pathlib import Path

from support.commits import (
    STEPS,
    articles_of,
    by_engine,
    by_stored_articles,
    change,
    engine_over,
    number_of,
    numbered,
)
from support.faultfs import FaultStorage, kill_at
from wxsearch.errors import WriterLocked
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.storage import FileStorage
from wxsearch.whoosh_door.table import tables


def say(*words):
    print(*words, flush=True)


def die(storage, step, point):
    """Commits a step and kills itself, really, before one call."""
    fault = kill_at(int(point), by=lambda: os.kill(os.getpid(), signal.SIGKILL))
    change(FaultStorage(storage, fault), **STEPS[step][0])


def write(storage):
    """Commits numbered batches for ever, merging at times, and says each when it is acknowledged."""
    number = number_of(by_engine(storage))
    while True:
        number += 1
        engine = change(storage, numbered(number))
        say(number)
        if number % 8 == 0:
            engine.merge()


def hold(storage):
    """Becomes the writer and stays it."""
    with IndexWriter(storage, 16, tables):
        say("held")
        sys.stdin.read()


def watch(storage, last):
    """Opens over and over until the batch is `last`; says how often."""
    times, seen = 0, 0
    follower = engine_over(storage)
    say("ready")
    while seen < int(last):
        # In turn from nothing, by two ways, and from what is mapped already.
        if times % 3:
            number = number_of((by_engine, by_stored_articles)[times % 3 - 1](storage))
        else:
            number = int(follower.get("a").title[1:-1])
            assert follower.degraded() is None
        assert number >= seen, f"{number} after {seen}"
        seen, times = number, times + 1
        time.sleep(0.002)
    say(times)


def send(storage, count):
    """Sends a batch so many times, waiting for another writer to end."""
    batch = articles_of({f"s{number}": f"第{number}篇" for number in range(20)})
    for _ in range(int(count)):
        while True:
            try:
                summary = engine_over(storage).index(batch)
            except WriterLocked:
                time.sleep(0.002)
            else:
                say(summary.added, summary.updated, summary.unchanged)
                break


def follow(storage, last):
    """Says each new generation and when it was seen, by an engine with the default settings."""
    engine = engine_over(storage, refresh_seconds=0.2)
    seen = engine.generation()
    say("ready")
    while seen < int(last):
        if (generation := engine.generation()) != seen:
            seen = generation
            say(seen, time.monotonic())
        time.sleep(0.002)


def show(storage):
    """Says how many articles there are, as somebody who has seen nothing before."""
    say(len(by_stored_articles(storage)))


if __name__ == "__main__":
    command, directory, *arguments = sys.argv[1:]
    commands = {"die": die, "write": write, "hold": hold, "watch": watch, "send": send, "follow": follow}
    (commands | {"show": show})[command](FileStorage(Path(directory)), *arguments)
