"""What a request may look like before anything reads it: length, body, method, encoding."""

import falcon

from wxsearch.errors import InvalidRequest, TooLarge
from wxsearch.limits import Limits


class Bounds:
    """Falcon middleware that refuses a request before it is routed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def process_request(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Raises the error that the request deserves, if any."""
        self._check_address(req.env)
        self._check_body(req)
        if req.method not in falcon.HTTP_METHODS:
            raise falcon.HTTPMethodNotAllowed(["GET", "HEAD", "OPTIONS"])

    def _check_address(self, env: dict[str, str]) -> None:
        # The raw address is what was sent; not every server hands it over, nor the whole of it.
        read = f"{env['PATH_INFO']}?{env.get('QUERY_STRING', '')}"
        if max(len(env.get("RAW_URI", "")), len(read)) > self._limits.url_bytes:
            raise falcon.HTTPUriTooLong(
                description=f"the address is longer than {self._limits.url_bytes} bytes (limits.url_bytes)"
            )
        try:
            env["PATH_INFO"].encode("latin-1").decode("utf-8")
        except UnicodeError:
            raise InvalidRequest(
                "the path is not UTF-8; escape the UTF-8 bytes of the text as %E4%B8%AD"
            ) from None

    def _check_body(self, req: falcon.Request) -> None:
        if req.get_header("Transfer-Encoding"):
            raise falcon.HTTPLengthRequired(
                description="a body must say its Content-Length; no request here needs one"
            )
        if (req.content_length or 0) > self._limits.body_bytes:
            raise TooLarge(f"the body is longer than {self._limits.body_bytes} bytes (limits.body_bytes)")
