"""A run beside other writers, on a real index."""

import threading
import time

import pytest

from wxsearch.cli.index_run import IndexRun
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.errors import IndexProblem, WriterLocked
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.storage import FileStorage
from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.ledger import Ledger
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.paths import Input
from wxsearch.ingest.rejects import Rejects
from wxsearch.whoosh_door.table import tables

INPUTS = [Input(name, named=False) for name in ("a", "b", "c")]


@pytest.fixture
def engine(tmp_path, settings):
    return EmbeddedEngine(tmp_path / "index", settings)


@pytest.fixture
def index(engine, tmp_path, limits):
    """Indexes events, a part for each article; `hear` is told what stops no run."""

    def run(events, hear=pytest.fail):
        rejects = Rejects(tmp_path / "rejects", limits)
        ledger = Ledger(tmp_path / "ledger", "r")
        made = IndexRun(engine, ledger, rejects, Manner(), limits.rejections, hear)
        return made.index(INPUTS, events, lambda *_: None, part=1)

    return run


def other_writer(tmp_path, seconds):
    """Another who has the lock of the writer for so long, once this returns."""
    held = threading.Event()

    def hold():
        with IndexWriter(FileStorage(tmp_path / "index"), 16, tables):
            held.set()
            time.sleep(seconds)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    return thread


def test_a_writer_between_two_parts(engine, index, make_article, tmp_path):
    """The run waits for it, and nothing that was read is lost."""
    threads = []

    def events():
        for found in INPUTS:
            # Asked for the first of a part, the run has not taken the lock yet.
            if found.path != "a":
                threads.append(other_writer(tmp_path, 0.5))
            yield make_article(found.path, title=found.path)
            yield FileState()

    summary = index(events())
    for thread in threads:
        thread.join()
    assert len(threads) == 2
    assert (summary.added, summary.total, engine.statistics().articles) == (3, 3, 3)


def test_a_writer_from_the_beginning(engine, index, make_article, tmp_path):
    """A run that has not begun is refused at once."""
    engine.index([])
    thread = other_writer(tmp_path, 1)
    began = time.monotonic()
    with pytest.raises(WriterLocked):
        index(iter([make_article("a", title="a"), FileState()]))
    assert time.monotonic() - began < 0.5
    thread.join()


def test_what_was_published_before_a_failure_stays(engine, index, make_article):
    """A run that breaks in its third part has published two."""

    def events():
        for found in INPUTS:
            if found.path == "c":
                raise KeyboardInterrupt
            yield make_article(found.path, title=found.path)
            yield FileState()

    with pytest.raises(KeyboardInterrupt):
        index(events())
    assert engine.statistics().articles == 2


def filling(make_article, monkeypatch, found, last):
    """The events of some inputs, on a disk that is full from the last of them on."""

    def full(*_):
        raise IndexProblem("no space; nothing changed")

    for each in found:
        if each.path == last:
            monkeypatch.setattr(IndexWriter, "commit", full)
        yield make_article(each.path, title=each.path)
        yield FileState()


def test_a_failure_tells_what_was_published_before(index, make_article, monkeypatch):
    """The error of a part says that nothing changed; that others of the run did is said beside it."""
    heard = []
    with pytest.raises(IndexProblem):
        index(filling(make_article, monkeypatch, INPUTS, "c"), heard.append)
    assert len(heard) == 1
    assert "published 2 articles" in heard[0]


def test_a_failure_of_a_run_that_published_nothing(engine, index, make_article, monkeypatch):
    """Where all articles before were there already, the error alone says that nothing changed."""
    engine.index([make_article("a", title="a")])
    heard = []
    with pytest.raises(IndexProblem):
        index(filling(make_article, monkeypatch, INPUTS[:2], "b"), heard.append)
    assert heard == []
