"""The order of a commit: what is on the disk before what."""

import os
import re
import stat
from pathlib import Path

import pytest

from support.faultfs import FaultStorage
from support.ledger import STEPS, change

pytestmark = pytest.mark.crash

ROLES = {
    r"g\d+-[0-9a-f]{12}\.\w+": "data",
    r"_MAIN_\d+\.toc": "table",
    r"manifest-\d+\.[0-9a-f]{12}\.tmp": "unfinished manifest",
    r"manifest-\d+\.json": "manifest",
    "": "",
}

FILE = ["create", "write", "sync", "close", "map"]
BEGINNING = ["lock writer", "names", "lock shared", "names"]
COMMIT = [
    *(f"{act} table" for act in FILE),
    *(f"{act} unfinished manifest" for act in FILE),
    "sync directory",
    "rename manifest",
    "sync directory",
    "names",
    "lock exclusive",
]
END = ["unlock exclusive", "unlock writer"]


def role(name):
    return next(role for pattern, role in ROLES.items() if re.fullmatch(pattern, name))


@pytest.mark.parametrize("step", STEPS)
def test_the_exact_order_of_calls(step, new_copy, tally):
    """Files are synced, then the directory; renaming; the directory again; only then removals."""
    recorded = FaultStorage(new_copy())
    change(recorded, **STEPS[step][0])
    calls = [f"{call.kind} {role(call.name)}".strip() for call in recorded.calls]
    opening = ["map manifest", *["map data"] * 5, "map table", "unlock shared", "map manifest", "names"]
    assert calls[: len(BEGINNING + opening)] == BEGINNING + opening
    rest = calls[len(BEGINNING + opening) :]
    files = {"append": 2, "delete": 1, "replace": 3, "merge": 2}[step]
    data = ["create data", "write data", "write data", "sync data", "close data", "map data"] * files
    assert rest[: len(data)] == data
    assert rest[len(data) : len(data + COMMIT)] == COMMIT
    removals = rest[len(data + COMMIT) : -len(END)]
    assert removals[:2] == ["remove table", "remove manifest"]
    assert set(removals[2:]) <= {"remove data"}
    assert rest[-len(END) :] == END
    tally("calls in this order", len(calls), {"append": 45, "delete": 39, "replace": 51, "merge": 45}[step])


def test_syncs_reach_the_system(new_copy, monkeypatch, tally):
    """Over real files each sync is an fsync of that very file, or of the directory, and is not skipped."""
    storage = new_copy()
    synced = []

    def fsync(descriptor, real=os.fsync):
        status = os.fstat(descriptor)
        assert status.st_size > 0
        synced.append("directory" if stat.S_ISDIR(status.st_mode) else status.st_ino)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    manifest = change(storage, **STEPS["replace"][0])
    inodes = [Path(storage.location, name).stat().st_ino for name in sorted(storage.names())]
    new = {
        entry.name
        for entry in manifest.files
        if entry.name.startswith((f"g{manifest.generation}-", "_MAIN_"))
    }
    *of_files, first, last = synced
    assert (first, last) == ("directory", "directory")
    assert len(of_files) == len(set(of_files)) == len(new) + 1
    assert set(of_files) <= set(inodes)
    tally("real syncs", len(synced), 7)
