import errno
import shutil
import threading
import time

import pytest
from msgspec.structs import replace

from support.answers import total
from support.faultfs import FaultStorage, fail_at, obey
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import IndexCorrupt
from wxsearch.index.storage import FileStorage


class Stuck(FileStorage):
    """A directory that takes as long as one lets it, once it is `slow`."""

    slow = False

    def __init__(self, directory):
        super().__init__(directory)
        self.reached, self.free = threading.Event(), threading.Event()

    def names(self):
        """See FileStorage.names."""
        if self.slow:
            self.reached.set()
            self.free.wait(30)
        return super().names()


def test_one_thread_looks_for_newer_generations(tmp_path, settings, make_article):
    """While a thread opens what is new, however long that takes, the others answer from what is open."""
    refreshing = replace(settings, index=replace(settings.index, refresh_seconds=0.001))
    storage = Stuck.make(tmp_path / "index")
    engine = EmbeddedEngine(tmp_path / "index", refreshing, storage)
    engine.index([make_article(title="题")])
    assert total(engine, settings) == 1
    storage.slow = True
    time.sleep(0.01)
    stuck = threading.Thread(target=total, args=(engine, settings))
    stuck.start()
    assert storage.reached.wait(30)
    time.sleep(0.01)
    others = threading.Thread(target=total, args=(engine, settings))
    others.start()
    others.join(10)
    answered = not others.is_alive()
    storage.free.set()
    stuck.join()
    others.join()
    assert answered


def test_where_no_answer_may_be_old_all_wait_for_what_is_new(tmp_path, settings, make_article):
    """With refresh_seconds of 0 a search that begins after a change has it, also while another opens it."""
    storage = Stuck.make(tmp_path / "index")
    engine = EmbeddedEngine(tmp_path / "index", settings, storage)
    engine.index([make_article("1", title="题")])
    assert total(engine, settings) == 1
    engine.index([make_article("2", title="题")])
    storage.slow = True
    stuck = threading.Thread(target=total, args=(engine, settings))
    stuck.start()
    assert storage.reached.wait(30)
    found = []
    other = threading.Thread(target=lambda: found.append(total(engine, settings)))
    other.start()
    other.join(0.2)
    storage.free.set()
    stuck.join()
    other.join()
    assert found == [2]


def test_an_index_made_anew_in_the_same_place_is_seen(engine, make_article, settings):
    """A reader notices an index that replaced its own, though both are the first generation."""
    engine.index([make_article(title="旧")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings, "旧") == 1
    shutil.rmtree(engine.directory)
    EmbeddedEngine(engine.directory, settings).index([make_article(title="新")])
    assert total(reader, settings, "新") == 1
    assert total(reader, settings, "旧") == 0


def test_a_damaged_successor_does_not_end_service(engine, make_article, settings):
    """A reader goes on with what it has open when nothing newer can be opened, and says why."""
    engine.index([make_article(title="题")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert (total(reader, settings), reader.degraded()) == (1, None)
    for manifest in engine.directory.glob("manifest-*"):
        manifest.write_bytes(b"damaged")
    assert total(reader, settings) == 1
    assert "newest cannot be opened" in reader.degraded()
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        total(EmbeddedEngine(engine.directory, settings), settings)
    engine.index([make_article("2", title="新")], rebuild=True)
    assert (total(reader, settings, "新"), reader.degraded()) == (1, None)


def test_a_reader_does_not_go_back(engine, make_article, settings):
    """A reader that has the newest generation open keeps it when that is lost on the disk, and says so."""
    engine.index([make_article(title="题")])
    engine.index([make_article("2", title="题")])
    newest = engine.generation()
    (engine.directory / f"manifest-{newest}.json").unlink()
    assert (total(engine, settings), engine.generation()) == (2, newest)
    assert f"manifest-{newest}.json: it is missing" in engine.degraded()
    assert total(EmbeddedEngine(engine.directory, settings), settings) == 1


def test_a_failure_that_passes_is_tried_again(engine, make_article, settings):
    """A system that refuses once does not keep a reader from a new generation for ever."""
    engine.index([make_article(title="题")])
    calls = FaultStorage(FileStorage(engine.directory))
    reader = EmbeddedEngine(engine.directory, settings, calls)
    assert total(reader, settings) == 1
    engine.index([make_article("2", title="题")])
    calls.fault = fail_at(len(calls.calls) + 2, errno.EMFILE, lasting=True)
    assert (total(reader, settings), reader.degraded() is None) == (1, False)
    calls.fault = obey
    assert (total(reader, settings), reader.degraded()) == (2, None)


def test_an_open_engine_sees_what_another_writes(engine, make_article, settings):
    """A reader follows new generations of another process's writer, deletions included."""
    engine.index([make_article(title="题")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings) == 1
    engine.index([make_article("2", title="题")])
    assert total(reader, settings) == 2
    engine.delete(["1"])
    assert total(reader, settings) == 1
    assert engine.index([make_article("3", title="题")], rebuild=True).total == 1
    assert total(reader, settings) == 1
    assert reader.get("3").title == "题"


def test_threads_share_an_engine(engine, make_article, settings):
    """Eight threads get the answers that one would get."""
    engine.index([make_article(str(number), body=f"港口 第{number % 7}号") for number in range(200)])
    expected = {number: total(engine, settings, f'港口 "第{number}号"') for number in range(7)}
    wrong = []

    def ask():
        for number, answer in expected.items():
            answers = [total(engine, settings, f'港口 "第{number}号"') for _ in range(10)]
            wrong.extend(found for found in answers if found != answer)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(expected.values()) == 200
    assert wrong == []


def test_a_lost_file_is_told_at_once(engine, make_article, settings):
    """A file that is gone is damage; a reader that has it open goes on."""
    engine.index([make_article(title="题")])
    reader = EmbeddedEngine(engine.directory, settings)
    assert total(reader, settings) == 1
    for postings in engine.directory.glob("*.postings"):
        postings.unlink()
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        EmbeddedEngine(engine.directory, settings).index([make_article("2", title="题")])
    assert [total(reader, settings) for _ in range(20)] == [1] * 20
