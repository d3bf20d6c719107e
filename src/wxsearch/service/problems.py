"""Errors as HTTP sees them: one table of statuses, one shape (RFC 9457).

`type` is the code as a URN, so that it is stable and promises no page behind it.
Answers from 500 on never say what went wrong inside; the log does, under `request_id`.
"""

import logging
from collections.abc import Callable

import falcon
import msgspec
from msgspec import UNSET, Struct, UnsetType

from wxsearch import errors
from wxsearch.errors import WxsearchError
from wxsearch.service.routing import FalconApp

MEDIA_TYPE = "application/problem+json"
REQUEST_ID = "wxsearch.request_id"
MACHINE_PATHS = ("/healthz", "/readyz", "/metrics", "/openapi.json")

STATUSES: dict[type[WxsearchError], int] = {
    errors.WxsearchError: 500,
    errors.InvalidRequest: 400,
    errors.UnknownParameter: 400,
    errors.LimitExceeded: 400,
    errors.NotFound: 404,
    errors.MethodNotAllowed: 405,
    errors.Busy: 503,
    errors.WriterLocked: 503,
    errors.IndexProblem: 503,
    errors.IndexMissing: 503,
    errors.IndexCorrupt: 503,
    errors.IndexIncompatible: 503,
    errors.IngestProblem: 422,
    errors.Unreadable: 422,
    errors.UnsupportedFormat: 415,
    errors.UndecodableText: 422,
    errors.NotAnArticle: 422,
    errors.InvalidArticle: 422,
    errors.TooLarge: 413,
    errors.ReadingFailed: 422,
    errors.ReadingTimedOut: 422,
    errors.NothingToRead: 422,
    errors.RejectsProblem: 500,
    errors.StartProblem: 500,
    errors.InvalidCollection: 500,
    errors.InvalidSettings: 500,
    errors.PortInUse: 500,
}

# What a refusal of the framework or of the server counts as; other statuses by their hundreds.
_KINDS: dict[int, type[WxsearchError]] = {
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    413: errors.TooLarge,
    414: errors.LimitExceeded,
    431: errors.LimitExceeded,
    501: errors.InvalidRequest,
    503: errors.Busy,
}

_log = logging.getLogger("wxsearch.service")


class FieldProblem(Struct, frozen=True):
    """One of several things wrong with a request: the parameter, what, and at which character of it."""

    field: str
    detail: str
    position: int | UnsetType = UNSET


class ProblemDocument(Struct, frozen=True, kw_only=True):
    """The body of every answer from 400 on."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[FieldProblem, ...] | UnsetType = UNSET

    def encoded(self) -> bytes:
        """The document as JSON."""
        return msgspec.json.encode(self)


def problem_of(error: WxsearchError, request_id: str) -> ProblemDocument:
    """The document that an error of ours becomes."""
    status = next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)
    detail = error.detail if status < 500 else _public_detail(error)
    return _document(type(error), status, detail, request_id, error.problems if status < 500 else ())


def problem_of_status(status: int, detail: str, request_id: str) -> ProblemDocument:
    """The document for a refusal that has a status and no error class of ours."""
    return _document(kind_of_status(status), status, detail, request_id, ())


def kind_of_status(status: int) -> type[WxsearchError]:
    """What a refusal with this status counts as."""
    return _KINDS.get(status, errors.InvalidRequest if status < 500 else errors.WxsearchError)


def unexpected(request_id: str) -> ProblemDocument:
    """The document for whatever nobody foresaw."""
    return problem_of(WxsearchError(""), request_id)


RenderPage = Callable[[falcon.Request, falcon.Response, ProblemDocument], None]


class ErrorHandlers:
    """Makes every error that leaves a resource, or Falcon itself, a problem document.

    `render_page(req, resp, problem)` writes the document as a page for people.
    """

    def __init__(self, render_page: RenderPage) -> None:
        self._render_page = render_page

    def register(self, app: FalconApp) -> None:
        """Hands the three kinds of errors to this object."""
        app.add_error_handler(WxsearchError, self._ours)
        app.add_error_handler(falcon.HTTPError, self._refusal)
        app.add_error_handler(Exception, self._unexpected)

    def _ours(self, req: falcon.Request, resp: falcon.Response, error: WxsearchError, _: object) -> None:
        problem = problem_of(error, req.env[REQUEST_ID])
        if problem.status >= 500:
            _log.error("request %s: %s: %s", problem.request_id, problem.code, error.detail, exc_info=error)
        if isinstance(error, errors.Busy):
            resp.set_header("Retry-After", "1")
        self._answer(req, resp, problem)

    def _refusal(
        self, req: falcon.Request, resp: falcon.Response, error: falcon.HTTPError, _: object
    ) -> None:
        if error.headers:
            resp.set_headers(error.headers)
        status = error.status_code
        detail = _sentence(status, req.method, resp.get_header("Allow")) or error.description or error.title
        self._answer(req, resp, problem_of_status(status, detail, req.env[REQUEST_ID]))

    def _unexpected(self, req: falcon.Request, resp: falcon.Response, error: Exception, _: object) -> None:
        problem = unexpected(req.env[REQUEST_ID])
        _log.error("request %s: unexpected %s", problem.request_id, type(error).__name__, exc_info=error)
        self._answer(req, resp, problem)

    def _answer(self, req: falcon.Request, resp: falcon.Response, problem: ProblemDocument) -> None:
        # What a resource had begun to answer is void.
        resp.text = resp.stream = None
        resp.status = problem.status
        resp.set_header("Cache-Control", "no-store")
        if _for_a_person(req):
            self._render_page(req, resp, problem)
            return
        resp.content_type = MEDIA_TYPE
        resp.data = problem.encoded()


def _for_a_person(req: falcon.Request) -> bool:
    """Whether a page is wanted: outside the API, by a client that names HTML (curl does not)."""
    of_machines = f"{req.path}/".startswith("/api/") or req.path in MACHINE_PATHS
    return not of_machines and "text/html" in req.accept


def _sentence(status: int, method: str, allowed: str | None) -> str | None:
    if status == 404:
        return "there is nothing at this address"
    if status == 405:
        return f"{method} is not possible here; possible: {allowed}"
    return None


def _public_detail(error: WxsearchError) -> str:
    if isinstance(error, errors.Busy):
        return "the service is busy; ask again in a moment"
    if isinstance(error, errors.IndexProblem):
        return "the index cannot be read at present; the log of the service says why"
    return "something went wrong inside; the log of the service has it under the request id"


def _document(
    kind: type[WxsearchError], status: int, detail: str, request_id: str, problems: tuple[errors.Problem, ...]
) -> ProblemDocument:
    return ProblemDocument(
        type=f"urn:wxsearch:problem:{kind.code}",
        title=kind.title,
        status=status,
        detail=detail,
        code=kind.code,
        request_id=request_id,
        errors=tuple(map(_field_problem, problems)) or UNSET,
    )


def _field_problem(problem: errors.Problem) -> FieldProblem:
    position = UNSET if problem.position is None else problem.position
    return FieldProblem(problem.field, problem.detail, position)
