"""The pages for people."""

import falcon

from wxsearch.engines.base import Engine
from wxsearch.service.problems import ProblemDocument
from wxsearch.service.routing import FalconApp
from wxsearch.settings import Settings


def add_routes(app: FalconApp, engine: Engine, settings: Settings) -> None:
    """Adds `/`, `/articles/{id:path}` and `/static` to the application."""


def render_error(req: falcon.Request, resp: falcon.Response, problem: ProblemDocument) -> None:
    """Writes a problem as a page; its status is already set."""
    resp.content_type = "text/plain; charset=utf-8"
    resp.text = f"{problem.title}: {problem.detail}"
