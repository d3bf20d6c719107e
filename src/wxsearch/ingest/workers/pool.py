"""Several workers that read files side by side; what comes of them comes in the order of the files."""

import os
import selectors
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from wxsearch.errors import IngestProblem, ReadingFailed, ReadingTimedOut, StartProblem
from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.intake import Event, Intake, OnBytes, beginning, total_bytes
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.notes import Note, OnNote, discard
from wxsearch.ingest.paths import Input, displayed
from wxsearch.ingest.reading import Reading
from wxsearch.ingest.source import Rejected
from wxsearch.ingest.workers.clock import timed
from wxsearch.ingest.workers.frames import Frames, Message, Ready, Setup, Task, framed
from wxsearch.limits import Limits

# A larger file is read by this process: what comes of it would only be copied.
_SHARED_BYTES = 4 << 20
# Fewer files are read by one process; if they are small, sooner by this one than another starts.
_FEW_FILES = 64
_FEW_BYTES = 1 << 20
# Files are handed out so many at a time, and read so many a worker ahead of what is asked for.
_BATCH = 8
_AHEAD = 4 * _BATCH
# With more waiting to be asked for, only the worker is heard that has what comes next.
_WAITING_BYTES = 64 << 20
_PIECE_BYTES = 1 << 18


class _Order:
    """An input on its way: what has come of it so far, with its sizes, and whether that is all."""

    def __init__(self, found: Input) -> None:
        self.found = found
        self.is_shared = _is_shared(found)
        self.messages: deque[tuple[Message, int]] = deque()
        self.done = False


class _Worker:
    """A process, and the orders that it has, in the order in which it works."""

    def __init__(self, setup: Setup) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "wxsearch.ingest.workers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError as error:
            raise StartProblem(f"no process can be started for reading ({error.strerror})") from error
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin, self.stdout = self._process.stdin, self._process.stdout
        self.orders: deque[_Order] = deque()
        self.frames = Frames()
        self.is_ready = False
        self._send([setup])

    def take(self, orders: Iterable[_Order]) -> None:
        """Hands orders out; a process that is gone will be noticed by its silence."""
        self.orders.extend(orders)
        self._send(Task.of(order.found) for order in self.orders)

    def end(self) -> int:
        """Kills the process, if it is there; gives how it ended."""
        self._process.kill()
        with suppress(BrokenPipeError):
            self._stdin.close()
        self.stdout.close()
        return self._process.wait()

    def ended(self) -> int:
        """How the process ended that has closed its output."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return self.end()

    def _send(self, messages: Iterable[Message]) -> None:
        with suppress(BrokenPipeError):
            self._stdin.write(b"".join(map(framed, messages)))
            self._stdin.flush()


def jobs_for(inputs: Sequence[Input], asked: int) -> int:
    """How many processes are to read inputs, if not so many as are asked for; see Pool."""
    if asked:
        return asked
    if len(inputs) >= _FEW_FILES:
        return len(os.sched_getaffinity(0))
    size = total_bytes(inputs)
    return 1 if size is None or size > _FEW_BYTES else 0


class Pool:
    """Reads inputs as Intake does, in `jobs` other processes, within `with`; without any, in this one.

    A page that takes longer than limits.page_seconds, or ends another process, is rejected, and
    the others are read. What is yielded does not depend on the number of jobs.
    """

    def __init__(
        self,
        limits: Limits,
        manner: Manner,
        jobs: int,
        on_bytes: OnBytes = lambda _: None,
        on_note: OnNote = discard,
        reading: Reading | None = None,
    ) -> None:
        """A `reading` of its own is that of this process; others know the manner alone."""
        self._setup = Setup(limits, manner)
        self._jobs = jobs
        self._on_bytes = on_bytes
        self._on_note = on_note
        self._intake = Intake(limits, manner, sys.stdin.buffer, on_bytes, on_note, reading)
        self._workers: list[_Worker] = []
        self._undone: deque[_Order] = deque()
        self._waiting_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        while self._workers:
            self._workers.pop().end()

    def read(self, inputs: Iterable[Input]) -> Iterator[Event]:
        """Articles and rejections of each input, and its state; raises StartProblem."""
        ahead = map(_Order, inputs)
        window: deque[_Order] = deque()
        while True:
            new = list(islice(ahead, max(self._jobs, 1) * _AHEAD - len(window)))
            window += new
            self._undone += (order for order in new if self._jobs and order.is_shared)
            if not window:
                return
            order = window.popleft()
            if self._jobs and order.is_shared:
                yield from self._shared(order)
            else:
                yield from self._own(order.found)

    def _own(self, found: Input) -> Iterator[Event]:
        """What comes of an input in this process; who writes into a pipe may take their time."""
        events = self._intake.read([found])
        return timed(events, self._setup.limits.page_seconds) if _is_file(found) else events

    def _shared(self, order: _Order) -> Iterator[Event]:
        """What comes of an order, as it comes."""
        while order.messages or not order.done:
            if not order.messages:
                self._hand_out()
                self._hear(order)
                continue
            message, size = order.messages.popleft()
            self._waiting_bytes -= size
            if isinstance(message, Note):
                self._on_note(message)
                continue
            assert isinstance(message, Event)
            if isinstance(message, FileState):
                self._on_bytes(message.size)
            yield message

    def _hand_out(self) -> None:
        while self._undone:
            idle = next((worker for worker in self._workers if not worker.orders), None)
            if idle is None:
                if len(self._workers) >= self._jobs:
                    return
                idle = _Worker(self._setup)
                self._workers.append(idle)
            # What a command hands over itself may be large.
            count = 1 if self._undone[0].found.data is not None else _BATCH
            idle.take([self._undone.popleft() for _ in range(min(count, len(self._undone)))])

    def _hear(self, wanted: _Order) -> None:
        """Takes what workers have said; waits until one has said something."""
        heard = [worker for worker in self._workers if worker.orders]
        if self._waiting_bytes > _WAITING_BYTES:
            heard = [worker for worker in heard if wanted in worker.orders]
        with selectors.DefaultSelector() as selector:
            for worker in heard:
                selector.register(worker.stdout, selectors.EVENT_READ, worker)
            ready = [key.data for key, _ in selector.select()]
        for worker in ready:
            if data := os.read(worker.stdout.fileno(), _PIECE_BYTES):
                for message, size in worker.frames.feed(data):
                    self._note(worker, message, size)
            else:
                self._bury(worker)

    def _note(self, worker: _Worker, message: Message, size: int) -> None:
        if isinstance(message, Ready):
            worker.is_ready = True
            return
        order = worker.orders[0]
        order.messages.append((message, size))
        self._waiting_bytes += size
        if isinstance(message, FileState):
            order.done = True
            worker.orders.popleft()

    def _bury(self, worker: _Worker) -> None:
        """Rejects the page that a process died of; the others that it had are handed out again."""
        self._workers.remove(worker)
        ended = worker.ended()
        if not worker.is_ready:
            raise StartProblem(f"a process for reading ended before it began ({_cause(ended)})")
        order = worker.orders.popleft()
        problem: IngestProblem
        if ended == -signal.SIGALRM:
            problem = ReadingTimedOut(
                f"took longer than {self._setup.limits.page_seconds} seconds (limits.page_seconds)"
            )
        else:
            problem = ReadingFailed(f"ended the process that read it ({_cause(ended)})")
        path, original = displayed(order.found.path), beginning(order.found, self._setup.limits)
        order.messages.append((Rejected(path, None, problem.code, problem.detail, original), 0))
        order.messages.append((FileState(), 0))
        order.done = True
        self._undone.extendleft(reversed(worker.orders))


def _is_shared(found: Input) -> bool:
    """Whether an input is read by a worker: what was found in a folder, and not large."""
    if found.data is not None:
        return True
    try:
        return not found.named and Path(found.path).stat().st_size <= _SHARED_BYTES
    except OSError:
        return False


def _is_file(found: Input) -> bool:
    try:
        return Path(found.path).is_file()
    except (OSError, ValueError):
        return False


def _cause(ended: int) -> str:
    try:
        return f"signal {signal.Signals(-ended).name}" if ended < 0 else f"exit code {ended}"
    except ValueError:
        return f"signal {-ended}"
