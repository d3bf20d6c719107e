"""The application: resources, middleware and error handlers put together."""

from wxsearch.engines.base import Engine
from wxsearch.service.access_log import log_exchange
from wxsearch.service.api import ArticleResource, SearchResource
from wxsearch.service.bounds import Bounds
from wxsearch.service.exchanges import Recorder
from wxsearch.service.front import Application, Front
from wxsearch.service.headers import Headers
from wxsearch.service.health import LivenessResource, ReadinessResource
from wxsearch.service.holdings import Holdings
from wxsearch.service.metrics import Metrics, MetricsResource
from wxsearch.service.openapi import OpenApiResource
from wxsearch.service.pages import add_routes
from wxsearch.service.problems import ErrorHandlers
from wxsearch.service.routing import FalconApp, Router
from wxsearch.service.site import Site
from wxsearch.settings import Settings


def create_app(engine: Engine, settings: Settings) -> Application:
    """The WSGI application that answers from an engine."""
    metrics = Metrics()
    holdings = Holdings(engine)
    app = FalconApp(router=Router())
    app.add_middleware(Headers(settings.service.allowed_origins))
    app.add_middleware(Bounds(settings.limits))
    site = Site(settings)
    ErrorHandlers(site.render_error).register(app)
    app.add_route("/api/v1/search", SearchResource(engine, settings.limits))
    app.add_route("/api/v1/articles/{article_id:path}", ArticleResource(engine))
    app.add_route("/healthz", LivenessResource())
    app.add_route("/readyz", ReadinessResource(holdings))
    app.add_route("/openapi.json", OpenApiResource(settings))
    app.add_route("/metrics", MetricsResource(metrics, holdings))
    add_routes(app, engine, site)
    return Recorder(Front(app, settings.service.path_prefix), (metrics.observe, log_exchange))
