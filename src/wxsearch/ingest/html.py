"""The format `html`: a page of a news site, its paragraphs taken from their own element."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from wxsearch.addresses import is_web_address
from wxsearch.dates import read_published
from wxsearch.errors import NotAnArticle
from wxsearch.ingest.body.certainty import DOUBTFUL, HOPELESS, confidence, doubt_note
from wxsearch.ingest.body.finding import find_body
from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.page import read_page
from wxsearch.ingest.record import Record, article_of
from wxsearch.ingest.rendering import short_text
from wxsearch.ingest.source import Item, Source

_CHARSET = re.compile(
    rb"<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*+=\s*+[\"']?+\s*+([a-zA-Z0-9_-]++)",
    re.IGNORECASE,
)
_DECLARATION_BYTES = 4_096
_DEEPEST = 2_000
_LONGEST_SITE = 10
# More of either is no page of one article; each is compared with many lines.
_MOST_HEADINGS = 20
_MOST_PARTS = 8
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|--+|-(?=[^-]*$)")


def read(source: Source) -> Iterator[Item]:
    """The one article of a page; raises IngestProblem."""
    data = source.whole()
    declared = _CHARSET.search(data[:_DECLARATION_BYTES])
    text, replaced = replace_unstorable(decode(data, declared and declared[1].decode("ascii")))
    if replaced:
        source.note(replaced_note(replaced))
    # One character more than is allowed, so that a title that is too long is still refused.
    yield article_of(read_html(text, source.limits.title_characters + 1, source.note), source.limits)


def read_html(text: str, title_characters: int = 2_000, note: Callable[[str], None] | None = None) -> Record:
    """Reads a page, titles only to so many characters; raises NotAnArticle with a reason.

    `note` is told of a body that may not be the article's.
    """
    if is_deeper(text, _DEEPEST):
        raise NotAnArticle(f"is nested more than {_DEEPEST} elements deep")
    tree = LexborHTMLParser(text)
    meta = _meta(tree)
    name = _page_title(tree)[:title_characters]
    if "og:title" in meta:
        meta["og:title"] = meta["og:title"][:title_characters]
    found = find_body(tree, name)
    record = _read_lines(found.lines, found.within, tree, name, meta)
    if not record["body"]:
        raise NotAnArticle("has no paragraphs of text")
    sure = confidence(found, record["body"])
    if sure < HOPELESS:
        raise NotAnArticle("has a little text that is hardly an article's")
    if sure < DOUBTFUL and note is not None:
        note(doubt_note(sure))
    if record["published"] is None:
        record["published"], record["precision"] = _published(meta)
    url = _own_address(tree, meta)
    record["url"] = url
    for key in ("previous", "next"):
        if record[key]:
            record[key]["url"] = _target(tree, record[key]["title"], url)
    return record


def _read_lines(
    lines: list[str], within: range, tree: LexborHTMLParser, name: str, meta: dict[str, str]
) -> Record:
    """The page by its lines; what h1 and head say of the title wins where a line shows it."""
    # One that is longer than the page's own title cannot begin it.
    first = [short_text(node, len(name)) for node in tree.css("h1")[:_MOST_HEADINGS]]
    headings = [heading for heading in first if heading and name.startswith(heading)]
    parts = [name[: part.start()] for part in islice(_SITE.finditer(name), _MOST_PARTS)]
    headings += filter(None, [meta.get("og:title"), *reversed(parts), name])
    # A head that has but one part may name the site.
    fallback = meta.get("og:title") or (parts[0] if parts else name if len(name) > _LONGEST_SITE else "")
    return read_page(lines, within, headings, fallback)


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """What the head says by name or property, the first of each."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name")
        value = (attributes.get("content") or "").strip()
        if key and value:
            found.setdefault(key.lower(), value)
    return found


def _page_title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("title")
    return " ".join(node.text().split()) if node is not None else ""


def _published(meta: dict[str, str]) -> tuple[str | None, str | None]:
    for key in ("article:published_time", "og:release_date", "publishdate", "pubdate"):
        try:
            if value := meta.get(key):
                return read_published(value)
        except ValueError:
            continue
    return None, None


def _own_address(tree: LexborHTMLParser, meta: dict[str, str]) -> str | None:
    node = tree.css_first("link[rel=canonical]")
    for address in (node.attributes.get("href") if node is not None else None, meta.get("og:url")):
        if address and is_web_address(address.strip()):
            return address.strip()
    return None


def _target(tree: LexborHTMLParser, title: str, url: str | None) -> str | None:
    """Where the link with this text leads, if to the web."""
    base = tree.css_first("base[href]")
    origin = (base.attributes.get("href") if base is not None else None) or url or ""
    plain = " ".join(title.split())
    for node in tree.css("a[href]"):
        if short_text(node, len(plain)) == plain:
            try:
                address = urljoin(origin, (node.attributes.get("href") or "").strip())
            except ValueError:
                return None
            return address if is_web_address(address) else None
    return None
