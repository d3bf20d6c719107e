import io
import os
import time

from wxsearch.ingest.file_state import FileState, Witness, state_of


def test_a_state_is_of_the_whole_file(tmp_path):
    """However much of a file was read, its state is that of all of it."""
    path = tmp_path / "a"
    path.write_bytes(b"abc" * 1_000)
    with path.open("rb") as file:
        witness = Witness(file)
        assert witness.read(10) == b"abcabcabca"
        assert witness.state() == state_of(str(path))
    assert state_of(str(path)).size == 3_000


def test_a_new_file_has_no_time(tmp_path):
    """The time of a file that was changed a moment ago is not relied on."""
    path = tmp_path / "a"
    path.write_bytes(b"a")
    assert state_of(str(path)).modified == 0
    old = time.time() - 10
    os.utime(path, (old, old))
    assert state_of(str(path)).modified == path.stat().st_mtime_ns


def test_a_file_that_changes_meanwhile_has_no_state(tmp_path):
    """What was read of it is neither the old nor the new file."""
    path = tmp_path / "a"
    path.write_bytes(b"a")
    with path.open("rb") as file:
        witness = Witness(file)
        path.write_bytes(b"ab")
        assert witness.state() == FileState()


def test_what_is_no_file_has_no_state():
    """Bytes in memory and pipes are not there to come back to."""
    assert Witness(io.BytesIO(b"a")).state() == FileState()
    reading, writing = os.pipe()
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        assert Witness(file).state() == FileState()
