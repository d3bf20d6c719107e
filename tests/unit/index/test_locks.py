import os
import subprocess
import sys
from pathlib import Path

import pytest

from wxsearch.index.locks import Lock


def take(path, **options):
    return Lock(os.open(path, os.O_RDONLY), **({"exclusive": True, "patience": 0.0} | options))


def test_a_failed_lock_closes_its_descriptor(tmp_path):
    """Who cannot have the lock keeps nothing open."""
    before = len([*Path("/proc/self/fd").iterdir()])
    with take(tmp_path), pytest.raises(BlockingIOError):
        take(tmp_path)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_a_child_made_by_fork_does_not_hold_it():
    """The lock ends with the parent, though a child lives on; in the child it is not held."""
    script = """
import os, sys, tempfile
from wxsearch.index.locks import Lock
path = tempfile.mkdtemp()
take = lambda: Lock(os.open(path, os.O_RDONLY), exclusive=True, patience=0.0)
lock = take()
ready, tell = os.pipe()
stay, release = os.pipe()
if os.fork() == 0:
    os.close(release)
    os.write(tell, b"1" if not lock.held else b"0")
    os.read(stay, 1)
    os._exit(0)
assert os.read(ready, 1) == b"1" and lock.held
try:
    take()
except BlockingIOError:
    lock.release()
    take().release()
    print("free")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "free\n"
