"""What all pages share: the templates, the files beside them, and who is reading where."""

import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import falcon
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import UNSET

from wxsearch.errors import InvalidRequest, LimitExceeded
from wxsearch.service.assets import Assets
from wxsearch.service.language import LANGUAGES, TEXTS, Language, Speak, choose_language, speaker
from wxsearch.service.links import Address, outward, read_address
from wxsearch.service.problems import ProblemDocument
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


class Visit(NamedTuple):
    """One request for a page: where the reader is and in which language to speak."""

    req: falcon.Request
    address: Address
    language: Language
    speak: Speak


class Site:
    """What every page needs: the templates, the files beside them, and the settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.assets = Assets(_HERE / "static")
        templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # Compiled here, before the workers are forked, and never looked for again.
        self._templates = {name: templates.get_template(name) for name in templates.list_templates()}
        home = settings.site.home_url
        self._home = home if outward(home) or home.startswith("/") else None

    def visit(self, req: falcon.Request) -> Visit:
        """Reads where the reader is, below the path that a proxy serves us under."""
        address = read_address(quote(req.root_path.encode("latin-1")), req.query_string)
        accepted = req.get_header("Accept-Language")
        language = choose_language(address.one("lang"), accepted, self.settings.site.language)
        return Visit(req, address, language, speaker(language))

    def send(self, visit: Visit, resp: falcon.Response, template: str, **values: Any) -> None:
        """Renders a template with the frame around it."""
        address = visit.address
        resp.set_headers(_HEADERS)
        resp.content_type = falcon.MEDIA_HTML
        resp.text = self._templates[template].render(
            t=visit.speak,
            language=visit.language,
            address=address,
            site=self.settings.site,
            home=self._home or address.start(),
            other_language=_in_other_language(visit),
            asset=lambda name: self.assets.address(address.prefix, name),
            **values,
        )

    def send_xml(self, req: falcon.Request, resp: falcon.Response, template: str) -> None:
        """Renders the description that lets a browser add the site to its search engines."""
        # What a proxy would say in Forwarded, any client can say; a browser keeps this address.
        if not _HOST.fullmatch(req.netloc):
            raise InvalidRequest("the header Host is not a host, or host:port")
        prefix = self.visit(req).address.prefix
        resp.set_header("Cache-Control", "no-store")
        resp.content_type = "application/opensearchdescription+xml; charset=utf-8"
        resp.text = self._templates[template].render(
            site=self.settings.site,
            root=f"{req.scheme}://{req.netloc}{prefix}",
            icon=self.assets.address("", "favicon.svg"),
        )

    def render_error(self, req: falcon.Request, resp: falcon.Response, problem: ProblemDocument) -> None:
        """Shows a problem that ended a request wherever it was."""
        self.send_problem(self.visit(req), resp, problem)

    def send_problem(self, visit: Visit, resp: falcon.Response, problem: ProblemDocument) -> None:
        """Shows a problem as a page, with the search box and what was in it."""
        address = visit.address
        fields = [] if problem.errors is UNSET else [fault.field for fault in problem.errors]
        if problem.code == LimitExceeded.code and not fields:
            fields = ["q"]
        resp.status = falcon.code_to_http_status(problem.status)
        self.send(
            visit,
            resp,
            "error.html",
            code=_spoken_code(problem),
            detail=problem.detail,
            faults=[self._fault(field, visit) for field in fields],
            without_faults=address.cleared(*fields),
            query=address.one("q"),
            retry=problem.status >= 500,
        )
        resp.set_header("Cache-Control", "no-store")

    def _fault(self, field: str, visit: Visit) -> str:
        """What is wrong with one parameter, in words."""
        limits = self.settings.limits
        return visit.speak(
            f"field_{field}" if f"field_{field}" in TEXTS else "field_q",
            value="，".join(visit.address.parameters.get(field, ()))[:80],
            most=limits.page_size,
            window=limits.window,
            longest=limits.query_characters,
            words=limits.query_leaves,
        )


def _in_other_language(visit: Visit) -> str:
    """The same page in the other language."""
    address, path = visit.address, visit.req.path
    other = next(item for item in LANGUAGES if item != visit.language)
    if path.startswith("/articles/"):
        # The identifier in the path is decoded; the template's own links know the way back.
        here = Address(address.prefix, {**address.parameters, "lang": (other,)})
        return here.article(path.removeprefix("/articles/"))
    return address.search({"lang": other, "offset": address.one("offset") or None})


def _spoken_code(problem: ProblemDocument) -> str:
    """The code whose texts fit the problem; there are texts for what a reader can meet."""
    if f"{problem.code}_help" in TEXTS:
        return problem.code
    if problem.code.startswith("index_"):
        return "index_problem"
    return "internal_error" if problem.status >= 500 else "invalid_request"
