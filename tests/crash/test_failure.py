"""A disk that fails at any call: a typed error, a free lock, and the index as it was."""

import errno
from functools import partial

import pytest

from support.faultfs import FaultStorage, fail_at, lose_tail_at
from support.ledger import FIRST, STEPS, change, prepare, read_newest
from wxsearch.errors import IndexProblem
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.manifest import Contents
from wxsearch.index.publication import Writer
from wxsearch.index.verification import check

pytestmark = pytest.mark.crash

FAULTS = {
    "no space": lambda point: fail_at(point, errno.ENOSPC),
    "no space from then on": lambda point: fail_at(point, errno.ENOSPC, lasting=True),
    "no space within a write": lambda point: fail_at(point, errno.ENOSPC, half=True),
    "read or write error": lambda point: fail_at(point, errno.EIO),
    "read or write error from then on": lambda point: fail_at(point, errno.EIO, lasting=True),
    "too many open files": lambda point: fail_at(point, errno.EMFILE),
    "too many open files from then on": lambda point: fail_at(point, errno.EMFILE, lasting=True),
    "tail lost without a word": lose_tail_at,
}


def attempt(storage, step):
    """Commits; gives whether it was acknowledged, and the error."""
    acknowledged = False
    try:
        with Writer(storage, verified=Verified()) as writer:
            writer.publish(*prepare(writer, **({"add": {}, "drop": set()} | STEPS[step][0])))
            acknowledged = True
    except IndexProblem as error:
        return acknowledged, error
    return acknowledged, None


def holds_out(storage, faulty, step):
    """Breaks one commit and looks at all that was promised; True if it was acknowledged."""
    acknowledged, error = attempt(faulty, step)
    # What fails after the acknowledgement is no failure of the commit.
    assert acknowledged == (error is None)
    articles = read_newest(storage)
    renamed = any(call.kind == "rename" for call in faulty.calls)
    assert articles == STEPS[step][1] if acknowledged else articles == FIRST or renamed
    assert articles in (FIRST, STEPS[step][1])
    # The lock is free in this very process, and the next commit cleans up.
    change(storage, {"9": "后来"})
    assert read_newest(storage) == articles | {"9": "后来"}
    report = check(storage)
    assert (report.findings, report.leftovers, report.unknown) == ((), (), ())
    return acknowledged


@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_in_memory(fault, new_disk, tally):
    """Each fault at each call of each kind of commit."""
    met, failed = 0, 0
    for step in STEPS:
        recorded = FaultStorage(new_disk())
        attempt(recorded, step)
        for point in range(len(recorded.calls)):
            disk = new_disk()
            faulty = FaultStorage(disk, FAULTS[fault](point))
            failed += not holds_out(disk, faulty, step)
            met += 1
    tally(f"calls, {failed} of them failed", met, 180)
    assert failed >= (24 if fault.startswith("tail") else 128)


@pytest.mark.parametrize(
    "fault", ["no space", "read or write error", "too many open files", "no space within a write"]
)
def test_every_call_on_disk(fault, new_copy, tally):
    """The same over real files, for the commit that does most."""
    recorded = FaultStorage(new_copy())
    attempt(recorded, "replace")
    for point in range(len(recorded.calls)):
        storage = new_copy()
        holds_out(storage, FaultStorage(storage, FAULTS[fault](point)), "replace")
    tally("calls", len(recorded.calls), 51)


def test_a_failed_sync_is_final(new_disk, tally):
    """After any failing sync every call of that writer raises, though the disk would work again."""
    recorded = FaultStorage(new_disk())
    attempt(recorded, "append")
    syncs = [number for number, call in enumerate(recorded.calls) if call.kind.startswith("sync")]
    for point in syncs:
        disk = new_disk()
        faulty = FaultStorage(disk, fail_at(point, errno.EIO))
        writer = Writer(faulty, verified=Verified())
        with pytest.raises(IndexProblem, match="cannot be written"):
            writer.publish(*prepare(writer, STEPS["append"][0]["add"], set()))
        calls = len(faulty.calls)
        for refused in (partial(writer.create, "part"), partial(writer.publish, Contents()), writer.collect):
            with pytest.raises(IndexProblem, match="cannot be written"):
                refused()
        writer.close()
        assert len(faulty.calls) == calls
        Writer(disk, verified=Verified()).close()
    tally("failing syncs", len(syncs), 6)


def test_a_reader_without_descriptors_does_not_call_it_damage(new_copy, tally):
    """EMFILE at any call of opening and of check is IndexProblem, never a fallback or corruption."""
    met = 0
    for act in (lambda storage: open_newest(storage, verified=Verified()), check):
        recorded = FaultStorage(new_copy())
        act(recorded)
        for point, call in enumerate(recorded.calls):
            if not call.kind.startswith("unlock"):
                with pytest.raises(IndexProblem) as raised:
                    act(FaultStorage(new_copy(), fail_at(point, errno.EMFILE)))
                assert raised.type is IndexProblem
                met += 1
    tally("calls", met, 20)
