"""Locks that the operating system frees when the process that holds them dies."""

import fcntl
import os
from time import monotonic, sleep
from types import TracebackType
from typing import Self
from weakref import WeakSet

_PAUSE_SECONDS = 0.001


class Lock:
    """A lock on an open file, held until `release`, the end of `with`, or of the process.

    A child made by fork does not hold it.
    """

    def __init__(self, descriptor: int, *, exclusive: bool, patience: float) -> None:
        """Takes over the descriptor; raises BlockingIOError after `patience` seconds, or OSError."""
        self._descriptor = descriptor
        try:
            _wait(descriptor, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH, patience)
        except BaseException:
            os.close(descriptor)
            raise
        _held.add(self)

    @property
    def held(self) -> bool:
        """False once released, and in a child made by fork."""
        return self._descriptor >= 0

    def release(self) -> None:
        """Frees the lock; again does nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.release()


_held: WeakSet[Lock] = WeakSet()


def _forget_in_child() -> None:
    # The lock belongs to the open file, which a child shares: it would outlive the parent.
    for lock in list(_held):
        lock.release()


os.register_at_fork(after_in_child=_forget_in_child)


def _wait(descriptor: int, kind: int, patience: float) -> None:
    end = monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if monotonic() >= end:
                raise
            sleep(_PAUSE_SECONDS)
        else:
            return
