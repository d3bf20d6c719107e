"""The workers of a real server: how they begin, stop, are replaced, and follow the index."""

import os
import re
import resource
import shutil
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from support.services import wait_until, workers
from wxsearch.index.generation import newest_manifest
from wxsearch.index.storage import FileStorage

SLOW = Path(__file__).parent / "slow_service.py"


def refuses(service):
    """Whether a new connection is refused, and not left to wait."""
    try:
        service.connect().close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_stop_lets_running_requests_finish(serve, index, tmp_path):
    """On TERM what is being answered is answered, new connections are refused at once, and all ends well."""
    released = tmp_path / "released"
    # Longer than the test waits, so that it would fail if the end were waited for.
    service = serve(SLOW, index, released, bind="127.0.0.1:0", graceful_seconds="200")
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(service.get, "/api/v1/search?q=动能") for _ in range(2)]
        try:
            wait_until(lambda: service.errors.read_text(encoding="utf-8").count("searching") == 2)
            service.process.send_signal(signal.SIGTERM)
            wait_until(lambda: refuses(service))
            assert service.process.poll() is None
        finally:
            released.touch()
        assert service.process.wait(60) == 0
        assert [answer.result().json["total"] for answer in running] == [9, 9]
    with pytest.raises(ConnectionRefusedError):
        service.get("/healthz")
    assert "Traceback" not in service.errors.read_text(encoding="utf-8")


def pending(sign, pids):
    """Whether a signal waits for each of the processes to go on."""
    masks = [
        re.search(r"ShdPnd:\s*(\w+)", Path(f"/proc/{pid}/status").read_text(encoding="ascii")) for pid in pids
    ]
    return all(int(mask[1], 16) >> (sign - 1) & 1 for mask in masks)


def test_a_stop_answers_who_has_connected(serve):
    """Who asked before a TERM is answered, also where no worker has taken the connection yet."""
    service = serve()
    wait_until(lambda: len(workers(service)) == 2)
    stopped = [int(pid) for pid in workers(service)]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    with ExitStack() as stack:
        waiting = [stack.enter_context(service.connect()) for _ in range(8)]
        for connection in waiting:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        service.process.send_signal(signal.SIGTERM)
        wait_until(lambda: pending(signal.SIGTERM, stopped))
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)
        assert [service.read(connection).status for connection in waiting] == [200] * 8
    assert service.process.wait(60) == 0


def test_a_hang_up_replaces_the_workers(serve):
    """On HUP new workers take over without a request lost, and the counts go on."""
    service = serve()
    wait_until(lambda: len(workers(service)) == 2)
    before = workers(service)
    service.process.send_signal(signal.SIGHUP)
    asked = 0
    while workers(service) & before:
        assert service.get("/readyz").status == 200
        asked += 1
    assert len(workers(service)) == 2
    assert service.get("/api/v1/search").json["total"] == 9
    count = f'requests_total{{method="GET",route="/readyz",status="200"}} {asked}.0'
    wait_until(lambda: count in service.get("/metrics").body.decode())
    assert service.stop(signal.SIGINT) == 0


def test_a_killed_worker_is_replaced(serve):
    """A worker that dies is followed by another; the service goes on."""
    service = serve()
    wait_until(lambda: len(workers(service)) == 2)
    victim = min(workers(service))
    os.kill(int(victim), signal.SIGKILL)
    wait_until(lambda: victim not in workers(service) and len(workers(service)) == 2)
    assert service.get("/api/v1/search").json["total"] == 9


def stopped(pid):
    """Whether a process is held by SIGSTOP."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "T"


def test_a_full_disk_costs_counts_and_no_answers(serve):
    """Workers that find no room for the files they count in answer all the same, and stay."""
    service = serve()
    wait_until(lambda: len(workers(service)) == 2)
    before = workers(service)
    for process in (service.process.pid, *map(int, before)):
        # Less than such a file has, and more than the logs of this test.
        resource.prlimit(process, resource.RLIMIT_FSIZE, (1 << 15, 1 << 15))
    for worker in before:
        os.kill(int(worker), signal.SIGKILL)
    wait_until(lambda: len(workers(service) - before) == 2)
    after = workers(service)
    for _ in range(20):
        assert service.get("/api/v1/search").json["total"] == 9
    assert service.get("/metrics").status == 200
    assert workers(service) == after
    assert "requests are answered and not counted" in service.errors.read_text(encoding="utf-8")
    assert "Traceback" not in service.errors.read_text(encoding="utf-8")


@contextmanager
def connected_to_each_worker(service):
    """One connection to each of the two workers: while one is held, the other takes what comes."""
    wait_until(lambda: len(workers(service)) == 2)
    with ExitStack() as connections:
        found = []
        for other in workers(service):
            os.kill(int(other), signal.SIGSTOP)
            try:
                wait_until(lambda other=other: stopped(other))
                found.append(connections.enter_context(service.connect()))
                generation_by(service, found[-1])
            finally:
                os.kill(int(other), signal.SIGCONT)
        yield found


def generation_by(service, connection):
    """The generation that the worker at the other end answers from."""
    connection.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
    return service.read(connection).json["generation"]


def test_a_running_service_sees_what_is_indexed(serve, wxsearch, index, tmp_path):
    """Within seconds of the commit of `wxsearch index` every worker finds the new article, and keeps it.

    The guide says half a second; the bound leaves room for a busy machine.
    """
    directory = tmp_path / "index"
    shutil.copytree(index, directory)
    next_one = newest_manifest(FileStorage(directory)).generation + 1
    service = serve("-m", "wxsearch", "serve", "--bind", "127.0.0.1:0", "--index", directory)
    before = service.get("/api/v1/search?q=迟到的消息")
    assert before.json["total"] == 0
    (tmp_path / "news.jsonl").write_text('{"id": "late", "title": "迟到的消息"}\n', encoding="utf-8")
    seen = {}
    with connected_to_each_worker(service) as connections, ThreadPoolExecutor(1) as pool:
        indexing = pool.submit(wxsearch, "index", tmp_path / "news.jsonl", "--index", directory)
        wait_until(
            lambda: (
                [generation_by(service, one) for one in connections]
                and newest_manifest(FileStorage(directory)).generation == next_one
            )
        )
        committed = time.monotonic()
        while len(seen) < len(connections):
            for one in connections:
                if generation_by(service, one) == next_one:
                    seen.setdefault(one, time.monotonic() - committed)
            assert time.monotonic() - committed < 5
            time.sleep(0.01)
        assert indexing.result().returncode == 0
    # Shown by pytest -rP.
    sys.stderr.write(f"seconds from the commit to each worker's answer: {sorted(seen.values())}\n")
    for _ in range(20):
        answer = service.get("/api/v1/search?q=迟到的消息", If_None_Match=before.headers["etag"])
        assert answer.json["total"] == 1
        assert service.get("/api/v1/articles/late").status == 200
