"""An entry of RSS, RDF or Atom to a record: which element says what."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from wxsearch.addresses import is_web_address
from wxsearch.ingest.body.tail import without_tail
from wxsearch.ingest.feed.markup import Element
from wxsearch.ingest.fragment import html_paragraphs, paragraphs, plain_paragraphs, title_text
from wxsearch.ingest.record import Record

_TIMES = (
    "pubDate",
    "published",
    "dc:date",
    "dcterms:issued",
    "issued",
    "dcterms:created",
    "created",
    "updated",
)
_MAIL_AUTHOR = re.compile(r"\S+@\S+\s*\(([^()]+)\)")
_GLOBAL = re.compile(r"(?:urn|tag):\S+", re.IGNORECASE)
_PATH = re.compile(r"\s*[>»›→＞]\s*")
_HAN_LABEL = re.compile(r"[㐀-鿿]{2,12}")


def record_of(entry: Element, base: str, feed: str | None) -> Record:
    """The record of an entry; `base` is what its addresses are relative to, `feed` the feed's title.

    Raises NotAnArticle with a sentence.
    """
    url = _link(entry, base)
    name = entry.first("guid", "id") or entry.attributes.get("rdf:about")
    breadcrumb, keywords = sorted_categories(_categories(entry))
    return {
        "id": name if name and is_global(name) else None,
        "url": url or (name if name and is_web_address(name) else None),
        "title": title_text(entry.first("title", "dc:title") or ""),
        "body": _body(entry),
        "published": entry.first(*_TIMES),
        "source": _source(entry),
        "author": _author(entry),
        "breadcrumb": breadcrumb,
        "keywords": keywords,
        "feed": feed,
    }


def addresses(element: Element) -> Iterator[str]:
    """What the links of an entry or a feed lead to, but for those to feeds and parts."""
    for link in element.all("link"):
        address = (link.attributes.get("href") or link.text).strip()
        if address and link.attributes.get("rel", "alternate") == "alternate":
            yield address


def is_global(name: str) -> bool:
    """Whether an identifier is one article's in all the world; a bare number is so in its feed alone."""
    return _GLOBAL.fullmatch(name) is not None


def sorted_categories(names: list[str]) -> tuple[list[str], list[str]]:
    """The breadcrumb, where one of the categories is clearly a path, and the others as keywords."""
    breadcrumb: list[str] = []
    keywords: dict[str, None] = {}
    for name in names:
        labels = [label for label in _PATH.split(name) if label]
        if len(labels) == 1 and "/" in name:
            parts = [part.strip() for part in name.strip("/ ").split("/")]
            # 新闻/国内 is a path; A/B测试 and TCP/IP are not.
            labels = parts if all(map(_HAN_LABEL.fullmatch, parts)) else labels
        if len(labels) > 1 and not breadcrumb:
            breadcrumb = labels
        elif len(labels) > 1:
            keywords[labels[-1]] = None
        else:
            keywords[name] = None
    return breadcrumb, list(keywords)


def _link(entry: Element, base: str) -> str | None:
    base = entry.attributes.get("xml:base", base)
    for address in addresses(entry):
        try:
            whole = urljoin(base, address)
        except ValueError:
            continue
        if is_web_address(whole):
            return whole
    return None


def _body(entry: Element) -> str:
    """The full text, else the summary."""
    for name in ("content:encoded", "content", "description", "summary", "dc:description"):
        for element in entry.all(name):
            kind = element.attributes.get("type", "").lower()
            if element.markup:
                body = html_paragraphs(element.markup)
            elif kind in ("html", "text/html", "xhtml") or name == "content:encoded":
                body = html_paragraphs(element.text)
            elif kind in ("text", "text/plain"):
                body = plain_paragraphs(element.text)
            else:
                body = paragraphs(element.text)
            if body:
                return without_tail(body)
    return ""


def _source(entry: Element) -> str | None:
    """The source of an entry, in Atom the title of the feed that it is from."""
    for element in entry.all("source"):
        if name := element.first("title") or (element.text if not element.children else None):
            return title_text(name)
    return entry.first("dc:source", "dc:publisher")


def _author(entry: Element) -> str | None:
    for element in entry.all("author"):
        if name := element.first("name"):
            return title_text(name)
    text = entry.first("dc:creator") or next(
        (element.text for element in entry.all("author") if not element.children), ""
    )
    # RSS asks for an address: office@example.cn (王小明)
    match = _MAIL_AUTHOR.fullmatch(text)
    return title_text(match[1] if match else text) or None


def _categories(entry: Element) -> list[str]:
    names = [
        title_text(element.attributes.get("label") or element.attributes.get("term") or element.text)
        for name in ("category", "dc:subject")
        for element in entry.all(name)
    ]
    return list(dict.fromkeys(filter(None, names)))
