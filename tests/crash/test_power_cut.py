"""A power cut at any call: no acknowledged generation is lost, and nothing is half there.

The proof that the test can see: with any one sync made deaf, it finds a loss.
"""

from random import Random

import pytest

from support.disk import ModelDisk
from support.faultfs import FaultStorage, Killed
from support.ledger import change, read
from wxsearch.errors import IndexMissing, WxsearchError
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.publication import create_index
from wxsearch.index.verification import check

pytestmark = pytest.mark.crash

NONE = (None, {})

# What is done one after the other, and what the articles are then; step n makes generation n + 1.
SCRIPT = [
    (create_index, {}),
    (lambda s: change(s, {"1": "甲", "2": "乙"}), {"1": "甲", "2": "乙"}),
    (lambda s: change(s, {"3": "丙"}), {"1": "甲", "2": "乙", "3": "丙"}),
    (lambda s: change(s, drop={"1"}), {"2": "乙", "3": "丙"}),
    (lambda s: change(s, {"2": "新乙"}), {"2": "新乙", "3": "丙"}),
    (lambda s: killed_after_renaming(s, {"4": "丁"}), {"2": "新乙", "3": "丙", "4": "丁"}),
    (lambda s: change(s, {"5": "戊"}), {"2": "新乙", "3": "丙", "4": "丁", "5": "戊"}),
    (lambda s: change(s, {"6": "己"}, {"2"}, merge=True), {"3": "丙", "4": "丁", "5": "戊", "6": "己"}),
]


def killed_after_renaming(storage, add):
    """A commit whose process dies between the renaming and the sync that makes it last."""
    start = len(storage.calls)
    inner = storage.fault

    def fault(number, call, act, data):
        renamed = any(earlier.kind == "rename" for earlier in storage.calls[start:number])
        if renamed and call.kind == "sync directory":
            raise Killed
        return inner(number, call, act, data)

    storage.fault = fault
    with pytest.raises(Killed):
        change(storage, add)
    storage.fault, storage.dead = inner, False


def play(disk, look):
    """Plays the script; `look` gets the disk before each call, and what a cut there may leave."""
    # Generation 0 is empty too, and the first half of the beginning.
    allowed = [NONE, (0, {})]
    begun = 0

    def fault(number, call, act, data):
        if call.kind == "names" and any(earlier.kind == "rename" for earlier in storage.calls[begun:number]):
            # It was acknowledged; this is the collection.
            del allowed[:-1]
        look(disk, allowed)
        return act() if data is None else act(data)

    storage = FaultStorage(disk, fault)
    for generation, (act, articles) in enumerate(SCRIPT, start=1):
        begun = len(storage.calls)
        allowed.append((generation, articles))
        act(storage)
        look(disk, allowed)


def find(disk):
    """The generation and its articles, whole to the last byte."""
    try:
        opened = open_newest(disk, verified=Verified())
    except IndexMissing:
        return NONE
    assert opened.degraded is None
    assert check(disk).sound
    return opened.manifest.generation, read(opened)


def judge(disk, allowed):
    """Holds one disk after a power cut against what may be found there."""
    generation, articles = found = find(disk)
    assert found in allowed
    if generation is None:
        create_index(disk)
    change(disk, {"9": "后来"})
    assert find(disk)[1] == articles | {"9": "后来"}
    report = check(disk)
    assert (report.leftovers, report.unknown) == ((), ())


def test_every_state_is_before_or_after(rounds, tally):
    """Whatever a power cut leaves: all that was acknowledged, nothing torn, and the next commit works."""
    random, states, cuts = Random(4), set(), 0

    def look(disk, allowed):
        nonlocal cuts
        cuts += 1
        for _ in range(60 * rounds):
            survivor = disk.after_power_cut(random)
            state = survivor.signature()
            if state not in states:
                states.add(state)
                judge(survivor, allowed)

    play(ModelDisk(), look)
    tally("power cuts", cuts, 344)
    tally("different states after them", len(states), 1_100)


def syncs_of_the_script():
    disk = ModelDisk()
    play(disk, lambda *_: None)
    return disk.syncs


def finds_a_loss(deaf_sync):
    """Whether any state shows that this one sync did nothing."""
    for seed in range(6):
        random = Random(seed)
        disk = ModelDisk(deaf_sync)

        def look(disk, allowed, random=random):
            if disk.syncs > deaf_sync:
                for _ in range(12):
                    judge(disk.after_power_cut(random), allowed)

        try:
            play(disk, look)
        except (AssertionError, WxsearchError, ValueError):
            return True
    return False


def test_no_sync_can_be_left_out(tally):
    """With any one sync of the protocol made deaf, the states above show a loss."""
    syncs = syncs_of_the_script()
    idle = [number for number in range(syncs) if not finds_a_loss(number)]
    assert idle == []
    tally("syncs, each of them needed", syncs, 40)
