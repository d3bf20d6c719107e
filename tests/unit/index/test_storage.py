import errno
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from wxsearch.errors import Busy
from wxsearch.index import storage as module
from wxsearch.index.names import GATE, WRITER_LOCK
from wxsearch.index.storage import FileStorage


@pytest.fixture
def storage(tmp_path):
    """An empty storage on the real file system."""
    return FileStorage.make(tmp_path / "a" / "index")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "/etc/passwd", "a/b", ".hidden", "a\0b", "文", "x" * 201]
)
def test_no_name_leads_out_of_the_directory(storage, name):
    """Only plain names are names of files, whatever asks for them."""
    for act in (storage.create, storage.map, storage.remove, lambda name: storage.rename("a", name)):
        with pytest.raises(ValueError, match="is no name"):
            act(name)


def test_everything_is_for_this_user_only(storage):
    """Directories and files give no right to anybody else."""
    storage.create("one").close()
    storage.lock_writer().release()
    directory = Path(storage.location)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (directory.parent, directory)] == [0o700] * 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in directory.iterdir()} == {0o600}


def test_a_new_directory_is_synced_into_its_parent(tmp_path, monkeypatch):
    """Each directory that is made outlives a power cut; one that is there is taken as it is."""
    synced = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    FileStorage.make(tmp_path / "a" / "b")
    assert synced == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]
    FileStorage.make(tmp_path / "a" / "b")
    assert len(synced) == 2


def test_short_writes_are_continued(storage, monkeypatch):
    """Where the system takes less than it was given, the rest is written too."""
    monkeypatch.setattr(os, "write", lambda descriptor, data, real=os.write: real(descriptor, data[:3]))
    file = storage.create("one")
    file.write(b"0123456789")
    file.close()
    assert bytes(storage.map("one")) == b"0123456789"


def test_only_regular_files_are_mapped(storage, tmp_path):
    """A link, a folder and a pipe are refused, without waiting for anybody."""
    (tmp_path / "secret").write_bytes(b"secret")
    directory = Path(storage.location)
    (directory / "link").symlink_to(tmp_path / "secret")
    (directory / "folder").mkdir()
    os.mkfifo(directory / "pipe")
    for name in ("link", "folder", "pipe"):
        with pytest.raises(OSError, match=r".") as raised:
            storage.map(name)
        assert raised.value.errno == errno.ELOOP


def test_nobody_waits_for_a_pipe_in_place_of_a_lock_file(storage):
    """Readers, and who asks whether there is a writer, go on."""
    for name in (GATE, WRITER_LOCK):
        os.mkfifo(Path(storage.location) / name)
    with storage.lock_snapshot(exclusive=False):
        assert not storage.is_being_written()


def test_no_descriptor_stays_open(storage):
    """Mapping, listing, syncing and locking give back every descriptor, failures included."""

    def descriptors():
        return len([*Path("/proc/self/fd").iterdir()])

    file = storage.create("one")
    file.write(b"x")
    file.close()
    file.close()
    before = descriptors()
    held = [storage.map("one") for _ in range(50)]
    storage.names()
    storage.sync_directory()
    with storage.lock_snapshot(exclusive=False), pytest.raises(Busy):
        storage.lock_snapshot(exclusive=True)
    with pytest.raises(FileExistsError):
        storage.create("one")
    assert descriptors() == before
    assert len(held) == 50


def test_an_index_can_be_read_without_the_right_to_write(storage):
    """Readers make nothing: the lock they take is on the directory, and the gate may be absent."""
    file = storage.create("one")
    file.close()
    storage.lock_snapshot(exclusive=False).release()
    assert [path.name for path in Path(storage.location).iterdir()] == ["one"]


def test_removal_goes_before_readers_that_come_later(storage, monkeypatch):
    """A collector that waits for one reader keeps the next one out until it is done."""
    storage.lock_writer().release()
    monkeypatch.setattr(module, "_COLLECTOR_PATIENCE_SECONDS", 10.0)
    first, order = storage.lock_snapshot(exclusive=False), []

    def enter(name, exclusive):
        with storage.lock_snapshot(exclusive=exclusive):
            order.append(name)

    collector = threading.Thread(target=enter, args=("collector", True))
    collector.start()
    time.sleep(0.1)
    reader = threading.Thread(target=enter, args=("reader", False))
    reader.start()
    time.sleep(0.1)
    assert order == []
    first.release()
    collector.join()
    reader.join()
    assert order == ["collector", "reader"]


def test_a_reader_does_not_wait_for_ever(storage, monkeypatch):
    """Beside a collector that was stopped half way, opening is Busy after its patience."""
    monkeypatch.setattr(module, "_READER_PATIENCE_SECONDS", 0.05)
    with storage.lock_snapshot(exclusive=True), pytest.raises(Busy, match="does not go on"):
        storage.lock_snapshot(exclusive=False)
