"""Clients that take their time: what they hold, and for how long."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from wxsearch.engines.embedded import EmbeddedEngine

# One worker, two threads and one second: whoever waits in a queue behind the slow would notice.
FEW = {"workers": "1", "threads": "2", "client_seconds": "1"}
SECONDS = 30


@pytest.fixture(scope="module")
def large(settings, make_article, tmp_path_factory):
    """An index with an article that no buffer on the way can hold."""
    directory = tmp_path_factory.mktemp("large") / "index"
    EmbeddedEngine(directory, settings).index([make_article("large", body="港口 " * 2_000_000)])
    return directory


@pytest.fixture(scope="module")
def patient(serve, large):
    """A service with few threads and little patience."""
    return serve("-m", "wxsearch", "serve", "--bind", "127.0.0.1:0", "--index", large, **FEW)


@contextlib.contextmanager
def held(port: int, number: int, request: bytes) -> Iterator[list[socket.socket]]:
    """Connections with a small window that have sent something and read nothing."""
    with contextlib.ExitStack() as stack:
        connections = []
        for _ in range(number):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(30)
            connection.connect(("127.0.0.1", port))
            connection.sendall(request)
            connections.append(connection)
        yield connections


@contextlib.contextmanager
def meanwhile(step: Callable[[], None]) -> Iterator[None]:
    """Does something again and again, every 0.1 s."""
    ended = threading.Event()

    def run() -> None:
        while not ended.wait(0.1):
            step()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def received(connection: socket.socket) -> int:
    """How many bytes are still to be had, until the other side ends it in whatever way."""
    size = 0
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            size += len(piece)
    return size


def seconds_until_healthy(service) -> float:
    """How long a question takes whose answer needs no time."""
    began = time.monotonic()
    assert service.get("/healthz").status == 200
    return time.monotonic() - began


def test_answers_that_nobody_reads_are_cut_off(patient):
    """Clients that do not take their answer hold threads for the time of one answer, then lose it."""
    asking = b"GET /api/v1/articles/large HTTP/1.1\r\nHost: x\r\n\r\n"
    with held(patient.port, 2, asking) as connections:
        time.sleep(0.3)
        assert seconds_until_healthy(patient) < SECONDS
        time.sleep(1)
        for connection in connections:
            assert received(connection) < 1_000_000
    assert patient.get("/api/v1/articles/large").status == 200


def test_requests_that_never_end_are_cut_off(patient):
    """Forty clients that send a byte now and then have one time limit together, not one each."""
    with held(patient.port, 40, b"GET /healthz HTTP/1.1\r\nX: ") as connections:

        def dribble() -> None:
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.send(b"a")

        with meanwhile(dribble):
            assert seconds_until_healthy(patient) < SECONDS
    assert "Traceback" not in patient.errors.read_text(encoding="utf-8")


def test_silent_connections_hold_no_thread(patient):
    """Sixty connections on which nothing is sent delay nobody, and are closed."""
    with held(patient.port, 60, b"") as connections:
        assert seconds_until_healthy(patient) < 0.9
        assert {connection.recv(1) for connection in connections} == {b""}


def test_answered_clients_that_do_not_leave_are_left(serve):
    """Clients that keep their end open after the last answer do not stop new ones from coming in."""
    service = serve(workers="1", threads="8")
    with held(service.port, 8, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"):
        time.sleep(0.3)
        # The first may slip in between two that are being closed.
        assert sum(seconds_until_healthy(service) for _ in range(3)) < SECONDS


def test_every_request_of_a_connection_has_its_own_time(patient):
    """The time begins anew with each request on a kept connection."""
    with patient.connect() as connection:
        for _ in range(3):
            connection.sendall(b"GET /healthz HTTP/1.1\r\n")
            time.sleep(0.5)
            connection.sendall(b"Host: x\r\n\r\n")
            assert patient.read(connection).status == 200


def test_a_stop_does_not_wait_for_the_silent(serve):
    """A connection opened in advance, as browsers do, delays the end of the service little."""
    service = serve()
    with held(service.port, 5, b""):
        time.sleep(0.3)
        began = time.monotonic()
        assert service.stop() == 0
        assert time.monotonic() - began < 9
