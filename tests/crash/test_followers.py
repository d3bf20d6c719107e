"""Engines that are open while others write: what they show, and when."""

import gc
import os
import statistics
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest

from support.commits import (
    FIRST,
    SETTINGS,
    STEPS,
    articles_of,
    change,
    engine_over,
    numbered,
    read,
)
from wxsearch.query.request import read_request

pytestmark = pytest.mark.crash


def answers(engine):
    """What an engine answers, as bytes."""
    results = []
    for q in ("", "海铁联运", '"第"', "批 OR 班列", "正文 -标准箱"):
        result = engine.search(read_request({"q": [q], "size": ["50"]}, SETTINGS.limits, engine.vocabulary()))
        results.append(
            (result.total, result.hits, result.facets, [engine.get(hit.id) for hit in result.hits])
        )
    return msgspec.json.encode(results)


def descriptors():
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - names are all that is wanted


def test_an_open_snapshot_never_changes(index, tally):
    """Held open through 100 commits, 10 merges and their removals it answers the same, byte for byte."""
    held = engine_over(index, refresh_seconds=3600)
    before, names = answers(held), index.names()

    def removed_maps():
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
        return sum("(deleted)" in line and f"{index.location}/" in line for line in lines)

    generation, merges = held.generation(), 0
    for number in range(1, 101):
        merging = number % 10 == 0
        engine = change(index, numbered(number), drop={"3"} if number == 50 else (), merge=merging)
        merges += merging and engine.statistics().segments == 1
        assert merging is False or answers(held) == before
    assert not names & index.names()
    assert answers(held) == before != answers(engine_over(index))
    assert (held.generation(), merges) == (generation, 10)
    assert removed_maps() >= 6
    held.close()
    assert removed_maps() == 0
    tally("generations published beside it", engine_over(index).generation() - generation, 111)


def test_who_has_written_holds_no_file(index):
    """A writer that is done has let go of all files at once, and not only when garbage is collected."""
    gc.collect()
    gc.disable()
    try:
        change(index, numbered(1), drop=(), merge=False)
        assert f"{index.location}/" not in Path("/proc/self/maps").read_text(encoding="utf-8")
    finally:
        gc.enable()


def test_a_refreshed_engine_is_a_fresh_one(index, tally):
    """After each kind of change an engine that was open answers as a new one, with no descriptor more."""
    followed = engine_over(index)
    answers(followed)
    open_before = descriptors()
    changes = {
        **{step: lambda step=step: change(index, **STEPS[step][0]) for step in STEPS},
        "empty": lambda: change(index, begin=True),
        "rebuild": lambda: engine_over(index).rebuild(),
        "replace": lambda: engine_over(index).index(articles_of(FIRST), rebuild=True),
    }
    for kind, act in changes.items():
        before = followed.generation()
        act()
        assert answers(followed) == answers(engine_over(index)), kind
        assert (followed.generation() > before) == (kind != "empty")
        assert descriptors() == open_before, kind
    assert read(index) == FIRST
    tally("kinds of change", len(changes), 7)


def hurriedly(act):
    """What an act gives where threads change places a thousand times as often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.000_01)
    try:
        return act()
    finally:
        sys.setswitchinterval(usual)


def forked(act):
    """A child process that ends well if the act gives nothing."""
    child = os.fork()
    if not child:
        ended = 1
        try:
            ended = len(act())
        finally:
            os._exit(ended)
    return child


def test_threads_and_children_share_an_engine(index, rounds, tally):
    """8 threads, at two switch intervals, and forked children with 4 get the answers that one gets."""
    change(index, {f"n{number}": f"第{number % 7}次海铁联运" for number in range(300)})
    change(index, {f"m{number}": f"第{number % 5}个班列" for number in range(100)}, drop={"n3"})
    engine = engine_over(index, refresh_seconds=0.01)
    texts = ("", "海铁联运", '"第3"', "第1 班列", "海 OR 个", "正文 -班列", '"次海铁"', "nothing")
    requests = [read_request({"q": [q]}, SETTINGS.limits, engine.vocabulary()) for q in texts]

    def answer(request):
        result = engine.search(request)
        return msgspec.json.encode((result.total, result.hits, result.facets))

    expected = [answer(request) for request in requests]

    def wrong_of(threads, turns):
        wrong = []

        def ask(offset):
            for turn in range(turns):
                which = (turn + offset) % len(requests)
                try:
                    if answer(requests[which]) != expected[which]:
                        wrong.append(which)
                except Exception as error:  # noqa: BLE001 - whatever it is, the test has to say so
                    wrong.append(error)

        started = [threading.Thread(target=ask, args=(number,)) for number in range(threads)]
        for thread in started:
            thread.start()
        for thread in started:
            thread.join()
        return wrong

    turns = 80 * rounds
    assert wrong_of(8, turns) == []
    assert hurriedly(lambda: wrong_of(8, turns)) == []
    children = [forked(lambda: wrong_of(4, turns // 4)) for _ in range(4)]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
    tally("queries, 0 wrong", 2 * 8 * turns + 4 * 4 * (turns // 4), 1_600)


def test_a_finished_run_is_seen_in_time(index, process, tally):
    """An engine of another process, with the default settings, shows a finished run within half a second."""
    runs = 20
    first = engine_over(index).generation()
    follower = process("follow", index.location, first + runs)
    assert follower.stdout.readline() == "ready\n"
    delays = []
    for number in range(runs):
        summary = engine_over(index).index(articles_of(numbered(number + 1)))
        finished = time.monotonic()
        generation, seen = follower.stdout.readline().split()
        assert int(generation) == summary.generation
        delays.append(float(seen) - finished)
        # Not in step with the follower's looking.
        time.sleep(number * 0.007)
    assert statistics.median(delays) <= 0.5
    told = f"{statistics.median(delays) * 1000:.0f} ms, at most {max(delays) * 1000:.0f}"
    tally(f"finished runs, seen after {told}", len(delays), runs)
