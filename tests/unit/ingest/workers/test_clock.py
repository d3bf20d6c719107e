"""What is read by this process itself has a clock, too: real alarms, on real files."""

import re
import threading
import time

import pytest
from msgspec.structs import replace

from wxsearch.errors import IngestProblem, ReadingTimedOut
from wxsearch.ingest.intake import Intake
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.paths import Input, find_inputs
from wxsearch.ingest.table import row as table_row
from wxsearch.ingest.workers.clock import timed
from wxsearch.ingest.workers.pool import Pool, jobs_for
from wxsearch.models import Article

PAGE = (
    "<html><h1>盐田{0}号</h1><p>木耙靠在墙边，盐田{0}号今天收工，"
    "工人们收起工具，踩着石板路回家去了。</p></html>"
)


@pytest.fixture
def slow(monkeypatch):
    """Makes a time that says 很久 take for ever to be read."""
    real = table_row.read_moment

    def read(text, formats=()):
        while text == "很久":
            pass
        return real(text, formats)

    monkeypatch.setattr(table_row, "read_moment", read)


@pytest.mark.limit("page_seconds")
def test_a_row_that_stops_its_reader(slow, limits, tmp_path):
    """After the time that is allowed it is rejected, and all others are read."""
    (tmp_path / "a.csv").write_text("标题,时间\n集市,2024-06-01\n潮汐,很久\n灯塔,2024-06-02\n")
    (tmp_path / "b.html").write_text(PAGE.format(1))
    began = time.monotonic()
    with Pool(replace(limits, page_seconds=1), Manner(), 0) as pool:
        items = list(pool.read(find_inputs([str(tmp_path)])))
        assert not pool._workers
    assert 1 <= time.monotonic() - began < 5
    assert [item.title for item in items if isinstance(item, Article)] == ["集市", "灯塔", "盐田1号"]
    (rejected,) = (item for item in items if getattr(item, "code", ""))
    assert (rejected.code, rejected.place) == ("reading_timed_out", "line 3")


@pytest.mark.limit("page_seconds")
def test_a_reader_within_its_time_many_times(limits, tmp_path):
    """The clock begins anew with each article, and stands while nobody listens."""
    (tmp_path / "a.csv").write_text("标题\n" + "集市\n" * 4)
    with Pool(replace(limits, page_seconds=1), Manner(), 0) as pool:
        for _ in pool.read(find_inputs([str(tmp_path)])):
            time.sleep(0.4)


def test_a_reader_that_takes_the_interruption_for_a_damage():
    """It is interrupted again, until it gives way."""
    heard = []

    def stubborn():
        for _ in range(2):
            try:
                while True:
                    pass
            except IngestProblem as problem:
                heard.append(problem.code)
        yield "article"

    assert list(timed(stubborn(), 1)) == ["article"]
    assert heard == ["reading_timed_out"] * 2


def test_a_pattern_is_interrupted(limits):
    """An expression that never comes to its end is no shelter."""
    with pytest.raises(ReadingTimedOut):
        list(timed((re.fullmatch("(a+)+b", "a" * 40) for _ in range(1)), 1))


def test_another_thread_has_no_clock(limits, tmp_path):
    """Where signals do not reach, files are read all the same."""
    (tmp_path / "a.html").write_text(PAGE.format(1))
    found = []

    def read():
        with Pool(limits, Manner(), 0) as pool:
            found.extend(pool.read(find_inputs([str(tmp_path)])))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join(10)
    assert found == list(Intake(limits).read(find_inputs([str(tmp_path)])))


def test_how_many_processes_read(tmp_path):
    """None for few small files, one for few large ones or pipes, else one a processor; or as asked."""
    small, large = tmp_path / "small.html", tmp_path / "large.html"
    small.write_text("x")
    large.write_bytes(bytes((1 << 20) + 1))
    few = [Input(str(small), named=False)] * 63
    assert (jobs_for(few, 0), jobs_for(few, 3)) == (0, 3)
    assert jobs_for([*few[:9], Input(str(large), named=False)], 0) == 1
    assert jobs_for([Input("-", named=True)], 0) == 1
    assert jobs_for([*few, few[0]], 0) >= 1
