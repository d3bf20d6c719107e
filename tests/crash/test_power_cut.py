"""A power cut at any call: no acknowledged commit is lost, and nothing is half there.

The proof that the test can see: with any one sync made deaf, it finds a loss.
"""

from functools import partial
from random import Random

import pytest

from support.commits import by_stored_articles, change, engine_over, read
from support.disk import ModelDisk
from support.faultfs import FaultStorage, Killed
from wxsearch.errors import IndexMissing, WxsearchError
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.verification import check

pytestmark = pytest.mark.crash

NONE = (None, None, 0)


def published(calls):
    """Whether a manifest has been renamed."""
    return any(call.kind == "rename" and call.name.startswith("manifest") for call in calls)


def killed_after_renaming(storage, add):
    """A commit whose process dies between the renaming and the sync that makes it last."""
    start = len(storage.calls)
    inner = storage.fault

    def fault(number, call, act, data):
        if published(storage.calls[start:number]) and call.kind == "sync directory":
            raise Killed
        return inner(number, call, act, data)

    storage.fault = fault
    with pytest.raises(Killed):
        change(storage, add)
    storage.fault, storage.dead = inner, False


# What is done one after the other: every kind of commit, and one that is killed.
SCRIPT = [
    partial(change, begin=True),
    partial(change, add={"1": "甲", "2": "乙"}),
    partial(change, add={"3": "丙"}),
    partial(change, drop={"1"}),
    partial(change, add={"2": "新乙"}),
    partial(killed_after_renaming, add={"4": "丁"}),
    partial(change, add={"5": "戊"}),
    partial(change, merge=True),
    partial(change, drop={"5", "4"}),
]


class Act:
    """A step of the script: the disk before it, the states around it, and its last sync."""

    def __init__(self, disk, act, uncertain):
        """Plays it on a disk where, before, one of the states of `uncertain` may come back too."""
        self.disk, self._act = disk.clone(), act
        whole = FaultStorage(disk)
        act(whole)
        kinds = [call.kind for call in whole.calls]
        self.syncs = [number for number, kind in enumerate(kinds) if kind.startswith("sync")]
        self.acknowledged = act.func is change
        self.last_sync = len(kinds) - kinds[::-1].index("sync directory")
        self.before, self.after = [*uncertain, find(self.disk)], find(disk)

    def play(self, disk, look):
        """Plays it; `look` gets the disk before each call, and the states that a cut may leave."""

        def fault(number, call, act, data):
            done = self.acknowledged and number >= self.last_sync
            look(disk, [self.after] if done else self._allowed)
            return act() if data is None else act(data)

        self._act(FaultStorage(disk, fault))
        look(disk, [self.after] if self.acknowledged else self._allowed)

    @property
    def _allowed(self):
        return [*self.before, *self._between, self.after]

    @property
    def _between(self):
        # An index begins with two generations of nothing.
        return [(0, {}, 0)] if self.after[0] == 1 else []


@pytest.fixture(scope="module")
def acts():
    """The script, played once."""
    disk, played = ModelDisk(), []
    for act in SCRIPT:
        uncertain = played[-1].before if played and not played[-1].acknowledged else []
        played.append(Act(disk, act, uncertain))
    return played


def find(disk):
    """The generation, its articles and how many segments they are in, whole to the last byte."""
    try:
        snapshot = open_snapshot(disk)
    except IndexMissing:
        return NONE
    assert snapshot.degraded is None
    assert check(disk).sound
    return snapshot.generation, by_stored_articles(disk), len(snapshot.segments)


def test_every_state_is_before_or_after(acts, rounds, tally):
    """Whatever a power cut leaves: all that was acknowledged, nothing torn, and the next commit works."""
    random, states, cuts = Random(4), set(), 0

    def look(disk, allowed):
        nonlocal cuts
        cuts += 1
        for _ in range(16 * rounds):
            survivor = disk.after_power_cut(random)
            if (signature := survivor.signature()) not in states:
                states.add(signature)
                judge(survivor, allowed, commit=len(states) % 3 == 0)

    for act in acts:
        act.play(act.disk.clone(), look)
    tally("power cuts", cuts, 500)
    tally("different states after them", len(states), 900)


def judge(disk, allowed, *, commit):
    """Holds one disk after a power cut against what may be found there."""
    _, articles, segments = found = find(disk)
    assert found in allowed
    if commit:
        change(disk, {"9": "后来"})
        assert read(disk).keys() == {*(articles or ()), "9"}
        assert engine_over(disk).statistics().segments == segments + 1
        report = check(disk)
        assert (report.findings, report.leftovers, report.unknown) == ((), (), ())


def finds_a_loss(act, following, sync):
    """Whether any state shows that this one sync of an act did nothing."""
    for seed in range(8):
        random, seen = Random(seed), set()
        disk = act.disk.clone()
        deaf = disk.syncs + sync
        disk.fail_sync(deaf)

        def look(disk, allowed, random=random, seen=seen, deaf=deaf):
            if disk.syncs > deaf:
                for _ in range(12):
                    survivor = disk.after_power_cut(random)
                    if (signature := survivor.signature()) not in seen:
                        seen.add(signature)
                        assert find(survivor) in allowed

        try:
            act.play(disk, look)
            if following is not None:
                following.play(disk, look)
        except (AssertionError, WxsearchError, ValueError):
            return True
    return False


def test_no_sync_can_be_left_out(acts, tally):
    """With any one sync of the protocol made deaf, the states above show a loss."""
    idle, syncs = [], 0
    for number, act in enumerate(acts):
        following = acts[number + 1] if number + 1 < len(acts) else None
        for sync in range(len(act.syncs)):
            syncs += 1
            if not finds_a_loss(act, following, sync):
                idle.append((number, sync))
    assert idle == []
    tally("syncs, each of them needed", syncs, 60)
