"""The format `html`: a page of a news site, its paragraphs taken from their own element."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from wxsearch.addresses import is_web_address
from wxsearch.errors import NotAnArticle
from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.container import find_container
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.fields import json_ld, microdata, trail
from wxsearch.ingest.fields.choosing import Findings, choose, found, overridden, year_of
from wxsearch.ingest.fields.credits import gather_elements, gather_marked
from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.fields.head_elements import base_address, gather_links, gather_meta, read_meta
from wxsearch.ingest.fields.naming import Naming
from wxsearch.ingest.fields.stamps import date_in_address, gather_scripts, gather_time_elements
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.page import Hints, Page, find_page
from wxsearch.ingest.reading import DEFAULT, Reading
from wxsearch.ingest.record import Record, article_of
from wxsearch.ingest.rendering import Rendering, render, short_text
from wxsearch.ingest.source import Item, Source

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?+\s*+([a-zA-Z0-9_-]++)", re.IGNORECASE)
_DECLARATION_BYTES = 4_096
_DEEPEST = 2_000


def read(source: Source) -> Iterator[Item]:
    """The one article of a page; raises IngestProblem."""
    data = source.whole()
    declared = _CHARSET.search(data[:_DECLARATION_BYTES])
    text, replaced = replace_unstorable(decode(data, declared and declared[1].decode("ascii")))
    if replaced:
        source.note(replaced_note(replaced))
    # One character more than is allowed, so that a title that is too long is still refused.
    findings = find_fields(text, source.limits.title_characters + 1, source.reading)
    article = article_of(findings.record, source.limits)
    source.reading.explain(findings.provenance)
    yield article


def read_html(text: str, title_characters: int = 2_000) -> Record:
    """Reads a page, titles only to so many characters; raises NotAnArticle with a reason."""
    return find_fields(text, title_characters).record


def find_fields(text: str, title_characters: int, reading: Reading = DEFAULT) -> Findings:
    """The fields of a page and where they came from; raises NotAnArticle with a reason."""
    if is_deeper(text, _DEEPEST):
        raise NotAnArticle(f"is nested more than {_DEEPEST} elements deep")
    tree = LexborHTMLParser(text)
    if tree.body is None:
        raise NotAnArticle("is an empty page")
    meta = {key: value[:title_characters] for key, value in read_meta(tree).items()}
    evidence = _gather(tree, text, meta)
    given = reading.rules.values(tree, [*(str(row.value) for row in evidence.of("url")), reading.host])
    try:
        findings = _automatic(tree, text, evidence, Naming(tree, meta, title_characters), reading)
    except NotAnArticle:
        if "body" not in given:
            raise
        findings = found({})
    return overridden(findings, given)


def _automatic(
    tree: LexborHTMLParser, text: str, evidence: Evidence, naming: Naming, reading: Reading
) -> Findings:
    """The fields as they are found without rules of the site."""
    body = tree.body
    container = None if body is None else find_container(body)
    if body is None or container is None:
        raise NotAnArticle("has no paragraphs of text; it may be a list or a page filled by script")
    latest = reading.latest()
    naming.gather_sites(evidence)
    rendering = render(body, container)
    hints = Hints(
        rendering.within,
        naming.marks(tree, evidence),
        naming.fallback(evidence),
        trail.find_trails(tree, is_labelled="位置" in text),
        year_of(evidence, [date_in_address(str(row.value)) for row in evidence.of("url")]),
        latest,
    )
    page = _find_page(rendering, tree, hints)
    if not page.paragraphs:
        raise NotAnArticle("has no paragraphs of text")
    if not (page.head.byline.source or page.tail.source):
        gather_elements(tree, evidence)
    base = base_address(tree)
    findings = choose(page, evidence, latest, base)
    for key in ("previous", "next"):
        if link := findings.record[key]:
            link["url"] = _target(tree, link["title"], base or findings.record["url"] or "")
    return findings


def _gather(tree: LexborHTMLParser, text: str, meta: dict[str, str]) -> Evidence:
    """What the page says of its article to machines, in the order of trust."""
    evidence = Evidence()
    gather_links(tree, evidence)
    json_ld.gather(tree, evidence)
    microdata.gather(tree, evidence)
    gather_meta(meta, evidence)
    gather_time_elements(tree, evidence)
    gather_scripts(text, evidence)
    gather_marked(text, evidence)
    return evidence


def _find_page(rendering: Rendering, tree: LexborHTMLParser, hints: Hints) -> Page:
    """The page by its lines; its breadcrumb by elements alone where no line shows one."""
    page = find_page(rendering.lines, hints)
    if page.labels or tree.body is None:
        return page
    missed = trail.trail_above(tree, page.head.title)
    return find_page(rendering.lines, hints._replace(trails=[missed])) if missed else page


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
