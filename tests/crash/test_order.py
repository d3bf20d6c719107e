"""The order of a commit: what is on the disk before what."""

import os
import re
import stat
from itertools import groupby
from pathlib import Path

import pytest

from support.commits import STEPS, change, engine_over
from support.faultfs import FaultStorage

pytestmark = pytest.mark.crash

ROLES = {
    r"g\d+-[0-9a-f]{12}\.\w+": "data",
    r"_MAIN_\d+\.toc": "table",
    r"_MAIN_\d+\.toc\.[0-9a-f]{12}\.tmp": "unfinished table",
    r"manifest-\d+\.[0-9a-f]{12}\.tmp": "unfinished manifest",
    r"manifest-\d+\.json": "manifest",
    "": "",
}

FILE = ["create", "write", "sync", "close", "map"]
COMMIT = [
    *(f"{act} unfinished table" for act in FILE),
    "rename table",
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


def told(call):
    return f"{call.kind} {role(call.name)}".strip()


@pytest.mark.parametrize("step", STEPS)
def test_the_exact_order_of_calls(step, new_copy, tally):
    """Files are synced, then the directory; renaming; the directory again; only then removals."""
    recorded = FaultStorage(new_copy())
    change(recorded, **STEPS[step][0])
    calls = recorded.calls
    first = next(number for number, call in enumerate(calls) if call.kind == "create")
    last = max(number for number, call in enumerate(calls) if call.kind == "unlock writer")
    # Whoever writes has the lock and has opened the newest generation; before, nothing is changed.
    assert "lock writer" in [call.kind for call in calls[:first]]
    assert {call.kind for call in calls[:first]} <= {
        *("names", "map", "lock shared", "unlock shared", "lock writer")
    }
    rest = calls[first : last + 1]
    begun = next(number for number, call in enumerate(rest) if told(call) == "create unfinished table")
    files = [list(group) for _, group in groupby(rest[:begun], key=lambda call: call.name)]
    # Each file for itself, and none written to again; then what leads to them.
    roles = [role(group[0].name) for group in files]
    assert set(roles) == {"data"}
    assert len({group[0].name for group in files}) == len(files)
    for group in files:
        kinds = [call.kind for call in group]
        assert kinds == ["create", *["write"] * (len(kinds) - 4), "sync", "close", "map"]
    assert len(roles) == {"append": 3, "update": 4, "delete": 2, "merge": 3}[step]
    rest = [told(call) for call in rest[begun:]]
    assert rest[: len(COMMIT)] == COMMIT
    removals = rest[len(COMMIT) : -len(END)]
    assert set(removals) <= {"remove table", "remove manifest", "remove data"}
    # Nobody may find a name that leads to files already gone.
    assert removals == sorted(removals, key=["remove table", "remove manifest", "remove data"].index)
    assert "remove manifest" in removals
    assert rest[-len(END) :] == END
    tally("calls in this order", len(calls), {"append": 53, "update": 58, "delete": 60, "merge": 73}[step])


def test_syncs_reach_the_system(new_copy, monkeypatch, tally):
    """Over real files each sync is an fsync of that very file, or of the directory, and is not skipped."""
    storage = new_copy()
    synced = []

    def fsync(descriptor, real=os.fsync):
        status = os.fstat(descriptor)
        assert status.st_size > 0
        synced.append("directory" if stat.S_ISDIR(status.st_mode) else status.st_ino)
        real(descriptor)

    there = storage.names()
    monkeypatch.setattr(os, "fsync", fsync)
    engine = engine_over(storage)
    change(storage, **STEPS["update"][0])
    new = storage.names() - there
    inodes = {Path(storage.location, name).stat().st_ino for name in new}
    *of_files, first, last = synced
    assert (first, last) == ("directory", "directory")
    assert len(of_files) == len(new)
    assert set(of_files) == inodes
    assert f"manifest-{engine.generation()}.json" in new
    tally("real syncs", len(synced), 8)
