"""The process of a worker: reads inputs as it is told on standard input, and says what comes of them.

It ends when its pool is gone, and the system ends it when one article takes too long: a
reader that does not come back cannot look at a clock.
"""

import os
import signal
import sys
from contextlib import suppress

from wxsearch.ingest.intake import Intake
from wxsearch.ingest.workers.frames import Message, Ready, Setup, Task, framed, read_message


class _Voice:
    """Says messages; the clock stands while the pool does not listen."""

    def __init__(self, descriptor: int, seconds: int) -> None:
        self._descriptor = descriptor
        self._seconds = seconds

    def begin(self) -> None:
        """Starts the clock."""
        signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def end(self) -> None:
        """Stops the clock."""
        signal.setitimer(signal.ITIMER_REAL, 0)

    def say(self, message: Message) -> None:
        """Says a message, and starts the clock anew."""
        rest = memoryview(framed(message))
        self.end()
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]
        self.begin()


def main() -> None:
    """Reads until there is nothing more to do."""
    # Of a terminal, all its processes hear Ctrl-C; the pool decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What else would print must not get between the messages.
    descriptor = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    setup = read_message(sys.stdin.buffer)
    if not isinstance(setup, Setup):
        return
    voice = _Voice(descriptor, setup.limits.page_seconds)
    intake = Intake(setup.limits, setup.manner, on_note=voice.say)
    voice.say(Ready())
    voice.end()
    while isinstance(task := read_message(sys.stdin.buffer), Task):
        voice.begin()
        for event in intake.read([task.input()]):
            voice.say(event)
        voice.end()


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main()
