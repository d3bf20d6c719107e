"""Headers that every answer has, and those that let other sites' scripts in (CORS)."""

import falcon

from wxsearch.service.problems import REQUEST_ID

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # A site that a hit leads to does not learn what was searched for.
    "Referrer-Policy": "same-origin",
}
_POLICY = "default-src 'none'; frame-ancestors 'none'"


class Headers:
    """Falcon middleware; pages set a Content-Security-Policy of their own, which stays."""

    def __init__(self, allowed_origins: list[str]) -> None:
        self._origins = frozenset(allowed_origins)

    def process_response(
        self, req: falcon.Request, resp: falcon.Response, resource: object, succeeded: bool
    ) -> None:
        """Runs for errors too."""
        resp.set_headers(_ALWAYS)
        resp.set_header("X-Request-ID", req.env[REQUEST_ID])
        if resp.get_header("Content-Security-Policy") is None:
            resp.set_header("Content-Security-Policy", _POLICY)
        if self._origins and req.path.startswith("/api/"):
            self._let_in(req, resp)

    def _let_in(self, req: falcon.Request, resp: falcon.Response) -> None:
        origin = req.get_header("Origin")
        if "*" in self._origins:
            origin = "*"
        else:
            resp.append_header("Vary", "Origin")
        if origin is None or origin not in self._origins or req.method not in ("GET", "HEAD", "OPTIONS"):
            return
        resp.set_header("Access-Control-Allow-Origin", origin)
        if req.method == "OPTIONS":
            resp.set_header("Access-Control-Allow-Methods", "GET, HEAD")
            resp.set_header("Access-Control-Allow-Headers", "If-None-Match, X-Request-ID")
            resp.set_header("Access-Control-Max-Age", "600")
        else:
            resp.set_header("Access-Control-Expose-Headers", "ETag, X-Request-ID")
