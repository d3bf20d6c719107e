"""The API: searches and articles as JSON."""

import hashlib
from time import perf_counter

import falcon
import msgspec
from msgspec.structs import asdict

from wxsearch.engines.base import Engine
from wxsearch.errors import Problem, UnknownParameter
from wxsearch.limits import Limits
from wxsearch.models import HeldArticle
from wxsearch.query.request import read_request
from wxsearch.service.exchanges import ZERO_HITS
from wxsearch.service.query_string import read_parameters

JSON = "application/json; charset=utf-8"


class SearchResource:
    """GET /api/v1/search: a page of hits with totals and facets."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine = engine
        self._limits = limits

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Answers the result, took_ms being the time from the parameters to here."""
        started = perf_counter()
        parameters = read_parameters(req.query_string)
        result = self._engine.search(read_request(parameters, self._limits, self._engine.vocabulary()))
        took = round((perf_counter() - started) * 1000, 3)
        req.env[ZERO_HITS] = result.total == 0
        body = msgspec.json.encode(msgspec.structs.replace(result, took_ms=took))
        _answer(req, resp, f'W/"{_digest(*_without_time(body))}"', body)


class ArticleResource:
    """GET /api/v1/articles/{id}: one article as it was indexed, and its family."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def on_get(self, req: falcon.Request, resp: falcon.Response, article_id: str) -> None:
        """Answers the whole article; 304 where the client has it already."""
        if unknown := list(read_parameters(req.query_string)):
            raise UnknownParameter(
                f"an article takes no parameters; {unknown[0]!r} is given",
                tuple(Problem(name, "unknown parameter") for name in unknown),
            )
        article = self._engine.get(article_id)
        held = HeldArticle(**asdict(article), family=self._engine.family(article_id))
        body = msgspec.json.encode(held)
        _answer(req, resp, f'"{_digest(body)}"', body)


def _answer(req: falcon.Request, resp: falcon.Response, tag: str, body: bytes) -> None:
    """The body, or 304 where If-None-Match names it; tags are compared weakly (RFC 9110)."""
    resp.set_header("ETag", tag)
    resp.set_header("Cache-Control", "no-cache")
    given = [item.strip().removeprefix("W/") for item in (req.get_header("If-None-Match") or "").split(",")]
    if "*" in given or tag.removeprefix("W/") in given:
        resp.status = 304
        return
    resp.content_type = JSON
    resp.data = body


def _without_time(body: bytes) -> tuple[bytes, bytes]:
    """What an encoded result says of the index: all but the time taken, for a weak tag.

    The generation alone would not do: an index that is made anew counts from the start again.
    """
    # The key stands near the end, and no text can hold its bytes: quotes in texts are escaped.
    before, _, after = body.rpartition(b'"took_ms":')
    return before, after[after.index(b",") :]


def _digest(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:24]
