"""The clock of what a command reads itself: an article that takes too long is rejected in its own process."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from wxsearch.errors import ReadingTimedOut
from wxsearch.ingest.intake import Event


def timed(events: Iterator[Event], seconds: int) -> Iterator[Event]:
    """The events, of which each may take so long: its reader is interrupted with ReadingTimedOut.

    Signals reach the main thread alone; in another there is no clock.
    """
    if threading.current_thread() is not threading.main_thread():
        yield from events
        return
    while True:
        with _ringing(seconds):
            try:
                # Should a reader take the interruption for a damage and go on, it is interrupted again.
                signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
                event = next(events, None)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        if event is None:
            return
        yield event


@contextmanager
def _ringing(seconds: int) -> Iterator[None]:
    def ring(_number: int, frame: FrameType | None) -> None:
        # Late by a moment: the article is there.
        if frame is not None and frame.f_code is not timed.__code__:
            raise ReadingTimedOut(f"took longer than {seconds} seconds (limits.page_seconds)")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
