"""A process that dies at any call to the storage leaves the index as before or as after."""

import signal

import pytest

from support.commits import FIRST, STEPS, by_engine, change, goes_on, number_of, numbered, read, state
from support.faultfs import FaultStorage, Killed, kill_at
from wxsearch.errors import IndexMissing
from wxsearch.index.storage import FileStorage

pytestmark = pytest.mark.crash


def commit(storage, step):
    """One commit; whether it was acknowledged."""
    try:
        change(storage, **STEPS[step][0])
    except Killed:
        return False
    return True


def recorded(storage, step):
    """The calls of a whole commit, and from which on nothing can take it back."""
    whole = FaultStorage(storage)
    assert commit(whole, step)
    kinds = [call.kind for call in whole.calls]
    return whole.calls, len(kinds) - kinds[::-1].index("sync directory")


@pytest.mark.parametrize("step", STEPS)
def test_every_call_of_a_commit(step, new_copy, tally):
    """Killed before any call, or in the middle of any write: before or after, and after once acknowledged."""
    storage = new_copy()
    before = state(storage)
    calls, acknowledged = recorded(storage, step)
    after = state(storage)
    assert after[0] == STEPS[step][1]
    assert before != after
    outcomes = []
    for point, call in enumerate(calls):
        for half in (False, True)[: 1 + (call.kind == "write")]:
            storage = new_copy()
            commit(FaultStorage(storage, kill_at(point, half=half)), step)
            found = state(storage)
            assert found in ((before, after) if point < acknowledged else (after,))
            outcomes.append(found == before)
            goes_on(storage, found[0])
    assert {True, False} == set(outcomes)
    tally("kills", len(outcomes), {"append": 58, "update": 64, "delete": 64, "merge": 78}[step])


def test_every_call_of_the_beginning(tmp_path, tally):
    """Killed while an index is first made: none, empty or the first articles, and the same start works."""
    whole = FaultStorage(FileStorage.make(tmp_path / "recorded"))
    change(whole, FIRST)
    seen = []
    for point in range(len(whole.calls)):
        storage = FileStorage.make(tmp_path / str(point))
        with pytest.raises(Killed):
            change(FaultStorage(storage, kill_at(point)), FIRST)
        try:
            seen.append(len(read(storage)))
        except IndexMissing:
            seen.append(None)
        change(storage, FIRST)
        goes_on(storage, FIRST)
    assert set(seen) == {None, 0, len(FIRST)}
    tally("kills", len(seen), 62)


def test_every_call_of_the_commit_after_a_kill(new_copy, tally):
    """Killed again while the next writer cleans up and commits: still before or after."""
    calls, _ = recorded(new_copy(), "append")
    *_, renaming = (number for number, call in enumerate(calls) if call.kind == "rename")

    def twice_killed(second):
        storage = new_copy()
        commit(FaultStorage(storage, kill_at(renaming)), "append")
        faulty = FaultStorage(storage, kill_at(second))
        commit(faulty, "update")
        return storage, faulty

    _, whole = twice_killed(-1)
    assert [call.kind for call in whole.calls].count("remove") >= 5
    for point in range(len(whole.calls)):
        storage, _ = twice_killed(point)
        articles = read(storage)
        assert articles in (FIRST, STEPS["update"][1])
        goes_on(storage, articles)
    tally("second kills", len(whole.calls), 66)


def test_a_real_kill(new_copy, process, tally, rounds):
    """The same by SIGKILL in another process, at a sample of the calls and at every publishing one."""
    calls, acknowledged = recorded(new_copy(), "update")
    last = len(calls) - 1
    points = {number for number, call in enumerate(calls) if call.kind in ("rename", "sync directory")}
    points |= {acknowledged, last, *(last * part // (5 * rounds) for part in range(5 * rounds))}
    for point in sorted(points):
        storage = new_copy()
        killed = process("die", storage.location, "update", point)
        assert killed.wait(60) == -signal.SIGKILL
        articles = read(storage)
        assert articles in (FIRST, STEPS["update"][1])
        assert articles != FIRST or point < acknowledged
        goes_on(storage, articles)
    tally("real kills", len(points), 11)


def test_a_real_kill_at_any_time(index, process, tally, rounds):
    """A writer killed from outside while it commits and merges has every acknowledged batch in the index."""
    change(index, numbered(0))
    acknowledged = 0
    for turn in range(5 * rounds):
        writer = process("write", index.location)
        for _ in range(3 + turn % 5):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        # What it said before it died counts too.
        acknowledged = max([acknowledged, *map(int, writer.communicate()[0].split())])
        assert acknowledged <= number_of(by_engine(index)) <= acknowledged + 1
    tally("acknowledged commits of killed writers", acknowledged, 20)
