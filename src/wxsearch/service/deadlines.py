"""A connection that ends for whoever is too slow in asking or in taking the answer."""

import errno
import socket
import struct
from contextlib import suppress
from time import monotonic
from typing import Any

# Closing throws away what was not taken, so that it does not lie in the system's memory.
_ABORT = struct.pack("ii", 1, 0)


class TimedSocket:
    """A socket with a deadline for a whole request and one for its whole answer.

    A deadline for every receive alone would be met by one byte at a time. Everything
    else is the socket's own.
    """

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self.connection = connection
        self._seconds = seconds
        self.begin()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)

    def begin(self) -> None:
        """Starts the time for a request; that for its answer starts as it is sent."""
        self._asked_by = monotonic() + self._seconds
        self._taken_by: float | None = None

    def recv(self, size: int) -> bytes:
        """Receives as `socket.recv`; raises ConnectionResetError when the time is up.

        What has arrived by then is still received: it may have waited for a thread of ours.
        """
        self.connection.settimeout(max(0.0, self._asked_by - monotonic()))
        try:
            return self.connection.recv(size)
        except (BlockingIOError, TimeoutError):
            raise self._cut() from None

    def sendall(self, data: bytes) -> None:
        """Sends as `socket.sendall`; raises ConnectionResetError when the time is up."""
        now = monotonic()
        if self._taken_by is None:
            self._taken_by = now + self._seconds
        # For sendall a timeout is one for the whole, not for each packet.
        self.connection.settimeout(max(0.001, self._taken_by - now))
        try:
            self.connection.sendall(data)
        except TimeoutError:
            raise self._cut() from None

    def _cut(self) -> ConnectionResetError:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABORT)
        # Closing is left to gunicorn, which has yet to count the connection as ended.
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        # gunicorn takes this number for a client that went away, and says nothing.
        return ConnectionResetError(errno.ECONNRESET, "the client was too slow")
