"""Workers are real processes, and what kills or stops them is real."""

import os
import signal
import threading
import time

import pytest
from msgspec.structs import replace

from wxsearch.errors import StartProblem
from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.intake import Intake
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.paths import Input, find_inputs
from wxsearch.ingest.source import Rejected
from wxsearch.ingest.workers.pool import Pool
from wxsearch.models import Article

PAGE = (
    "<html><h1>盐田{0}号</h1><p>木耙靠在墙边，风从海上来，盐田{0}号今天收工，"
    "工人们收起工具，踩着石板路回家去了。</p></html>"
)


@pytest.fixture
def folder(tmp_path):
    """A hundred pages, and some files that are none or hold several articles."""
    root = tmp_path / "pages"
    root.mkdir()
    for number in range(100):
        (root / f"{number:03}.html").write_text(PAGE.format(number))
    (root / "010.html").write_bytes(b"\x89PNG")
    (root / "020.jsonl").write_text('{"title":"一"}\n{bad\n{"title":"二\\u0000"}\n')
    (root / "030.txt").write_bytes(b"")
    (root / os.fsdecode(b"040\xff.html")).write_text(PAGE.format("四十"))
    old = time.time() - 3_600
    for path in root.iterdir():
        os.utime(path, (old, old))
    return root


def read(folder, limits, jobs, **options):
    with Pool(limits, Manner(), jobs, **options) as pool:
        return list(pool.read(find_inputs([str(folder)])))


def titles(events):
    return [event.title for event in events if isinstance(event, Article)]


def pipe(path):
    """An input that nobody ever writes to: who opens it waits for ever."""
    os.mkfifo(path)
    return Input(str(path), named=False)


def test_any_number_of_workers_gives_the_same(folder, limits):
    """Articles, rejections, states and notes come in the order of the files, as one process reads them."""
    alone, notes = [], []
    alone += Intake(limits, on_note=notes.append).read(find_inputs([str(folder)]))
    assert len(titles(alone)) > 100
    for jobs in (1, 2, 3):
        heard, sizes = [], []
        assert read(folder, limits, jobs, on_note=heard.append, on_bytes=sizes.append) == alone
        assert heard == notes
        assert sum(sizes) == sum(event.size for event in alone if isinstance(event, FileState))


def test_large_files_and_named_ones(folder, limits, tmp_path):
    """They are read by this process, in their place among the others."""
    large = tmp_path / "large.jsonl"
    large.write_text('{"title":"大"}\n' * 400_000)
    inputs = [*find_inputs([str(folder)])[:3], Input(str(large), named=False)]
    inputs += [Input(str(folder / "050.html"), named=True), *find_inputs([str(folder)])[3:5]]
    with Pool(limits, Manner(), 2) as pool:
        found = titles(pool.read(inputs))
    expected = ["盐田0号", "盐田1号", "盐田2号", *["大"] * 400_000, "盐田50号", "盐田3号", "盐田4号"]
    assert found == expected


def test_bytes_in_place_of_a_file(limits):
    """What is handed over is read under its name, packed or not, and no file is looked for."""
    inputs = [
        Input("/nowhere/a.html", named=True, data=PAGE.format(1).encode()),
        Input("/nowhere/a.html.gz", named=True, data=PAGE.format(2).encode()),
        Input("-", named=True, data=b'{"title":"x"}'),
    ]
    with Pool(limits, Manner(), 1) as pool:
        assert titles(pool.read(inputs)) == ["盐田1号", "盐田2号", "x"]


@pytest.mark.limit("page_seconds")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_page_that_stops_its_reader(folder, limits, tmp_path, jobs):
    """After the time that is allowed it is rejected, and all others are read."""
    inputs = find_inputs([str(folder)])
    inputs.insert(5, pipe(tmp_path / "pipe.html"))
    began = time.monotonic()
    with Pool(replace(limits, page_seconds=1), Manner(), jobs) as pool:
        events = list(pool.read(inputs))
    assert 1 < time.monotonic() - began < 20
    (rejected,) = (event for event in events if getattr(event, "code", "") == "reading_timed_out")
    assert rejected.path == str(tmp_path / "pipe.html")
    assert titles(events) == titles(Intake(limits).read(find_inputs([str(folder)])))
    assert sum(isinstance(event, FileState) for event in events) == len(inputs)


@pytest.mark.limit("page_seconds")
def test_a_reader_within_its_time(limits, tmp_path):
    """A page that comes late, but in time, is read."""
    late = pipe(tmp_path / "pipe.html")

    def write():
        time.sleep(0.5)
        (tmp_path / "pipe.html").write_text(PAGE.format(7))

    threading.Thread(target=write).start()
    with Pool(replace(limits, page_seconds=3), Manner(), 1) as pool:
        assert titles(pool.read([late])) == ["盐田7号"]


@pytest.mark.limit("page_seconds")
def test_the_clock_stands_while_nobody_listens(limits, tmp_path):
    """Who takes long over what was read makes no page late."""
    (tmp_path / "pages").mkdir()
    for number in range(40):
        (tmp_path / "pages" / f"{number:02}.txt").write_text(
            "盐田\n" + "木耙靠在墙边，风从海上来。\n" * 5_000
        )
    with Pool(replace(limits, page_seconds=1), Manner(), 1) as pool:
        events = pool.read(find_inputs([str(tmp_path / "pages")]))
        found = [next(events)]
        time.sleep(2.5)
        found += events
    assert len(titles(found)) == 40


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_page_that_kills_its_reader(folder, limits, tmp_path, number):
    """It is rejected with how the process ended and the bytes of its file; the others are read."""
    inputs = find_inputs([str(folder)])[:20]
    inputs.insert(5, pipe(tmp_path / "pipe.html"))
    with Pool(limits, Manner(), 1) as pool:
        events = pool.read(inputs)
        found = [next(events)]
        (worker,) = pool._workers

        def kill():
            time.sleep(1)
            os.kill(worker._process.pid, number)

        threading.Thread(target=kill).start()
        found += events
    (rejected,) = (event for event in found if getattr(event, "code", "") == "reading_failed")
    assert signal.Signals(number).name in rejected.reason
    assert isinstance(rejected, Rejected)
    assert titles(found) == titles(Intake(limits).read(find_inputs([str(folder)])[:20]))


def test_no_worker_is_left(folder, limits, tmp_path):
    """Whoever stops reading has ended the workers, also one that waits for ever."""
    inputs = [*find_inputs([str(folder)]), pipe(tmp_path / "pipe.html")]
    with Pool(limits, Manner(), 2) as pool:
        next(pool.read(inputs))
        processes = [worker._process for worker in pool._workers]
    assert processes
    assert all(process.returncode is not None for process in processes)


def test_a_worker_that_cannot_begin(folder, limits, monkeypatch):
    """Where no process starts that is said, and no page is blamed."""
    monkeypatch.setattr("sys.executable", "/bin/false")
    with pytest.raises(StartProblem):
        read(folder, limits, 1)
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(StartProblem):
        read(folder, limits, 1)


def test_what_waits_is_bounded(tmp_path, limits, monkeypatch):
    """While one page takes its time, others are not read further ahead than memory allows."""
    (tmp_path / "pages").mkdir()
    for number in range(60):
        (tmp_path / "pages" / f"{number:02}.txt").write_text(
            "盐田\n" + "木耙靠在墙边，风从海上来。\n" * 20_000
        )
    monkeypatch.setattr("wxsearch.ingest.workers.pool._WAITING_BYTES", 2_000_000)
    inputs = [pipe(tmp_path / "pipe.html"), *find_inputs([str(tmp_path / "pages")])]
    most = 0
    with Pool(replace(limits, page_seconds=5), Manner(), 2) as pool:
        for _ in pool.read(inputs):
            most = max(most, pool._waiting_bytes)
    assert 1_000_000 < most < 5_000_000
