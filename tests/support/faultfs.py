"""A storage that writes down every call and can fail, shorten or kill at any of them."""

from collections.abc import Callable
from typing import Any, NamedTuple

from wxsearch.index.storage import Storage


class Killed(BaseException):
    """The process is dead: nothing may catch this, and no later call reaches the disk."""


class Call(NamedTuple):
    """What was asked of the storage; `name` is the file, or empty."""

    kind: str
    name: str = ""


Act = Callable[..., Any]
Fault = Callable[[int, Call, Act, Any], Any]
"""Gets the number of the call, the call, the act itself and the data of a write; acts or not."""


def obey(number: int, call: Call, act: Act, data: Any) -> Any:
    """No fault at all."""
    return act() if data is None else act(data)


class FaultStorage:
    """Wraps a storage; `fault` decides what becomes of each call, `calls` has them all."""

    def __init__(self, inner: Storage, fault: Fault = obey) -> None:
        self._inner = inner
        self.fault = fault
        self._locks: list[FaultLock] = []
        self.calls: list[Call] = []
        self.dead = False

    @property
    def location(self) -> str:
        return self._inner.location

    def call(self, kind: str, name: str, act: Act, data: Any = None) -> Any:
        if self.dead:
            raise Killed
        self.calls.append(Call(kind, name))
        try:
            return self.fault(len(self.calls) - 1, self.calls[-1], act, data)
        except Killed:
            self.dead = True
            for lock in self._locks:
                lock.inner.release()
            raise

    def names(self):
        return self.call("names", "", self._inner.names)

    def create(self, name):
        return FaultFile(self, name, self.call("create", name, lambda: self._inner.create(name)))

    def rename(self, old, new):
        self.call("rename", new, lambda: self._inner.rename(old, new))

    def remove(self, name):
        self.call("remove", name, lambda: self._inner.remove(name))

    def sync_directory(self):
        self.call("sync directory", "", self._inner.sync_directory)

    def map(self, name):
        return self.call("map", name, lambda: self._inner.map(name))

    def lock_writer(self):
        return self._lock("lock writer", self._inner.lock_writer)

    def lock_snapshot(self, *, exclusive):
        kind = "lock exclusive" if exclusive else "lock shared"
        return self._lock(kind, lambda: self._inner.lock_snapshot(exclusive=exclusive))

    def _lock(self, kind, act):
        lock = FaultLock(self, kind, self.call(kind, "", act))
        self._locks.append(lock)
        return lock


class FaultFile:
    """A file being written through a FaultStorage."""

    def __init__(self, storage, name, inner):
        self._storage, self._name, self._inner = storage, name, inner

    def write(self, data):
        self._storage.call("write", self._name, self._inner.write, data)

    def sync(self):
        self._storage.call("sync", self._name, self._inner.sync)

    def close(self):
        self._storage.call("close", self._name, self._inner.close)


class FaultLock:
    """A lock of a FaultStorage; the dead hold none, and free none."""

    def __init__(self, storage, kind, inner):
        self._storage, self._kind, self.inner = storage, kind.removeprefix("lock "), inner

    @property
    def held(self):
        return self.inner.held

    def release(self):
        if self.inner.held and not self._storage.dead:
            self._storage.call("unlock " + self._kind, "", self.inner.release)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.release()


def kill_at(point: int, *, half: bool = False, by: Callable[[], None] | None = None) -> Fault:
    """Dies before the call of this number; with `half`, in the middle of it if it is a write."""

    def fault(number, call, act, data):
        if number != point:
            return obey(number, call, act, data)
        if half and data is not None:
            act(memoryview(data)[: len(data) // 2])
        if by is not None:
            by()
        raise Killed

    return fault


def fail_at(point: int, code: int, *, half: bool = False, lasting: bool = False) -> Fault:
    """Raises OSError at the call of this number; with `lasting`, at all later ones of its kind too."""
    kinds = set()

    def fault(number, call, act, data):
        if call.kind.startswith(("unlock", "close")):
            return obey(number, call, act, data)
        if number == point:
            kinds.add(call.kind)
        if number == point or (lasting and call.kind in kinds):
            if half and data is not None:
                act(memoryview(data)[: len(data) // 2])
            raise OSError(code, f"injected at call {number}")
        return obey(number, call, act, data)

    return fault


def lose_tail_at(point: int) -> Fault:
    """Writes half of what it should and says nothing."""

    def fault(number, call, act, data):
        if number == point and data is not None:
            return act(memoryview(data)[: len(data) // 2])
        return obey(number, call, act, data)

    return fault
