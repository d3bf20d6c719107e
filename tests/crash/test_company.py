"""Readers, writers and other indexes beside a writer: nobody harms anybody."""

import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from support.ledger import begin, change, read, read_newest
from wxsearch.errors import WriterLocked
from wxsearch.index.generation import Verified, open_newest
from wxsearch.index.publication import Writer, create_index
from wxsearch.index.storage import FileStorage
from wxsearch.index.verification import check

pytestmark = pytest.mark.crash

GENERATIONS = 200


@pytest.fixture
def storage(tmp_path):
    """An index of its own."""
    storage = FileStorage.make(tmp_path / "index")
    begin(storage)
    return storage


def publish_all(storage, count):
    most = 0
    for number in range(1, count + 1):
        change(storage, {"n": str(number)}, merge=number % 8 == 0)
        most = max(most, len(storage.names()))
    return most


def test_processes_that_open_while_one_writes(storage, process, tally, rounds):
    """8 processes open over and over through 200 commits: no exception, nothing torn, never backwards."""
    last = GENERATIONS * rounds
    readers = [process("watch", storage.location, last) for _ in range(8)]
    for reader in readers:
        assert reader.stdout.readline() == "ready\n"
    most = publish_all(storage, last)
    opened = [int(reader.communicate(timeout=60)[0]) for reader in readers]
    assert [reader.returncode for reader in readers] == [0] * 8
    tally(f"openings during {last} commits; at most {most} files", sum(opened), 500)
    # Readers that never pause do not keep old files from being removed.
    assert most <= 60
    change(storage, {"n": "0"}, merge=True)
    assert check(storage).leftovers == ()


def test_threads_that_open_while_one_writes(storage, tally):
    """The same with 8 threads of the writing process."""
    numbers, errors = [[] for _ in range(8)], []
    done = threading.Event()

    def watch(seen):
        try:
            while not done.is_set():
                seen.append(int(read(open_newest(storage, verified=Verified())).get("n", 0)))
                time.sleep(0.001)
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test has to say so
            errors.append(error)

    threads = [threading.Thread(target=watch, args=(seen,)) for seen in numbers]
    for thread in threads:
        thread.start()
    publish_all(storage, GENERATIONS)
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert all(before <= after for seen in numbers for before, after in pairwise(seen))
    tally(f"openings during {GENERATIONS} commits", sum(map(len, numbers)), 400)


def test_an_open_generation_outlives_its_files(storage):
    """What was opened reads the same after its files were removed, and they go when it goes."""
    held = open_newest(storage, verified=Verified())
    before = {name: bytes(content) for name, content in held.files.items()}
    publish_all(storage, 20)
    assert not set(before) & storage.names()
    assert {name: bytes(content) for name, content in held.files.items()} == before

    def maps():
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
        return sum("(deleted)" in line and storage.location in line for line in lines)

    assert maps() == len(before)
    del held
    assert maps() == 0


def test_a_second_writer_is_told_at_once(storage, process):
    """While a process writes, another gets WriterLocked within a second and changes nothing."""
    holder = process("hold", storage.location)
    assert holder.stdout.readline() == "held\n"
    names = storage.names()
    begun = time.monotonic()
    for writing in (
        lambda: Writer(storage),
        lambda: Writer(storage, "rebuild"),
        lambda: create_index(storage),
    ):
        with pytest.raises(WriterLocked, match="another process"):
            writing()
    assert time.monotonic() - begun < 1
    assert storage.names() == names
    # Readers do not care.
    assert read_newest(storage)
    holder.kill()
    holder.wait()
    begun = time.monotonic()
    change(storage, {"n": "1"})
    assert time.monotonic() - begun < 1


def test_a_second_writer_in_the_same_process(storage):
    """The lock holds within a process too, and ends with the writer."""
    with Writer(storage), pytest.raises(WriterLocked):
        Writer(storage)
    Writer(storage).close()


def test_names_of_directories(tmp_path, tally):
    """Prefixes, dots, cases, blanks, Chinese and the longest names: a commit touches its own index only."""
    names = [
        "news",
        "news_2026",
        "news.",
        "news.json",
        "News",
        "new",
        "_MAIN_1.toc",
        "manifest-1.json",
        "...",
    ]
    names += [
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
    ]

    def bytes_of(directory):
        return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}

    storages = [FileStorage.make(tmp_path / name) for name in names]
    for storage in storages:
        begin(storage)
    pairs = 0
    for storage in storages:
        others = {other: bytes_of(tmp_path / other) for other in names}
        change(storage, {"n": storage.location})
        create_index(storage)
        with Writer(storage, "rebuild"):
            pass
        for other in names:
            if storage.location != str(tmp_path / other):
                assert bytes_of(tmp_path / other) == others[other]
                pairs += 1
        assert read_newest(storage)["n"] == storage.location
    tally("pairs of names", pairs, 420)
