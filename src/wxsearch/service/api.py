"""The API: searches and articles as JSON."""

import hashlib
from time import perf_counter

import falcon
import msgspec

from wxsearch.engines.base import Engine
from wxsearch.errors import UnknownParameter
from wxsearch.limits import Limits
from wxsearch.query.request import read_request
from wxsearch.service.exchanges import ZERO_HITS
from wxsearch.service.query_string import read_parameters

JSON = "application/json; charset=utf-8"


class SearchResource:
    """GET /api/v1/search: a page of hits with totals and facets."""

    def __init__(self, engine: Engine, limits: Limits, instance: str) -> None:
        self._engine = engine
        self._limits = limits
        self._instance = instance

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Answers 304 where the client has the answer of this generation already."""
        started = perf_counter()
        request = read_request(read_parameters(req.query_string), self._limits)
        if _matches(req, self._tag(req.query_string, self._engine.generation())):
            _not_modified(resp, self._tag(req.query_string, self._engine.generation()))
            return
        result = self._engine.search(request)
        took = round((perf_counter() - started) * 1000, 3)
        req.env[ZERO_HITS] = result.total == 0
        if not result.partial:
            resp.set_header("ETag", self._tag(req.query_string, result.generation))
        resp.set_header("Cache-Control", "no-cache")
        resp.content_type = JSON
        resp.data = msgspec.json.encode(msgspec.structs.replace(result, took_ms=took))

    def _tag(self, query_string: str, generation: int) -> str:
        # The instance is part of it: an index made anew counts its generations from the start.
        # Weak, as took_ms differs between answers that are otherwise the same.
        key = f"{self._instance}\n{generation}\n{query_string}".encode()
        return f'W/"{hashlib.sha256(key).hexdigest()[:24]}"'


class ArticleResource:
    """GET /api/v1/articles/{id}: one article as it was indexed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def on_get(self, req: falcon.Request, resp: falcon.Response, article_id: str) -> None:
        """Answers the whole article; 304 where the client has it already."""
        if unknown := list(read_parameters(req.query_string)):
            raise UnknownParameter(f"an article takes no parameters; {unknown[0]!r} is given")
        body = msgspec.json.encode(self._engine.get(article_id))
        tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        if _matches(req, tag):
            _not_modified(resp, tag)
            return
        resp.set_header("ETag", tag)
        resp.set_header("Cache-Control", "no-cache")
        resp.content_type = JSON
        resp.data = body


def _matches(req: falcon.Request, tag: str) -> bool:
    """Whether If-None-Match names the tag; the comparison is the weak one of RFC 9110."""
    given = req.get_header("If-None-Match") or ""
    return tag.removeprefix("W/") in [item.strip().removeprefix("W/") for item in given.split(",")]


def _not_modified(resp: falcon.Response, tag: str) -> None:
    resp.status = 304
    resp.set_header("ETag", tag)
    resp.set_header("Cache-Control", "no-cache")
