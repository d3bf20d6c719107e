"""What other processes do to an index: python processes.py COMMAND DIRECTORY [ARGUMENT…]."""

import os
import signal
import sys
import time
from pathlib import Path

from support.faultfs import FaultStorage, kill_at
from support.ledger import STEPS, change, read
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.publication import Writer
from wxsearch.index.storage import FileStorage


def say(*words):
    print(*words, flush=True)


def die(storage, step, point):
    """Commits a step and kills itself, really, before one call."""
    fault = kill_at(int(point), by=lambda: os.kill(os.getpid(), signal.SIGKILL))
    change(FaultStorage(storage, fault), **STEPS[step][0])


def write(storage):
    """Commits numbers for ever, saying each when it is acknowledged."""
    number = int(read(open_newest(storage)).get("n", 0))
    while True:
        number += 1
        change(storage, {"n": str(number)}, merge=number % 8 == 0)
        say(number)


def hold(storage):
    """Becomes the writer and stays it."""
    with Writer(storage):
        say("held")
        sys.stdin.read()


def watch(storage, last):
    """Opens over and over until the number is `last`; says how often."""
    opened, times, seen = None, 0, 0
    say("ready")
    while seen < int(last):
        # In turn from nothing, and from what is mapped already.
        opened = open_newest(storage, known=opened if times % 2 else None, verified=Verified())
        assert opened.degraded is None, opened.degraded
        number = int(read(opened).get("n", 0))
        assert number >= seen, f"{number} after {seen}"
        seen, times = number, times + 1
        time.sleep(0.001)
    say(times)


if __name__ == "__main__":
    command, directory, *arguments = sys.argv[1:]
    {"die": die, "write": write, "hold": hold, "watch": watch}[command](
        FileStorage(Path(directory)), *arguments
    )
