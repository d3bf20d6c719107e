import gc
import os
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from wxsearch.index.mapping import map_descriptor


def maps_of(path):
    return Path("/proc/self/maps").read_text(encoding="utf-8").count(str(path))


def test_memory_lives_as_long_as_any_array_of_it(tmp_path):
    """The descriptor can be closed at once; the map ends with the last view."""
    path = tmp_path / "numbers"
    path.write_bytes(np.arange(10_000, dtype="<u4").tobytes())
    descriptor = os.open(path, os.O_RDONLY)
    view = map_descriptor(descriptor, path.stat().st_size)
    os.close(descriptor)
    array = np.frombuffer(view[4_000:], dtype="<u4")
    assert crc32(view) == crc32(path.read_bytes())
    del view
    gc.collect()
    assert array[0] == 1_000
    assert maps_of(path) == 1
    del array
    assert maps_of(path) == 0


def test_nothing_can_be_written_through_it(tmp_path):
    """Views and arrays of a map are read-only."""
    (tmp_path / "x").write_bytes(b"x")
    with (tmp_path / "x").open("rb") as file:
        view = map_descriptor(file.fileno(), 1)
    assert view.readonly
    assert not np.frombuffer(view, dtype=np.uint8).flags.writeable


def test_what_cannot_be_mapped_is_an_os_error():
    """A descriptor that is none is refused with the system's reason."""
    with pytest.raises(OSError, match="Bad file descriptor"):
        map_descriptor(2**20, 10)
