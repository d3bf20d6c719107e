"""A process that dies at any call to the storage leaves the index as before or as after."""

import signal

import pytest

from support.faultfs import FaultStorage, Killed, kill_at
from support.ledger import FIRST, STEPS, begin, change, prepare, read_newest
from wxsearch.errors import IndexMissing
from wxsearch.index.generation import Verified
from wxsearch.index.publication import Writer, create_index
from wxsearch.index.storage import FileStorage
from wxsearch.index.verification import check

pytestmark = pytest.mark.crash


def goes_on(storage, articles):
    """The next commit works, and nothing is left of the one that was killed."""
    change(storage, {"9": "后来"})
    assert read_newest(storage) == articles | {"9": "后来"}
    report = check(storage)
    assert (report.findings, report.leftovers, report.unknown) == ((), (), ())


def commit(storage, step):
    """One commit; True once it is acknowledged."""
    acknowledged = False
    try:
        with Writer(storage, verified=Verified()) as writer:
            arguments = {"add": {}, "drop": set()} | STEPS[step][0]
            writer.publish(*prepare(writer, **arguments))
            acknowledged = True
    except Killed:
        pass
    return acknowledged


@pytest.mark.parametrize("step", STEPS)
def test_every_call_of_a_commit(step, new_copy, tally):
    """Killed before any call, or in the middle of any write: before or after, and after once acknowledged."""
    recorded = FaultStorage(new_copy())
    commit(recorded, step)
    outcomes = []
    for point, call in enumerate(recorded.calls):
        for half in (False, True)[: 1 + (call.kind == "write")]:
            storage = new_copy()
            acknowledged = commit(FaultStorage(storage, kill_at(point, half=half)), step)
            articles = read_newest(storage)
            assert articles in (FIRST, STEPS[step][1])
            assert articles == STEPS[step][1] or not acknowledged
            outcomes.append(articles == FIRST)
            goes_on(storage, articles)
    assert {True, False} == set(outcomes)
    tally("kills", len(outcomes), {"append": 51, "delete": 43, "replace": 59, "merge": 51}[step])


def test_every_call_of_the_beginning(tmp_path, tally):
    """Killed while an index is first made: none, empty or the first articles, and a new start works."""

    def make(storage):
        create_index(storage)
        change(storage, {"1": "海铁联运"})

    recorded = FaultStorage(FileStorage.make(tmp_path / "recorded"))
    make(recorded)
    seen = []
    for point in range(len(recorded.calls)):
        storage = FileStorage.make(tmp_path / str(point))
        with pytest.raises(Killed):
            make(FaultStorage(storage, kill_at(point)))
        try:
            seen.append(len(read_newest(storage)))
        except IndexMissing:
            seen.append(None)
        create_index(storage)
        goes_on(storage, read_newest(storage))
    assert set(seen) == {None, 0, 1}
    tally("kills", len(seen), 60)


def test_every_call_of_the_commit_after_a_kill(new_copy, tally):
    """Killed again while the next writer cleans up and commits: still before or after."""
    whole = FaultStorage(new_copy())
    commit(whole, "append")
    renaming = [call.kind for call in whole.calls].index("rename")

    def twice_killed(second):
        storage = new_copy()
        commit(FaultStorage(storage, kill_at(renaming)), "append")
        faulty = FaultStorage(storage, kill_at(second))
        commit(faulty, "replace")
        return storage, faulty

    _, recorded = twice_killed(-1)
    assert [call.kind for call in recorded.calls].count("remove") >= 6
    for point in range(len(recorded.calls)):
        storage, _ = twice_killed(point)
        articles = read_newest(storage)
        assert articles in (FIRST, STEPS["replace"][1])
        goes_on(storage, articles)
    tally("second kills", len(recorded.calls), 58)


def test_a_real_kill(new_copy, process, tally, rounds):
    """The same by SIGKILL in another process, at a sample of the calls and at every publishing one."""
    recorded = FaultStorage(new_copy())
    commit(recorded, "replace")
    publishing = {"rename", "sync directory", "remove"}
    last = len(recorded.calls) - 1
    points = {number for number, call in enumerate(recorded.calls) if call.kind in publishing}
    points |= {last * part // (6 * rounds) for part in range(6 * rounds + 1)}
    for point in sorted(points):
        storage = new_copy()
        killed = process("die", storage.location, "replace", point)
        assert killed.wait(60) == -signal.SIGKILL
        articles = read_newest(storage)
        assert articles in (FIRST, STEPS["replace"][1])
        goes_on(storage, articles)
    tally("real kills", len(points), 10)


def test_a_real_kill_at_any_time(tmp_path, process, tally, rounds):
    """A writer killed from outside while it commits has every acknowledged article in the index."""
    storage = FileStorage.make(tmp_path / "index")
    begin(storage)
    acknowledged = 0
    for turn in range(6 * rounds):
        writer = process("write", storage.location)
        for _ in range(2 + turn % 5):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        # What it said before it died counts too.
        acknowledged = max([acknowledged, *map(int, writer.communicate()[0].split())])
        held = int(read_newest(storage)["n"])
        assert acknowledged <= held <= acknowledged + 1
    tally("acknowledged commits of killed writers", acknowledged, 20)
