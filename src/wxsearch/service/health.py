"""Whether the process lives, and whether it can answer searches."""

from typing import Literal

import falcon
import msgspec
from msgspec import Struct

from wxsearch.service.api import JSON
from wxsearch.service.holdings import Holdings


class Liveness(Struct, frozen=True):
    """The process answers."""

    status: Literal["ok"] = "ok"


class Readiness(Struct, frozen=True):
    """How much can be searched; degraded, for the given reason, where that is not the newest."""

    articles: int
    generation: int
    status: Literal["ready", "degraded"]
    reason: str | None


class LivenessResource:
    """GET /healthz: the process answers."""

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Looks at nothing, so that a damaged index never gets the process restarted."""
        _answer(resp, Liveness())


class ReadinessResource:
    """GET /readyz: the index can be read, if not its newest generation; else 503."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Names how much is searchable."""
        held = self._holdings.current()
        status: Literal["ready", "degraded"] = "degraded" if held.degraded else "ready"
        _answer(resp, Readiness(held.articles, held.generation, status, held.degraded))


def _answer(resp: falcon.Response, document: Liveness | Readiness) -> None:
    resp.set_header("Cache-Control", "no-store")
    resp.content_type = JSON
    resp.data = msgspec.json.encode(document)
