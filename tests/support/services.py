"""A running service, looked at from outside."""

import time
from pathlib import Path


def workers(service):
    """The process ids of the workers."""
    pid = service.process.pid
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())


def wait_until(condition):
    """Waits a minute at most for something to become true."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
