"""The pages for people: search and article."""

from time import perf_counter

import falcon
from msgspec.structs import replace

from wxsearch.engines.base import Engine
from wxsearch.errors import InvalidRequest, NotFound
from wxsearch.query.request import read_request
from wxsearch.service.exchanges import ZERO_HITS
from wxsearch.service.links import SEARCH_PARAMETERS
from wxsearch.service.problems import REQUEST_ID, problem_of
from wxsearch.service.reading import open_article
from wxsearch.service.results import show
from wxsearch.service.routing import FalconApp
from wxsearch.service.site import Site


class SearchPage:
    """`GET /`: the search page, with the parameters of the API in its address."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self._site, self._engine = site, engine

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Answers with results, or with what is wrong with the request and the box kept."""
        visit = self._site.visit(req)
        given, limits = visit.address.parameters, self._site.settings.limits
        try:
            asked = {name: given[name] for name in SEARCH_PARAMETERS if name in given}
            request = read_request(asked, limits, self._engine.vocabulary())
            started = perf_counter()
            result = self._engine.search(request)
            took = (perf_counter() - started) * 1000
        except InvalidRequest as error:
            self._site.send_problem(visit, resp, problem_of(error, req.env[REQUEST_ID]))
            return
        req.env[ZERO_HITS] = result.total == 0
        view = show(replace(result, took_ms=took), request, visit.address, limits, visit.speak)
        self._site.send(visit, resp, "search.html", view=view, query=request.query.typed, limits=limits)


class ArticlePage:
    """`GET /articles/{id}`: an article as it was indexed."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self._site, self._engine = site, engine

    def on_get(self, req: falcon.Request, resp: falcon.Response, article_id: str) -> None:
        """Shows the article with the words of `q` marked."""
        visit = self._site.visit(req)
        try:
            article = self._engine.get(article_id)
        except NotFound as error:
            self._site.send_problem(visit, resp, problem_of(error, req.env[REQUEST_ID]))
            return
        view = open_article(article, self._engine, visit.address, self._site.settings.limits, visit.speak)
        self._site.send(visit, resp, "article.html", view=view, query=visit.address.one("q"))


class Description:
    """`GET /opensearch.xml`: how a browser can search here from its address bar."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Sends the OpenSearch description."""
        self._site.send_xml(req, resp, "opensearch.xml")


def add_routes(app: FalconApp, engine: Engine, site: Site) -> None:
    """Adds the pages and what belongs to them to an application."""
    app.add_route("/", SearchPage(site, engine))
    # Identifiers may hold slashes, which WSGI hands over decoded.
    app.add_route("/articles/{article_id:path}", ArticlePage(site, engine))
    app.add_route("/static/{name}", site.assets)
    app.add_route("/opensearch.xml", Description(site))
