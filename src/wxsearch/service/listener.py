"""The socket that the service listens on, opened before anything else is done."""

import errno
import socket
from typing import NamedTuple

from wxsearch.errors import PortInUse, StartProblem

_BACKLOG = 2048


class Endpoint(NamedTuple):
    """A host, as written, and a port; port 0 lets the system choose."""

    host: str
    port: int

    def url(self, path_prefix: str) -> str:
        """Where a browser on this machine finds the service."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared only
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{path_prefix}/"


def read_endpoint(bind: str) -> Endpoint:
    """Reads HOST:PORT or [IPv6]:PORT; raises StartProblem."""
    host, colon, port = bind.strip().rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not colon or not bare or (":" in bare and bare == host):
        raise StartProblem(f"--bind {bind!r} is not HOST:PORT; write it as 127.0.0.1:8000 or [::1]:8000")
    # int() itself refuses thousands of digits.
    if not (port.isascii() and port.isdecimal() and len(port) <= 5 and int(port) <= 65535):
        raise StartProblem(f"--bind {bind[:80]!r}: {port[:20]!r} is not a port; ports are 0 to 65535")
    return Endpoint(bare, int(port))


def listen(bind: str) -> tuple[socket.socket, Endpoint]:
    """A listening socket and the endpoint it got; raises PortInUse or StartProblem."""
    endpoint = read_endpoint(bind)
    try:
        family, kind, _, _, place = socket.getaddrinfo(
            endpoint.host, endpoint.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, ValueError):  # a ValueError is a name that cannot be one
        raise StartProblem(f"--bind {bind!r}: this machine knows no host {endpoint.host!r}") from None
    listening = socket.socket(family, kind)
    try:
        # An address that was served a moment ago is free again at once.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        raise _explained(error, bind, endpoint) from None
    return listening, Endpoint(endpoint.host, listening.getsockname()[1])


def _explained(error: OSError, bind: str, endpoint: Endpoint) -> StartProblem:
    if error.errno == errno.EADDRINUSE:
        other = endpoint.port % 65535 + 1
        return PortInUse(
            f"{bind} is taken by another program; choose another port: "
            f"make run PORT={other}, or wxsearch serve --bind {endpoint.host}:{other}"
        )
    if error.errno == errno.EACCES:
        return StartProblem(
            f"{bind}: this user may not listen at port {endpoint.port}; choose one from 1024 on (--bind)"
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return StartProblem(
            f"{bind}: this machine has no address {endpoint.host!r}; try 127.0.0.1 or 0.0.0.0 (--bind)"
        )
    return StartProblem(f"{bind}: cannot listen there ({error.strerror})")
