"""Microdata: itemprop of an article, and the items of a BreadcrumbList."""

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.rendering import short_text

_FIELDS = {
    "headline": "title",
    "datepublished": "published",
    "datemodified": "updated",
    "author": "author",
    "sourceorganization": "source",
    "keywords": "keywords",
}
_LONGEST = 300
_MOST = 400


def gather(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes what elements with itemprop say; what several say differently is of a list."""
    found: dict[str, set[str]] = {}
    for node in tree.css("[itemprop]")[:_MOST]:
        for name in (node.attributes.get("itemprop") or "").lower().split():
            if field := _FIELDS.get(name):
                found.setdefault(field, set()).add(_value(node))
    for field, values in found.items():
        values.discard("")
        if len(values) == 1:
            evidence.add(field, values.pop(), "microdata", 0.85)
    for node in tree.css('[itemtype*="BreadcrumbList" i]')[:1]:
        names = node.css('[itemprop="name"], [itemprop="title"]')[:_MOST]
        evidence.add("breadcrumb", tuple(filter(None, map(_value, names))), "microdata", 0.85)


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    value = attributes.get("content") or attributes.get("datetime")
    if value:
        return " ".join(value.split()) if len(value) <= _LONGEST else ""
    named = node.css_first('[itemprop="name"]') if "itemscope" in attributes else None
    stated = named.attributes.get("content") if named is not None else None
    return " ".join(stated.split())[:_LONGEST] if stated else short_text(named or node, _LONGEST)
