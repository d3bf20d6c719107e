"""openapi.json, made from what the code itself reads, answers and refuses."""

from typing import Any, NamedTuple

import falcon
import msgspec

from wxsearch import __version__, errors
from wxsearch.errors import WxsearchError
from wxsearch.limits import Limits
from wxsearch.models import HeldArticle, SearchResult
from wxsearch.query.request import PARAMETERS, Parameter
from wxsearch.service.health import Liveness, Readiness
from wxsearch.service.problems import MEDIA_TYPE, STATUSES, ProblemDocument, kind_of_status
from wxsearch.settings import Settings

# What any address may refuse before the request is read as its own: see bounds.py and worker.py.
_REFUSALS = (400, 405, 411, 413, 414, 417, 431, 500, 501)
_UNREADABLE = (errors.IndexProblem, errors.IndexMissing, errors.IndexCorrupt, errors.IndexIncompatible)
_MODELS = (SearchResult, HeldArticle, Liveness, Readiness, ProblemDocument)

_ID: dict[str, Any] = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The article's id; `/` and `%` in it may be escaped as %2F and %25.",
    "schema": {"type": "string", "minLength": 1},
}


class Operation(NamedTuple):
    """A GET that the service answers, with its model or media type and its own errors."""

    path: str
    name: str
    summary: str
    answer: type | str
    raises: tuple[type[WxsearchError], ...] = ()
    cached: bool = False


OPERATIONS = (
    Operation(
        "/api/v1/search",
        "search",
        "A page of hits with the exact total and facets.",
        SearchResult,
        (errors.InvalidRequest, errors.UnknownParameter, errors.LimitExceeded, *_UNREADABLE),
        cached=True,
    ),
    Operation(
        "/api/v1/articles/{id}",
        "article",
        "One article as it was indexed, and its family.",
        HeldArticle,
        (errors.NotFound, errors.UnknownParameter, *_UNREADABLE),
        cached=True,
    ),
    Operation("/healthz", "liveness", "Whether the process lives.", Liveness),
    Operation("/readyz", "readiness", "Whether the index can be searched.", Readiness, _UNREADABLE),
    Operation("/metrics", "metrics", "Metrics in Prometheus' text format.", "text/plain"),
    Operation("/openapi.json", "description", "This document.", "application/json"),
)


class OpenApiResource:
    """GET /openapi.json."""

    def __init__(self, settings: Settings) -> None:
        self._document = msgspec.json.encode(openapi(settings))

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """The document never changes while the service runs."""
        resp.set_header("Cache-Control", "no-cache")
        resp.content_type = falcon.MEDIA_JSON
        resp.data = self._document


def openapi(settings: Settings) -> dict[str, Any]:
    """The document as OpenAPI 3.1."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.site.name,
            "version": __version__,
            "description": "Full-text search over news articles. Every GET answers HEAD as well.",
        },
        "servers": [{"url": settings.service.path_prefix or "/"}],
        "paths": {operation.path: {"get": _get(operation, settings.limits)} for operation in OPERATIONS},
        "components": {"schemas": _schemas()},
    }


def _get(operation: Operation, limits: Limits) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": _success(operation)}
    if operation.cached:
        responses["304"] = {"description": "The client has this answer already (If-None-Match)."}
    for status, kinds in sorted(_refused(operation).items()):
        codes = ", ".join(f"`{kind.code}`" for kind in kinds)
        responses[str(status)] = {
            "description": f"{kinds[0].title}. Codes: {codes}.",
            "content": {MEDIA_TYPE: {"schema": _reference(ProblemDocument)}},
        }
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "responses": responses,
    }
    if parameters := _parameters(operation, limits):
        described["parameters"] = parameters
    return described


def _success(operation: Operation) -> dict[str, Any]:
    if isinstance(operation.answer, str):
        return {"description": operation.summary, "content": {operation.answer: {}}}
    success: dict[str, Any] = {
        "description": operation.summary,
        "content": {"application/json": {"schema": _reference(operation.answer)}},
    }
    if operation.cached:
        success["headers"] = {"ETag": {"schema": {"type": "string"}}}
    return success


def _refused(operation: Operation) -> dict[int, list[type[WxsearchError]]]:
    refused: dict[int, list[type[WxsearchError]]] = {}
    own = [(STATUSES[kind], kind) for kind in operation.raises]
    for status, kind in [*own, *((status, kind_of_status(status)) for status in _REFUSALS)]:
        kinds = refused.setdefault(status, [])
        if kind not in kinds:
            kinds.append(kind)
    return refused


def _codes() -> set[str]:
    refused = [kinds for operation in OPERATIONS for kinds in _refused(operation).values()]
    return {kind.code for kinds in refused for kind in kinds}


def _parameters(operation: Operation, limits: Limits) -> list[dict[str, Any]]:
    if operation.answer is HeldArticle:
        return [_ID]
    if operation.answer is SearchResult:
        return [_parameter(parameter, limits) for parameter in PARAMETERS]
    return []


def _parameter(parameter: Parameter, limits: Limits) -> dict[str, Any]:
    schema = {**parameter.schema, **_bounds(parameter.name, limits)}
    if "enum" in schema:
        # Forms send fields that nobody filled in; they count as absent.
        schema["enum"] = [*schema["enum"], ""]
    if parameter.repeats:
        schema = {"type": "array", "items": schema, "maxItems": limits.filter_values}
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.description,
        "schema": schema,
    }


def _bounds(name: str, limits: Limits) -> dict[str, int]:
    bounds: dict[str, dict[str, int]] = {
        "q": {"maxLength": limits.query_characters},
        "category": {"maxLength": limits.filter_characters},
        "source": {"maxLength": limits.filter_characters},
        "size": {"maximum": limits.page_size},
        "offset": {"maximum": limits.window},
    }
    return bounds.get(name, {})


def _schemas() -> dict[str, Any]:
    _, schemas = msgspec.json.schema_components(_MODELS, ref_template="#/components/schemas/{name}")
    for schema in schemas.values():
        properties = schema["properties"]
        # These are answers: a field that has a default is there all the same.
        present = [name for name, field in properties.items() if "default" in field]
        schema["required"] = [*schema["required"], *present]
        for name in present:
            del properties[name]["default"]
        schema["description"] = " ".join(schema["description"].split())
    schemas["ProblemDocument"]["properties"]["code"]["enum"] = sorted(_codes())
    return schemas


def _reference(model: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
