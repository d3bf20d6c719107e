"""What every storage does: the real one, the disk in memory, and the one that injects faults."""

import pytest

from support.disk import ModelDisk
from support.faultfs import FaultStorage
from wxsearch.errors import Busy, WriterLocked
from wxsearch.index.storage import FileStorage

STORAGES = {
    "files": FileStorage.make,
    "memory": lambda _: ModelDisk(),
    "faults": lambda directory: FaultStorage(FileStorage.make(directory)),
}


@pytest.fixture(params=STORAGES)
def storage(request, tmp_path):
    """An empty storage of each kind."""
    return STORAGES[request.param](tmp_path / "index")


def put(storage, name, *pieces):
    file = storage.create(name)
    for piece in pieces:
        file.write(piece)
    file.sync()
    file.close()


def test_a_file_holds_what_was_written(storage):
    """Pieces of any kind of bytes follow each other, and come back read-only."""
    put(storage, "one", b"\x00a", bytearray(b"bc"), memoryview(b"d"))
    content = storage.map("one")
    assert bytes(content) == b"\x00abcd"
    assert content.readonly
    with pytest.raises(TypeError):
        content[0] = 1


def test_an_empty_file_is_a_file(storage):
    """Nothing written is no bytes, and no error."""
    put(storage, "none")
    assert (storage.names(), bytes(storage.map("none"))) == ({"none"}, b"")


def test_a_name_is_made_once(storage):
    """Making a file that is there is refused and leaves it as it is."""
    put(storage, "one", b"first")
    with pytest.raises(FileExistsError):
        storage.create("one")
    assert bytes(storage.map("one")) == b"first"


def test_renaming_and_removing_take_names_away(storage):
    """A renamed file has its new name only; a removed one none; what is mapped stays."""
    put(storage, "old", b"content")
    storage.rename("old", "new")
    storage.sync_directory()
    held = storage.map("new")
    assert storage.names() == {"new"}
    storage.remove("new")
    assert storage.names() == set()
    assert bytes(held) == b"content"


def test_what_is_not_there_says_so(storage):
    """Mapping, renaming and removing an absent file is FileNotFoundError."""
    for act in (storage.map, storage.remove, lambda name: storage.rename(name, "other")):
        with pytest.raises(FileNotFoundError):
            act("absent")


def test_one_writer(storage):
    """The second writer is refused until the first lets go, and locks are not files."""
    lock = storage.lock_writer()
    assert lock.held
    with pytest.raises(WriterLocked):
        storage.lock_writer()
    lock.release()
    lock.release()
    assert not lock.held
    storage.lock_writer().release()
    assert storage.names() == set()


def test_readers_share_and_removal_is_alone(storage):
    """Any number of readers at once; removal waits for them, not for ever."""
    shared = [storage.lock_snapshot(exclusive=False) for _ in range(2)]
    for lock in shared:
        with pytest.raises(Busy):
            storage.lock_snapshot(exclusive=True)
        lock.release()
    storage.lock_snapshot(exclusive=True).release()
    storage.lock_snapshot(exclusive=False).release()
