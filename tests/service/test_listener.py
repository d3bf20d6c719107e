"""The address to listen at: read, taken, or refused with what to do."""

import socket

import pytest

from wxsearch.errors import PortInUse, StartProblem
from wxsearch.service.listener import Endpoint, listen, read_endpoint


@pytest.mark.parametrize(
    ("bind", "endpoint", "url"),
    [
        ("127.0.0.1:8000", Endpoint("127.0.0.1", 8000), "http://127.0.0.1:8000/"),
        (" localhost:0 ", Endpoint("localhost", 0), "http://localhost:0/"),
        ("0.0.0.0:80", Endpoint("0.0.0.0", 80), "http://127.0.0.1:80/"),  # noqa: S104 - read only
        ("[::1]:65535", Endpoint("::1", 65535), "http://[::1]:65535/"),
        ("[::]:1", Endpoint("::", 1), "http://[::1]:1/"),
    ],
)
def test_addresses_are_read(bind, endpoint, url):
    """Hosts, IPv4 and IPv6, with a port; the printed address is one that a browser can open."""
    assert read_endpoint(bind) == endpoint
    assert endpoint.url("") == url


@pytest.mark.parametrize(
    "bind",
    [
        "",
        "8000",
        ":8000",
        "localhost",
        "localhost:",
        "::1:80",
        "h:65536",
        "h:-1",
        "h:８０",
        "h:80/x",
        "h:" + "1" * 5000,
    ],
)
def test_what_is_no_address_is_refused(bind):
    """The message shows how an address is written."""
    with pytest.raises(StartProblem, match="--bind"):
        read_endpoint(bind)


def test_a_free_port_is_taken():
    """Port 0 gets a port of the system's choice, and it listens."""
    listening, endpoint = listen("127.0.0.1:0")
    with listening, socket.create_connection(("127.0.0.1", endpoint.port), timeout=60):
        assert endpoint.port > 0


def test_a_port_in_use_names_another():
    """The message says who is in the way and which command to try."""
    listening, endpoint = listen("127.0.0.1:0")
    with listening, pytest.raises(PortInUse, match=r"make run PORT=\d+, or wxsearch serve --bind 127"):
        listen(f"127.0.0.1:{endpoint.port}")


@pytest.mark.parametrize(
    "bind", ["no-such-host.invalid:8000", "192.0.2.1:8000", f"{'a' * 64}.example:80", "a\0b:80"]
)
def test_a_host_that_is_not_here_is_refused(bind):
    """A foreign address, an unknown name and a name that cannot be one are start_problem."""
    with pytest.raises(StartProblem, match="this machine"):
        listen(bind)


def test_a_privileged_port_is_explained(monkeypatch):
    """A refusal by the system says which ports are free to take."""

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    # Tests may run as root, who is refused nothing.
    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(StartProblem, match="from 1024 on"):
        listen("127.0.0.1:80")
