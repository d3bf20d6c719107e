"""Whether the process lives, and whether it can answer searches."""

import falcon
import msgspec

from wxsearch.engines.base import Engine
from wxsearch.service.api import JSON


class LivenessResource:
    """GET /healthz: the process answers."""

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Looks at nothing, so that a damaged index never gets the process restarted."""
        _answer(resp, {"status": "ok"})


class ReadinessResource:
    """GET /readyz: the index can be read; else 503."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Names how much is searchable."""
        held = self._engine.statistics()
        _answer(resp, {"status": "ready", "articles": held.articles, "generation": held.generation})


def _answer(resp: falcon.Response, document: dict[str, str | int]) -> None:
    resp.set_header("Cache-Control", "no-store")
    resp.content_type = JSON
    resp.data = msgspec.json.encode(document)
