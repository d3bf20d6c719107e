"""JSON-LD: NewsArticle and its kin, BreadcrumbList, and what Baidu asks of pages."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.fields.evidence import Evidence

_MOST_CHARACTERS = 200_000
_MOST_SCRIPTS = 20
_MOST_OBJECTS = 2_000
_ARTICLES = re.compile(r"(?:\w*Article|\w*BlogPosting|Report|VideoObject|WebPage)", re.IGNORECASE)
# Strings are matched first, so that nothing inside one is taken for a comment or a comma.
_LENIENT = re.compile(r'"(?:[^"\\]|\\.)*+"|/\*.*?\*/|(?<!:)//[^\n]*+|<!--|-->|,(?=\s*+[}\]])', re.DOTALL)


def gather(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes what the scripts of this kind say; one that cannot be read is passed over."""
    for node in tree.css('script[type*="ld+json" i]')[:_MOST_SCRIPTS]:
        text = node.text().strip().rstrip(";")
        if len(text) <= _MOST_CHARACTERS:
            for found in _objects(_read(text)):
                _note(found, evidence)


def _read(text: str) -> Any:
    """The JSON of a text; comments, line breaks in strings and commas too many are forgiven."""
    for attempt in (text, _LENIENT.sub(lambda m: m[0] if m[0][0] == '"' else " ", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects of a value, the outer first, without recursion."""
    waiting = [value]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting += reversed([inner for inner in found.values() if isinstance(inner, dict | list)])
        elif isinstance(found, list):
            waiting += reversed(found)


def _note(found: dict[str, Any], evidence: Evidence) -> None:
    kinds = found.get("@type", found.get("type", ""))
    kind = str(kinds[0] if isinstance(kinds, list) and kinds else kinds).rpartition("/")[2]
    if kind == "BreadcrumbList":
        evidence.add("breadcrumb", _trail(found.get("itemListElement")), "json-ld", 0.8)
    elif _ARTICLES.fullmatch(kind):
        is_page = kind.lower() in ("webpage", "videoobject")
        _note_article(found, evidence, 0.6 if is_page else 0.9)
    elif "pubDate" in found:
        evidence.add("title", _text(found.get("title")), "json-ld", 0.8)
        evidence.add("published", _text(found["pubDate"]), "json-ld pubDate", 0.8)
        evidence.add("url", _text(found.get("@id")), "json-ld", 0.85)


def _note_article(found: dict[str, Any], evidence: Evidence, confidence: float) -> None:
    evidence.add("title", _text(found.get("headline")) or _text(found.get("name")), "json-ld", confidence)
    evidence.add("published", _text(found.get("datePublished")), "json-ld", confidence)
    evidence.add("updated", _text(found.get("dateModified")), "json-ld", confidence)
    evidence.add("author", _names(found.get("author")), "json-ld", confidence)
    evidence.add("source", _names(found.get("sourceOrganization")), "json-ld", 0.8)
    evidence.add("source", _names(found.get("provider")), "json-ld", 0.5)
    evidence.add("site", _names(found.get("publisher")), "json-ld", 0.8)
    keywords = found.get("keywords")
    listed = ",".join(map(str, keywords)) if isinstance(keywords, list) else _text(keywords)
    evidence.add("keywords", listed, "json-ld", 0.9)
    page = found.get("mainEntityOfPage") or found.get("url")
    address = page.get("@id") if isinstance(page, dict) else page
    evidence.add("url", _text(address), "json-ld", 0.85)


def _text(value: Any) -> str:
    return " ".join(html.unescape(value).split()) if isinstance(value, str) else ""


def _names(value: Any) -> str:
    """The name of a person or organisation, or the names of several."""
    several = value if isinstance(value, list) else [value]
    names = (_text(one.get("name")) if isinstance(one, dict) else _text(one) for one in several)
    return "、".join(name for name in names if name and "://" not in name)


def _trail(items: Any) -> tuple[str, ...]:
    """The names of a BreadcrumbList by their positions."""
    if not isinstance(items, list):
        return ()
    rows = []
    for number, row in enumerate(items):
        if isinstance(row, dict):
            item = row.get("item")
            name = _text(row.get("name")) or (_text(item.get("name")) if isinstance(item, dict) else "")
            position = str(row.get("position", ""))
            rows.append((int(position) if position.isascii() and position.isdigit() else number, name))
    return tuple(name for _, name in sorted(rows, key=lambda row: row[0]) if name)
