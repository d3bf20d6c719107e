"""The pages for people: search, article, and what went wrong."""

import re
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import quote

import falcon
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import UNSET
from msgspec.structs import replace

from wxsearch.engines.base import Engine
from wxsearch.errors import InvalidRequest, LimitExceeded, NotFound
from wxsearch.query.request import read_request
from wxsearch.service.assets import Assets
from wxsearch.service.exchanges import ZERO_HITS
from wxsearch.service.language import LANGUAGES, TEXTS, Speak, choose_language, speaker
from wxsearch.service.links import SEARCH_PARAMETERS, Address, outward, read_address
from wxsearch.service.problems import REQUEST_ID, ProblemDocument, problem_of
from wxsearch.service.reading import open_article
from wxsearch.service.results import show
from wxsearch.service.routing import FalconApp
from wxsearch.settings import Settings

_HERE = Path(__file__).parent
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-cache",
    "Vary": "Accept-Language",
}

# A name, IPv4 or [IPv6], with a port or without.
_HOST = re.compile(r"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?")


class Site:
    """What every page needs: the templates, the files beside them, and the settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.assets = Assets(_HERE / "static")
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def address(self, req: falcon.Request) -> Address:
        """Where the reader is, below the path that a proxy serves us under."""
        return read_address(quote(req.root_path.encode("latin-1")), req.query_string)

    def speak(self, req: falcon.Request, address: Address) -> tuple[str, Speak]:
        """The language for this reader, and its texts."""
        language = choose_language(
            address.one("lang"), req.get_header("Accept-Language"), self.settings.site.language
        )
        return language, speaker(language)

    def send(self, req: falcon.Request, resp: falcon.Response, template: str, **values: Any) -> None:
        """Renders a template with the frame around it."""
        address = self.address(req)
        language, speak = self.speak(req, address)
        site = self.settings.site
        resp.set_headers(_HEADERS)
        resp.content_type = falcon.MEDIA_HTML
        resp.text = self._templates.get_template(template).render(
            t=speak,
            language=language,
            address=address,
            site=site,
            home=site.home_url
            if outward(site.home_url) or site.home_url.startswith("/")
            else address.start(),
            other_language=self._in_other_language(req, address, language),
            asset=lambda name: self.assets.address(address.prefix, name),
            **values,
        )

    def send_xml(self, req: falcon.Request, resp: falcon.Response, template: str) -> None:
        """Renders the description that lets a browser add the site to its search engines."""
        # What a proxy would say in Forwarded, any client can say; a browser keeps this address.
        if not _HOST.fullmatch(req.netloc):
            raise InvalidRequest("the header Host is not a host, or host:port")
        prefix = self.address(req).prefix
        resp.set_header("Cache-Control", "no-store")
        resp.content_type = "application/opensearchdescription+xml; charset=utf-8"
        resp.text = self._templates.get_template(template).render(
            site=self.settings.site,
            root=f"{req.scheme}://{req.netloc}{prefix}",
            icon=self.assets.address("", "favicon.svg"),
        )

    def render_error(self, req: falcon.Request, resp: falcon.Response, problem: ProblemDocument) -> None:
        """Shows a problem as a page, with the search box and what was in it."""
        address = self.address(req)
        _, speak = self.speak(req, address)
        fields = [] if problem.errors is UNSET else [fault.field for fault in problem.errors]
        if problem.code == LimitExceeded.code and not fields:
            fields = ["q"]
        resp.status = falcon.code_to_http_status(problem.status)
        self.send(
            req,
            resp,
            "error.html",
            code=_spoken_code(problem),
            detail=problem.detail,
            faults=[self._fault(field, address, speak) for field in fields],
            without_faults=address.cleared(*fields),
            query=address.one("q"),
            retry=problem.status >= 500,
        )
        resp.set_header("Cache-Control", "no-store")

    def _fault(self, field: str, address: Address, speak: Speak) -> str:
        """What is wrong with one parameter, in words."""
        limits = self.settings.limits
        return speak(
            f"field_{field}" if f"field_{field}" in TEXTS else "field_q",
            value="，".join(address.parameters.get(field, ()))[:80],
            most=limits.page_size,
            window=limits.window,
            longest=limits.query_characters,
            words=limits.query_leaves,
        )

    def _in_other_language(self, req: falcon.Request, address: Address, language: str) -> str:
        other = next(item for item in LANGUAGES if item != language)
        if req.path.startswith("/articles/"):
            # The identifier in req.path is decoded; the template's own links know the way back.
            here = Address(address.prefix, {**address.parameters, "lang": (other,)})
            return here.article(req.path.removeprefix("/articles/"))
        offset = address.one("offset") or None
        return address.search({"lang": other, "offset": offset})


class SearchPage:
    """`GET /`: the search page, with the parameters of the API in its address."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self._site, self._engine = site, engine

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Answers with results, or with what is wrong with the request and the box kept."""
        address = self._site.address(req)
        limits = self._site.settings.limits
        parameters = {
            name: address.parameters[name] for name in SEARCH_PARAMETERS if name in address.parameters
        }
        try:
            request = read_request(parameters, limits)
            started = perf_counter()
            result = self._engine.search(request)
            took = (perf_counter() - started) * 1000
        except InvalidRequest as error:
            self._site.render_error(req, resp, problem_of(error, req.env[REQUEST_ID]))
            return
        req.env[ZERO_HITS] = result.total == 0
        _, speak = self._site.speak(req, address)
        results = show(replace(result, took_ms=took), request, address, limits, speak)
        self._site.send(req, resp, "search.html", view=results, query=request.query.typed, limits=limits)


class ArticlePage:
    """`GET /articles/{id}`: an article as it was indexed."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self._site, self._engine = site, engine

    def on_get(self, req: falcon.Request, resp: falcon.Response, article_id: str) -> None:
        """Shows the article with the words of `q` marked."""
        address = self._site.address(req)
        _, speak = self._site.speak(req, address)
        try:
            article = self._engine.get(article_id)
        except NotFound as error:
            self._site.render_error(req, resp, problem_of(error, req.env[REQUEST_ID]))
            return
        reading = open_article(article, self._engine, address, self._site.settings.limits, speak)
        self._site.send(req, resp, "article.html", view=reading, query=address.one("q"))


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


def _spoken_code(problem: ProblemDocument) -> str:
    """The code whose texts fit the problem; there are texts for what a reader can meet."""
    if f"{problem.code}_help" in TEXTS:
        return problem.code
    if problem.code.startswith("index_"):
        return "index_problem"
    return "internal_error" if problem.status >= 500 else "invalid_request"
