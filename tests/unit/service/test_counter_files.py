import errno
import os
from pathlib import Path

import pytest

from wxsearch.service.counter_files import CounterFiles


@pytest.fixture
def one_worker(tmp_path):
    """The files of this process in a folder that is there."""
    return CounterFiles(tmp_path)


def test_files_have_no_holes(one_worker, tmp_path):
    """All room is taken before anything is counted: a page that finds none later would end the process."""
    one_worker.make()
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == [f"counter_{os.getpid()}.db", f"histogram_{os.getpid()}.db"]
    assert all(file.stat().st_blocks * 512 >= file.stat().st_size > 0 for file in files)


def test_what_was_counted_before_stays(one_worker, tmp_path):
    """A process that has the number of an earlier one goes on with its files."""
    earlier = tmp_path / f"counter_{os.getpid()}.db"
    earlier.write_bytes(b"counted")
    assert one_worker.are_there()
    assert earlier.read_bytes() == b"counted"


def test_what_found_no_room_leaves_nothing(one_worker, tmp_path, monkeypatch):
    """A file that could not be made whole takes none of the room that is left."""

    def fail(_path, _content):
        (tmp_path / f"counter_{os.getpid()}.new").touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fail)
    assert not one_worker.are_there()
    assert list(tmp_path.iterdir()) == []


def test_files_are_made_once_there_is_room(tmp_path, caplog):
    """Where they cannot be made, that is said once and tried again."""
    folder = tmp_path / "absent"
    files = CounterFiles(folder)
    assert not files.are_there()
    assert not files.are_there()
    assert len(caplog.records) == 1
    folder.mkdir()
    assert files.are_there()
    assert len(list(folder.iterdir())) == 2
