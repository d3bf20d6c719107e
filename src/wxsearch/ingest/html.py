"""The format `html`: a page of a news site, its paragraphs taken from their own element."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from wxsearch.addresses import is_web_address
from wxsearch.errors import NotAnArticle
from wxsearch.ingest.body.certainty import DOUBTFUL, HOPELESS, confidence, doubt_note
from wxsearch.ingest.body.finding import find_body
from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.fields import baidu, json_ld, microdata, trail
from wxsearch.ingest.fields.choosing import Findings, choose, found, overridden, year_of
from wxsearch.ingest.fields.credits import (
    gather_authors,
    gather_elements,
    gather_logos,
    gather_marked,
    gather_pieces,
    gather_variables,
)
from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.fields.head_elements import (
    base_address,
    gather_links,
    gather_meta,
    gather_saved,
    read_meta,
)
from wxsearch.ingest.fields.naming import Naming
from wxsearch.ingest.fields.stamps import date_in_address, gather_scripts, gather_time_elements
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.page import Hints, Page, find_page
from wxsearch.ingest.reading import DEFAULT, Reading
from wxsearch.ingest.rendering import short_text
from wxsearch.ingest.source import Item, Source

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*+=\s*+[\"']?+\s*+([a-zA-Z0-9_-]++)",
    re.IGNORECASE,
)
_DECLARATION_BYTES = 4_096
_DEEPEST = 2_000
_ORIGINS = {
    "page": "text",
    "hidden": "hidden text",
    "carried": "script",
    "structured": "json-ld",
}

OnDoubt = Callable[[str], None]


def unheard(_doubt: str) -> None:
    """Where nobody listens, doubts end here."""


def read(source: Source) -> Iterator[Item]:
    """The one article of a page; raises IngestProblem."""
    text = page_text(source)
    # One character more than is allowed, so that a title that is too long is still refused.
    findings = find_fields(text, source.limits.title_characters + 1, source.reading, source.note)
    article = source.article(findings.record)
    source.reading.explain(findings.provenance)
    yield article


def page_text(source: Source) -> str:
    """The text of a page in whatever encoding; raises IngestProblem."""
    data = source.whole()
    declared = _CHARSET.search(data[:_DECLARATION_BYTES])
    text, replaced = replace_unstorable(decode(data, declared and declared[1].decode("ascii")))
    if replaced:
        source.note(replaced_note(replaced))
    return str(text)


def find_fields(
    text: str, title_characters: int, reading: Reading = DEFAULT, note: OnDoubt = unheard
) -> Findings:
    """The fields of a page and where they came from; raises NotAnArticle with a reason."""
    if is_deeper(text, _DEEPEST):
        raise NotAnArticle(f"is nested more than {_DEEPEST} elements deep")
    tree = LexborHTMLParser(text)
    meta = {key: value[:title_characters] for key, value in read_meta(tree).items()}
    evidence = _gather(tree, text, meta)
    given = reading.rules.values(tree, [*(str(row.value) for row in evidence.of("url")), reading.host])
    try:
        findings, doubt = _automatic(tree, text, evidence, Naming(tree, meta, title_characters), reading)
    except NotAnArticle:
        if "body" not in given:
            raise
        findings, doubt = found({}), ""
    if doubt and "body" not in given:
        note(doubt)
    return overridden(findings, given)


def _automatic(
    tree: LexborHTMLParser, text: str, evidence: Evidence, naming: Naming, reading: Reading
) -> tuple[Findings, str]:
    """The fields as they are found without rules of the site, and what is doubtful about the body."""
    body = find_body(tree, naming.name)
    latest = reading.latest()
    naming.gather_sites(evidence)
    hints = Hints(
        body.within,
        naming.marks(tree, evidence),
        naming.fallback(evidence),
        trail.find_trails(tree, is_labelled="位置" in text),
        year_of(evidence, [date_in_address(str(row.value)) for row in evidence.of("url")]),
        latest,
    )
    page = _find_page(body.lines, tree, hints)
    sure = confidence(body, "\n".join(page.paragraphs))
    if not page.paragraphs:
        raise NotAnArticle("has no paragraphs of text")
    if sure < HOPELESS:
        raise NotAnArticle("has a little text that is hardly an article's")
    if not (page.head.byline.source or page.tail.source):
        gather_elements(tree, evidence)
        gather_logos(text, evidence)
        gather_variables(text, evidence)
    elif page.head.byline.source and not page.head.byline.labelled:
        gather_pieces(text, page.head.byline.source, evidence)
    base = base_address(tree)
    record, provenance = choose(page, evidence, latest, base)
    findings = Findings(record, {**provenance, "body": (_ORIGINS[body.origin], sure)})
    for key in ("previous", "next"):
        if link := findings.record[key]:
            link["url"] = _target(tree, link["title"], base or findings.record["url"] or "")
    return findings, doubt_note(sure) if sure < DOUBTFUL else ""


def _gather(tree: LexborHTMLParser, text: str, meta: dict[str, str]) -> Evidence:
    """What the page says of its article to machines, in the order of trust."""
    evidence = Evidence()
    gather_links(tree, evidence)
    json_ld.gather(tree, evidence)
    microdata.gather(tree, evidence)
    gather_meta(meta, evidence)
    baidu.gather(tree, evidence)
    gather_saved(text, evidence)
    gather_time_elements(tree, evidence)
    gather_scripts(text, evidence)
    gather_marked(text, evidence)
    gather_authors(tree, evidence)
    return evidence


def _find_page(lines: Sequence[str], tree: LexborHTMLParser, hints: Hints) -> Page:
    """The page by its lines; its breadcrumb by elements alone where no line shows one."""
    page = find_page(lines, hints)
    if page.labels or tree.body is None:
        return page
    missed = trail.trail_above(tree, page.head.title)
    return find_page(lines, hints._replace(trails=[missed])) if missed else page


def _target(tree: LexborHTMLParser, title: str, origin: str) -> str | None:
    """Where the link with this text leads, if to the web."""
    plain = " ".join(title.split())
    for node in tree.css("a[href]"):
        shown = short_text(node, len(plain) + 10)
        if shown == plain or (shown.endswith(plain) and shown[1:3] in ("一篇", "一条", "一则")):
            return _absolute(node.attributes, origin)
    return None


def _absolute(attributes: dict[str, Any], origin: str) -> str | None:
    try:
        address = urljoin(origin, (attributes.get("href") or "").strip())
    except ValueError:
        return None
    return address if is_web_address(address) else None
