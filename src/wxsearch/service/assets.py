"""The style, script and pictures of the pages, read once and named by their content."""

from hashlib import sha256
from pathlib import Path

import falcon
from msgspec import Struct

from wxsearch.errors import NotFound

_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
_YEAR = 31_536_000


class Asset(Struct, frozen=True):
    """A file and the fingerprint of its bytes."""

    content: bytes
    media_type: str
    digest: str


class Assets:
    """`GET /static/{name}`: with the fingerprint in the address it may be kept for good."""

    def __init__(self, folder: Path) -> None:
        self._files = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in _TYPES}

    def address(self, prefix: str, name: str) -> str:
        """The address of a file, which changes whenever its content does."""
        return f"{prefix}/static/{name}?v={self._files[name].digest}"

    def on_get(self, req: falcon.Request, resp: falcon.Response, name: str) -> None:
        """Sends a file, or 304 where the browser has it."""
        asset = self._files.get(name)
        if asset is None:
            raise NotFound("there is no such file")
        named = req.get_param("v") == asset.digest
        resp.set_header("Cache-Control", f"public, max-age={_YEAR}, immutable" if named else "no-cache")
        resp.set_header("X-Content-Type-Options", "nosniff")
        resp.etag = asset.digest
        if req.if_none_match and any(tag in ("*", asset.digest) for tag in req.if_none_match):
            resp.status = falcon.HTTP_304
            return
        resp.content_type = asset.media_type
        resp.data = asset.content


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    return Asset(content, _TYPES[path.suffix], sha256(content).hexdigest()[:12])
