"""What is known of a request once it is answered, for the log and the metrics."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from time import perf_counter
from typing import Any, NamedTuple

from wxsearch.service.front import Application
from wxsearch.service.problems import REQUEST_ID
from wxsearch.service.routing import ROUTE

ZERO_HITS = "wxsearch.zero_hits"


class Exchange(NamedTuple):
    """A request and its answer; never the query string, never headers."""

    request_id: str
    method: str
    path: str
    route: str
    status: int
    seconds: float
    size: int
    remote: str
    zero_hits: bool


Observer = Callable[[Exchange], None]


class Recorder:
    """A WSGI application around another that tells observers of each exchange at its end."""

    def __init__(self, inner: Application, observers: Sequence[Observer]) -> None:
        self._inner = inner
        self._observers = observers

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answers a request."""
        started = perf_counter()
        path = environ["PATH_INFO"].encode("latin-1", "replace").decode("utf-8", "replace")
        answered: list[str] = []

        def starting(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            answered.append(status)
            return start_response(status, headers, *error)

        def ended(size: int) -> None:
            exchange = Exchange(
                request_id=environ[REQUEST_ID],
                method=environ["REQUEST_METHOD"],
                path=path,
                route=environ.get(ROUTE, "other"),
                status=int(answered[-1][:3]) if answered else 500,
                seconds=perf_counter() - started,
                size=size,
                remote=environ.get("REMOTE_ADDR", ""),
                zero_hits=environ.get(ZERO_HITS, False),
            )
            self.report(exchange)

        return _Counted(self._inner(environ, starting), ended)

    def report(self, exchange: Exchange) -> None:
        """Tells the observers of an exchange, be it one that the server itself refused."""
        for observer in self._observers:
            observer(exchange)


class _Counted:
    """A body that counts its bytes; the server closes it when the last has been sent."""

    def __init__(self, body: Iterable[bytes], ended: Callable[[int], None]) -> None:
        self._body = body
        self._ended = ended
        self._size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._body:
            self._size += len(chunk)
            yield chunk

    def close(self) -> None:
        close = getattr(self._body, "close", None)
        if close is not None:
            close()
        self._ended(self._size)
