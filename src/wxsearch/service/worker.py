"""gunicorn's threaded worker, refusing what it cannot parse in the service's own shape."""

import logging
import re
import secrets
import selectors
import socket
from contextlib import suppress
from email.utils import formatdate
from functools import partial
from http import HTTPStatus
from time import monotonic, perf_counter
from typing import Any

from gunicorn.http import errors as refusals
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import TConn, ThreadWorker

from wxsearch.service.deadlines import TimedSocket
from wxsearch.service.exchanges import Exchange
from wxsearch.service.problems import MEDIA_TYPE, ProblemDocument, problem_of_status, unexpected

_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_DRAIN_SECONDS = 2.0
_STOP_SECONDS = 1.0
_DRAIN_BYTES = 8 * 1024 * 1024

# Whatever is not here is no fault of the client: 500.
_STATUSES: tuple[tuple[type[Exception], int, str], ...] = (
    (refusals.LimitRequestLine, 414, "the request line is longer than the service allows (limits.url_bytes)"),
    (refusals.LimitRequestHeaders, 431, "the headers are longer or more than the service allows"),
    (refusals.ExpectationFailed, 417, "the expectation in the header Expect cannot be met"),
    (refusals.UnsupportedTransferCoding, 501, "the transfer coding is not known here"),
    (refusals.ForbiddenProxyRequest, 403, "the request is not allowed from this address"),
    (refusals.InvalidRequestMethod, 400, "the method is not one of HTTP"),
    (refusals.InvalidHTTPVersion, 400, "the version of HTTP is not known here"),
    (refusals.InvalidRequestLine, 400, "the request line is not one of HTTP"),
    (refusals.InvalidHeaderName, 400, "the name of a header is not valid"),
    (refusals.InvalidHeader, 400, "a header is not valid"),
    (refusals.ObsoleteFolding, 400, "a header is folded over lines"),
    (refusals.InvalidSchemeHeaders, 400, "headers contradict each other about the scheme"),
    (refusals.InvalidChunkSize, 400, "the size of a chunk is not valid"),
    (refusals.ChunkMissingTerminator, 400, "a chunk does not end as it must"),
    (refusals.InvalidChunkExtension, 400, "the extension of a chunk is not valid"),
)
# These derive from faults of a client.
_OURS = (refusals.InvalidResponseHeader, refusals.InvalidResponseHeaderName)

_log = logging.getLogger("wxsearch.service")


class _Request(Request):  # type: ignore[misc]
    """A request whose line may hold raw UTF-8, as a person types it after curl."""

    def parse_request_line(self, line_bytes: bytes) -> None:
        super().parse_request_line(_NOT_ASCII.sub(lambda byte: b"%%%02X" % byte[0][0], line_bytes))


class _Parser(RequestParser):  # type: ignore[misc]
    mesg_class = _Request


class Worker(ThreadWorker):  # type: ignore[misc]
    """Answers requests in threads; see `ThreadWorker` for the rest.

    The server sets `client_seconds`: the time for a client to ask, and to take the answer.
    """

    client_seconds: float
    sockets: list[Any]
    _stop_by: float | None = None

    def enqueue_req(self, conn: TConn) -> None:
        """Takes a connection: a new one waits until something arrives, without a thread."""
        if conn.parser is None:
            conn.sock = TimedSocket(conn.sock, self.client_seconds)
            conn.parser = _Parser(self.cfg, conn.sock, conn.client)
            conn.timeout = monotonic() + self.client_seconds
            self.pending_conns.append(conn)
            ready = partial(self.on_pending_socket_readable, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, ready)
            return
        if conn.initialized:
            conn.sock.begin()
        super().enqueue_req(conn)

    def set_accept_enabled(self, enabled: bool) -> None:
        """Takes new connections or not; a worker that stops takes those that wait, then lets go of the port.

        gunicorn keeps it to the end: until then clients would connect, wait, and be cut off.
        """
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        listeners, self.sockets = self.sockets, []
        for listener in listeners:
            before = -1
            while before < self.nr_conns < self.worker_connections:
                before = self.nr_conns
                self.accept(listener)
            listener.close()

    def murder_pending(self) -> None:
        """Closes connections on which nothing arrived; one that stops does not wait long for them."""
        if not self.alive:
            self._stop_by = self._stop_by or monotonic() + _STOP_SECONDS
            for conn in self.pending_conns:
                conn.timeout = min(conn.timeout, self._stop_by)
        super().murder_pending()

    def handle(self, conn: TConn) -> Any:
        """Answers a request; whether the connection is kept."""
        kept = super().handle(conn)
        if not kept:
            _drain(conn.sock.connection)
        return kept

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answers a request that never reached the application."""
        started = perf_counter()
        problem = _problem(exc)
        if problem.status >= 500:
            _log.error("request %s: %s", problem.request_id, type(exc).__name__, exc_info=exc)
        response = _response(problem)
        try:
            client.sendall(response)
        except OSError:
            _log.debug("request %s: the client was gone", problem.request_id)
        self.wsgi.report(_exchange(problem, req, addr, perf_counter() - started))


def _problem(exc: Exception) -> ProblemDocument:
    request_id = secrets.token_hex(8)
    for kind, status, detail in _STATUSES:
        if isinstance(exc, kind) and not isinstance(exc, _OURS):
            return problem_of_status(status, detail, request_id)
    return unexpected(request_id)


def _response(problem: ProblemDocument) -> bytes:
    body = problem.encoded()
    lines = (
        f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}",
        "Server: wxsearch",
        f"Date: {formatdate(usegmt=True)}",
        "Connection: close",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        f"X-Request-ID: {problem.request_id}",
    )
    return "\r\n".join((*lines, "", "")).encode() + body


def _drain(client: socket.socket) -> None:
    """Reads on for a moment: closing on unread bytes resets the connection, answer and all."""
    deadline = monotonic() + _DRAIN_SECONDS
    left = _DRAIN_BYTES
    try:
        client.shutdown(socket.SHUT_WR)
        while left > 0 and (seconds := deadline - monotonic()) > 0:
            client.settimeout(seconds)
            received = len(client.recv(65536))
            if not received:
                break
            left -= received
    except OSError:
        _log.debug("the client was gone, or sent on")
    # Or gunicorn would wait for the client once more, in the thread that accepts. Closing is its part:
    # it counts a connection twice that is closed already.
    with suppress(OSError):
        client.shutdown(socket.SHUT_RDWR)


def _exchange(problem: ProblemDocument, req: Any, addr: Any, seconds: float) -> Exchange:
    return Exchange(
        request_id=problem.request_id,
        method=getattr(req, "method", None) or "",
        path=getattr(req, "path", None) or "",
        route="other",
        status=problem.status,
        seconds=seconds,
        size=0,
        remote=addr[0] if isinstance(addr, tuple) else "",
        zero_hits=False,
    )
