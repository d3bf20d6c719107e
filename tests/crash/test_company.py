"""Readers, writers and other indexes beside a writer: nobody harms anybody."""

import threading
import time
from itertools import pairwise

import pytest

from support.commits import (
    FIRST,
    STEPS,
    articles_of,
    by_engine,
    change,
    engine_over,
    number_of,
    numbered,
    read,
)
from support.faultfs import FaultStorage, Killed, kill_at
from wxsearch.errors import WriterLocked
from wxsearch.index.segment.layout import parts_of
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.storage import FileStorage
from wxsearch.index.verification import check

pytestmark = pytest.mark.crash

GENERATIONS = 60


def publish_all(storage, count):
    """Commits numbered batches and merges every eighth time; the most files that there were."""
    most = 0
    for number in range(1, count + 1):
        change(storage, numbered(number), merge=number % 8 == 0)
        most = max(most, len(storage.names()))
    return most


def test_processes_that_open_while_one_writes(index, process, tally, rounds):
    """8 processes open over and over through commits and merges: no exception, nothing torn or backwards."""
    change(index, numbered(0))
    last = GENERATIONS * rounds
    readers = [process("watch", index.location, last) for _ in range(8)]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    began = time.monotonic()
    most = publish_all(index, last)
    opened = [int(reader.communicate(timeout=60)[0]) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 8
    seconds = time.monotonic() - began
    tally(f"openings in {seconds:.0f} s of {last} commits; at most {most} files", sum(opened), 400)
    # Readers that never pause do not keep old files from being removed.
    assert most <= 100
    change(index, numbered(0), merge=True)
    assert check(index).leftovers == ()


def test_threads_that_open_while_one_writes(index, tally):
    """The same with 8 threads of the writing process."""
    change(index, numbered(0))
    numbers, errors = [[] for _ in range(8)], []
    done = threading.Event()

    def watch(seen):
        try:
            while not done.is_set():
                seen.append(number_of(by_engine(index)))
                time.sleep(0.001)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has to say so
            errors.append(error)

    threads = [threading.Thread(target=watch, args=(seen,)) for seen in numbers]
    for thread in threads:
        thread.start()
    publish_all(index, GENERATIONS // 3)
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(before <= after for seen in numbers for before, after in pairwise(seen))
    tally(f"openings during {GENERATIONS // 3} commits", sum(map(len, numbers)), 100)


def test_a_second_writer_is_told_at_once(index, process):
    """While a process writes, others get WriterLocked within a second and change nothing; then they can."""
    holder = process("hold", index.location)
    assert holder.stdout.readline() == "held\n"
    names = index.names()
    engine = engine_over(index)
    begun = time.monotonic()
    for writing in (
        lambda: engine.index(articles_of(FIRST)),
        lambda: engine.delete(["1"]),
        engine.merge,
        engine.rebuild,
    ):
        with pytest.raises(WriterLocked, match="another process"):
            writing()
    assert time.monotonic() - begun < 1
    assert index.names() == names
    # Readers do not care.
    assert read(index) == FIRST
    holder.kill()
    holder.wait()
    begun = time.monotonic()
    change(index, {"n": "1"})
    assert time.monotonic() - begun < 1


def test_a_merge_beside_another_writer(index, tally):
    """What is deleted, replaced, added or merged while a merge builds is as it has to be afterwards."""
    base = {str(number): f"第{number}篇" for number in range(6)}
    meanwhile = {
        "nothing": ({}, base),
        "deleting": ({"drop": {"1"}}, {key: text for key, text in base.items() if key != "1"}),
        "replacing": ({"add": {"1": "新的"}}, base | {"1": "新的"}),
        "adding": ({"add": {"9": "后来"}}, base | {"9": "后来"}),
        "merging": ({"merge": True}, base),
        "deleting all": ({"drop": set(base)}, {}),
    }
    for kind, (arguments, expected) in meanwhile.items():
        engine_over(index).index(articles_of({"0": base["0"], "1": base["1"]}), rebuild=True)
        change(index, {key: base[key] for key in ("2", "3")})
        change(index, {key: base[key] for key in ("4", "5")})
        raced = []

        def fault(number, call, act, data, raced=raced, arguments=arguments):
            if call.kind == "lock writer" and not raced:
                raced.append(change(index, **arguments))
            return act() if data is None else act(data)

        change(FaultStorage(index, fault), merge=True)
        assert len(raced) == 1
        assert read(index) == expected, kind
        assert engine_over(index).check(full=True).state == "sound"
    tally("races", len(meanwhile), 6)


def test_a_dictionary_that_goes_while_a_merge_builds(index):
    """A merge whose dictionary of frames another process removed meanwhile stores it anew."""
    many = {f"n{number}": f"第{number}次海铁联运" for number in range(1_200)}
    engine_over(index).index([], rebuild=True)
    for key, text in FIRST.items():
        change(index, {key: text})
    change(index, many)
    dictionaries = {name for name in index.names() if name.endswith(".dictionary")}
    assert len(dictionaries) == 1

    def fault(number, call, act, data):
        if call.kind == "lock writer" and not raced:
            raced.append(change(index, drop=set(many)))
            raced[0].merge_due()
            change(index, begin=True)
        return act() if data is None else act(data)

    raced = []
    engine_over(FaultStorage(index, fault)).merge(2)
    assert read(index) == FIRST
    assert engine_over(index).check(full=True).state == "sound"
    manifest = open_snapshot(index).manifest
    named = {parts_of(entry).dictionary for entry in manifest.segments}
    assert len(named - dictionaries - {None}) == 1


def test_a_batch_sent_again(index, new_copy, process, tally):
    """Sent again three times, from two clients at once and after every kill, a batch is there once."""
    clients = [process("send", index.location, 3) for _ in range(2)]
    told = [line for client in clients for line in client.communicate(timeout=60)[0].splitlines()]
    assert [client.returncode for client in clients] == [0, 0]
    # Whoever comes first adds it; the five others find nothing to do.
    assert sorted(told) == ["0 0 20"] * 5 + ["20 0 0"]
    assert read(index) == FIRST | {f"s{number}": f"第{number}篇" for number in range(20)}
    step, after = STEPS["update"]
    whole = FaultStorage(new_copy())
    change(whole, **step)
    kinds = ("sync", "rename", "sync directory", "remove")
    points = [number for number, call in enumerate(whole.calls) if call.kind in kinds]
    for point in points:
        storage = new_copy()
        with pytest.raises(Killed):
            change(FaultStorage(storage, kill_at(point)), **step)
        change(storage, **step)
        assert read(storage) == after
        assert engine_over(storage).index(articles_of(step["add"])).unchanged == len(step["add"])
    tally("unknown outcomes", len(points), 8)


def test_names_of_directories(tmp_path, tally):
    """Prefixes, dots, cases, blanks, Chinese and the longest names: a commit touches its own index only."""
    names = [
        *("news", "news_2026", "news.", "news.json", "News", "new", "_MAIN_1.toc", "manifest-1.json", "..."),
        *(
            "新闻",
            "新闻_2026",
            "闻" * 85,
            "x" * 255,
            "x" * 254,
            " ",
            "news news",
            "a\nb",
            "-",
            "~",
            "%2F",
            "*",
        ),
    ]

    def bytes_of(directory):
        return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}

    storages = [FileStorage.make(tmp_path / name) for name in names]
    for storage in storages:
        change(storage, FIRST)
    pairs = 0
    for storage in storages:
        others = {other: bytes_of(tmp_path / other) for other in names}
        change(storage, {"n": "新的"}, drop={"2"}, merge=True)
        engine_over(storage).rebuild()
        for other in names:
            if storage.location != str(tmp_path / other):
                assert bytes_of(tmp_path / other) == others[other]
                pairs += 1
        assert read(storage) == {"1": "海铁联运", "3": "班列", "n": "新的"}
    tally("pairs of names", pairs, 420)
