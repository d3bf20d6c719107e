"""A disk that fails at any call: a typed error, a free lock, the index as it was, and service goes on."""

import errno
import json
import resource
from functools import partial

import pytest

from support.commits import FIRST, SETTINGS, STEPS, change, engine_over, goes_on, read, state
from support.faultfs import FaultStorage, fail_at, lose_tail_at
from wxsearch.errors import IndexProblem
from wxsearch.index.indexing import IndexWriter
from wxsearch.index.manifest import Contents
from wxsearch.index.snapshot import open_snapshot
from wxsearch.index.verification import check
from wxsearch.query.request import read_request
from wxsearch.whoosh_door.table import tables

pytestmark = pytest.mark.crash

CHANGING = {"create", "write", "sync", "rename", "remove", "sync directory", "lock writer"}
OPENING = {"create", "map", "names", "sync directory", "lock writer", "lock shared", "lock exclusive"}
WRITE = {"write"}

# What breaks, at which calls, and how many of those there are at the least.
FAULTS = {
    "no space": (partial(fail_at, code=errno.ENOSPC), CHANGING, 88),
    "no space from then on": (partial(fail_at, code=errno.ENOSPC, lasting=True), CHANGING, 88),
    "no space within a write": (partial(fail_at, code=errno.ENOSPC, half=True), WRITE, 20),
    "read or write error": (partial(fail_at, code=errno.EIO), CHANGING | OPENING, 190),
    "read or write error from then on": (partial(fail_at, code=errno.EIO, lasting=True), CHANGING, 88),
    "too many open files": (partial(fail_at, code=errno.EMFILE), OPENING, 150),
    "too many open files from then on": (partial(fail_at, code=errno.EMFILE, lasting=True), OPENING, 150),
    "tail lost without a word": (lose_tail_at, WRITE, 20),
}


def points_of(storage, step, kinds):
    """The state before a commit and after it, and the calls of some kinds."""
    before = state(storage)
    recorded = FaultStorage(storage)
    change(recorded, **STEPS[step][0])
    points = [number for number, call in enumerate(recorded.calls) if call.kind in kinds]
    return before, state(storage), points


def holds_out(storage, faulty, step, before, after):
    """Breaks one commit and looks at all that was promised; whether it was acknowledged."""
    serving = engine_over(storage)
    serving.generation()
    try:
        change(faulty, **STEPS[step][0])
        acknowledged = True
    except IndexProblem:
        acknowledged = False
    # Who has the index open searches on.
    shown = {
        hit.id: hit.title for hit in serving.scan(read_request({}, SETTINGS.limits, serving.vocabulary()))
    }
    found = state(storage)
    assert shown == found[0]
    renamed = any(call.kind == "rename" for call in faulty.calls)
    # A merge that finds nothing to do, since it could not read what there is, is no failure.
    certain = acknowledged and (renamed or step != "merge")
    assert found == after if certain else found in ((before, after) if renamed else (before,))
    # The lock is free in this very process, and the next commit cleans up.
    goes_on(storage, found[0])
    return acknowledged


@pytest.mark.parametrize("fault", FAULTS)
def test_every_call_in_memory(fault, new_disk, tally):
    """Each fault at each call of each kind of commit."""
    make, kinds, least = FAULTS[fault]
    met = failed = 0
    for step in STEPS:
        before, after, points = points_of(new_disk(), step, kinds)
        for point in points:
            disk = new_disk()
            failed += not holds_out(disk, FaultStorage(disk, make(point)), step, before, after)
            met += 1
    tally(f"calls, {failed} of them failed commits", met, least)
    assert failed >= met // 2


@pytest.mark.parametrize(
    "fault", ["no space", "read or write error", "too many open files", "no space within a write"]
)
def test_every_call_on_disk(fault, new_copy, tally):
    """The same over real files, for the commit that does most."""
    make, kinds, _ = FAULTS[fault]
    before, after, points = points_of(new_copy(), "update", kinds)
    for point in points:
        storage = new_copy()
        holds_out(storage, FaultStorage(storage, make(point)), "update", before, after)
    tally("calls", len(points), 5 if kinds == WRITE else 20)


def test_a_failed_sync_is_final(new_disk, tally):
    """After any failing sync every call of that writer raises, though the disk would work again."""
    recorded = FaultStorage(new_disk())
    with IndexWriter(recorded, 16, tables) as writer:
        writer.delete(["2"])
    syncs = [number for number, call in enumerate(recorded.calls) if call.kind.startswith("sync")]
    for point in syncs:
        disk = new_disk()
        faulty = FaultStorage(disk, fail_at(point, errno.EIO))
        writer = IndexWriter(faulty, 16, tables)
        with pytest.raises(IndexProblem, match="cannot be written"):
            writer.delete(["2"])
        calls = len(faulty.calls)
        publisher = writer._publisher
        for refused in (
            partial(writer.delete, ["2"]),
            partial(publisher.create, "part"),
            partial(publisher.publish, Contents()),
            publisher.collect,
        ):
            with pytest.raises(IndexProblem, match="cannot be written"):
                refused()
        writer.__exit__()
        assert len(faulty.calls) == calls
        IndexWriter(disk, 16, tables).__exit__()
    tally("failing syncs", len(syncs), 5)


def test_a_reader_without_descriptors_does_not_call_it_damage(new_copy, tally):
    """EMFILE at any call of opening and of both checks is IndexProblem, never a fallback or corruption."""
    met = 0
    for act in (open_snapshot, check, lambda storage: engine_over(storage).check()):
        recorded = FaultStorage(new_copy())
        act(recorded)
        for point, call in enumerate(recorded.calls):
            if not call.kind.startswith("unlock"):
                with pytest.raises(IndexProblem) as raised:
                    act(FaultStorage(new_copy(), fail_at(point, errno.EMFILE)))
                assert raised.type is IndexProblem
                met += 1
    tally("calls", met, 45)


@pytest.mark.parametrize("code", [errno.EMFILE, errno.EIO])
def test_an_open_engine_answers_whatever_fails(code, new_copy, tally):
    """With any call of a refresh failing an open engine answers, and shows what is new when it can."""

    def opened(fault=None):
        storage = new_copy()
        faulty = FaultStorage(storage)
        engine = engine_over(faulty)
        engine.generation()
        change(storage, **STEPS["update"][0])
        begun = len(faulty.calls)
        if fault is not None:
            faulty.fault = fail_at(begun + fault, code)
        return engine, faulty, begun

    def shown(engine):
        return {
            hit.id: hit.title for hit in engine.scan(read_request({}, SETTINGS.limits, engine.vocabulary()))
        }

    engine, faulty, begun = opened()
    assert shown(engine) == STEPS["update"][1]
    calls = len(faulty.calls) - begun
    for point in range(calls):
        engine, faulty, _ = opened(point)
        assert shown(engine) in (FIRST, STEPS["update"][1])
        if code == errno.EMFILE:
            assert shown(engine) == STEPS["update"][1]
            assert engine.degraded() is None
    tally("calls of a refresh", calls, 10)


@pytest.mark.parametrize("size", [100, 2_000, 6_000, 60_000])
def test_a_real_limit(size, wxsearch, new_copy, tmp_path):
    """Where the system lets no file grow further `wxsearch index` says so, and nothing changes."""
    storage = new_copy()
    articles = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": f"n{n}", "title": f"第{n}篇", "body": "港口" * n}) for n in range(500)]
    articles.write_text("\n".join(lines), encoding="utf-8")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    # Its output goes to pipes, which have no limit.
    done = wxsearch("index", articles, "--index", storage.location, preexec_fn=limit)
    assert done.returncode == 4, done.stderr
    assert b"[index_problem]" in done.stderr
    assert b"nothing changed" in done.stderr
    assert read(storage) == FIRST
    assert wxsearch("index", articles, "--index", storage.location).returncode == 0
    assert engine_over(storage).statistics().articles == 503
