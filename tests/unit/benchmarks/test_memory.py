"""The memory of a process, as the kernel tells it."""

import mmap
import sys

import pytest

from wxsearch.benchmarks.memory import memory_now, peak_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
SIZE = 200_000_000


def test_peak_stays_when_memory_is_given_back():
    """The most that a process has had is known after it is gone."""
    ballast = bytearray(b"x") * SIZE
    del ballast
    assert peak_memory() > SIZE


def test_own_memory_is_what_the_process_made():
    """Memory that was filled is the process's own as long as it is held."""
    before = memory_now().own
    ballast = bytearray(b"x") * SIZE
    during = memory_now().own
    del ballast
    assert during - before > 0.9 * SIZE
    assert memory_now().own - before < 0.1 * SIZE


def test_mapped_files_are_nobodys_own(tmp_path):
    """Reading through a mapped file adds nothing, for processes share it."""
    with (tmp_path / "file").open("wb") as file:
        file.write(b"x" * SIZE)
    with (
        (tmp_path / "file").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
    ):
        before = memory_now().own
        assert mapped.find(b"y") == -1
        assert memory_now().own - before < 0.1 * SIZE
