"""The access log: one JSON line a request on standard output."""

import logging
from datetime import UTC, datetime

import msgspec

from wxsearch.service.exchanges import Exchange

# Keeps a line far below the 8 KiB that log collectors cut at, whatever the path holds.
_PATH_CHARACTERS = 500

_log = logging.getLogger("wxsearch.access")


def log_exchange(exchange: Exchange) -> None:
    """Writes the line of an exchange: what was asked of where, never the query or a header."""
    if not _log.isEnabledFor(logging.INFO):
        return
    line = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "id": exchange.request_id,
        "method": exchange.method,
        "path": exchange.path[:_PATH_CHARACTERS],
        "status": exchange.status,
        "ms": round(exchange.seconds * 1000, 3),
        "bytes": exchange.size,
        "remote": exchange.remote,
    }
    _log.info("%s", msgspec.json.encode(line).decode())
