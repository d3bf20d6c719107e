"""What stands before Falcon: request id, path prefix, and a net under it all."""

import logging
import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from wxsearch.service import problems

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger("wxsearch.service")


class Front:
    """A WSGI application around another."""

    def __init__(self, inner: Application, path_prefix: str) -> None:
        self._inner = inner
        # WSGI paths are bytes shown as latin-1.
        self._prefix = path_prefix.encode().decode("latin-1")

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answers a request."""
        environ[problems.REQUEST_ID] = _request_id(environ)
        self._take_prefix(environ)
        try:
            return self._inner(environ, start_response)
        except Exception:  # noqa: BLE001 - nothing may pass that is no problem document
            problem = problems.unexpected(environ[problems.REQUEST_ID])
            _log.exception("request %s: unexpected, outside Falcon", problem.request_id)
            body = problem.encoded()
            start_response(
                "500 Internal Server Error",
                [("Content-Type", problems.MEDIA_TYPE), ("Content-Length", str(len(body)))],
            )
            return [body]

    def _take_prefix(self, environ: dict[str, Any]) -> None:
        """Makes the prefix SCRIPT_NAME, whether the proxy passed it on or took it off."""
        path, prefix = environ["PATH_INFO"], self._prefix
        if prefix and (path == prefix or path.startswith(prefix + "/")):
            environ["PATH_INFO"] = path[len(prefix) :]
        environ["SCRIPT_NAME"] = prefix


def _request_id(environ: dict[str, Any]) -> str:
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
