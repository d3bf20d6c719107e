"""Which candidate of a field is its value.

What a reader sees wins where it is labelled; what the page tells machines makes it finer,
stands in where nothing is shown, and by agreeing raises the confidence.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from wxsearch.ingest.breadcrumb import without_article
from wxsearch.ingest.fields.credits import choose_author, choose_editor, choose_source
from wxsearch.ingest.fields.evidence import Candidate, Evidence, Provenance, supported
from wxsearch.ingest.fields.head_elements import own_address
from wxsearch.ingest.fields.keywords import choose_keywords
from wxsearch.ingest.fields.published import choose_published
from wxsearch.ingest.fields.title import is_title, without_kind
from wxsearch.ingest.page import Page
from wxsearch.ingest.record import Record

_FIELDS = (
    *("url", "title", "body", "published", "precision", "source", "author", "editor"),
    *("breadcrumb", "keywords", "previous", "next"),
)
# In front of a link to the article on its own page.
_BULLETS = "·•◆■▪● \u3000"
_MOST_LABELS = 10
_LONGEST_LABEL = 50
_TITLE_CONFIDENCE = {"heading": 0.95, "text": 0.8, "breadcrumb": 0.75, "title element": 0.75}


class Findings(NamedTuple):
    """A record, and where each of its fields came from."""

    record: Record
    provenance: Provenance


def choose(page: Page, evidence: Evidence, latest: str, base: str = "") -> Findings:
    """The fields of a page; no time is after `latest`, and `base` is where its links start."""
    title = _title(page, evidence)
    published = choose_published(page, evidence, latest)
    source = choose_source(page, evidence)
    chosen: dict[str, Candidate | None] = {
        "url": _address(evidence, base),
        "title": title,
        "body": Candidate("\n".join(page.paragraphs), "text", 0.9) if page.paragraphs else None,
        "published": published and published._replace(value=published.value[0]),
        "precision": published and published._replace(value=published.value[1]),
        "source": source,
        "author": choose_author(page, evidence, source),
        "editor": choose_editor(page),
        "breadcrumb": _breadcrumb(page, evidence, title.value),
        "keywords": choose_keywords(evidence, title.value),
        "previous": Candidate(_link(page.previous), "text", 0.9) if page.previous else None,
        "next": Candidate(_link(page.next), "text", 0.9) if page.next else None,
    }
    return found(chosen)


def found(chosen: dict[str, Candidate | None]) -> Findings:
    """Findings of the values that were chosen; fields that are not named have none."""
    record: Record = dict.fromkeys(_FIELDS)
    record |= {field: candidate.value for field, candidate in chosen.items() if candidate}
    record["breadcrumb"] = record["breadcrumb"] or []
    record["keywords"] = record["keywords"] or []
    record["body"] = record["body"] or ""
    provenance = {field: (one.origin, one.confidence) for field, one in chosen.items() if one}
    return Findings(record, provenance)


def overridden(findings: Findings, given: Mapping[str, Candidate]) -> Findings:
    """The findings with the fields that are given in place of what was found."""
    if not given:
        return findings
    record, provenance = dict(findings.record), dict(findings.provenance)
    for field, one in given.items():
        record[field] = one.value
        provenance[field] = (one.origin, one.confidence)
        if field == "published":
            record["published"], record["precision"] = one.value
            provenance["precision"] = provenance["published"]
    for field in ("url", "previous", "next"):
        link = record[field]
        if field in given:
            address = own_address(
                link["url"] if isinstance(link, dict) else link, findings.record["url"] or ""
            )
            record[field] = {**link, "url": address} if isinstance(link, dict) else address
    return Findings(record, provenance)


def _link(link: Any) -> Record:
    return {"title": link.title, "url": link.url}


def _title(page: Page, evidence: Evidence) -> Candidate:
    origin = page.head.origin
    chosen = Candidate(without_kind(page.head.title.lstrip(_BULLETS)), origin, _TITLE_CONFIDENCE[origin])
    return supported(chosen, evidence.of("title"), is_title)


def _breadcrumb(page: Page, evidence: Evidence, title: str) -> Candidate | None:
    stated = [
        row._replace(value=labels)
        for row in evidence.of("breadcrumb")
        if _is_row(labels := list(without_article(row.value, title)))
    ]
    if _is_row(page.labels):
        return supported(Candidate(list(page.labels), "text", page.trust), stated)
    return stated[0] if stated else None


def _is_row(labels: Sequence[str]) -> bool:
    """Whether labels may be a breadcrumb: what is longer is text, or a menu."""
    return 0 < len(labels) <= _MOST_LABELS and max(map(len, labels)) <= _LONGEST_LABEL


def _address(evidence: Evidence, base: str) -> Candidate | None:
    stated = [
        row._replace(value=address) for row in evidence.of("url") if (address := own_address(row.value, base))
    ]
    return supported(stated[0], stated) if stated else None


def year_of(evidence: Evidence, dates: Sequence[str | None]) -> int | None:
    """The year that a page tells elsewhere, for times that are printed without one."""
    for value in (*(row.value for row in evidence.of("published")), *dates):
        if value and value[:4].isascii() and value[:4].isdigit():
            return int(value[:4])
    return None
