"""What the head of a page says: meta elements and the canonical link."""

import re
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from wxsearch.addresses import is_web_address
from wxsearch.ingest.fields.evidence import Evidence

_MOST_META = 300
_LONGEST_TIME = 60
# In each list the more trustworthy first. The names in title case are those that the
# Chinese government's rules for its sites prescribe: ArticleTitle, PubDate, ContentSource.
_TITLES = ("articletitle", "og:title", "twitter:title", "headline", "dc.title")
_PUBLISHED = (
    *("article:published_time", "og:release_date", "pubdate", "publishdate", "publish_date", "publishtime"),
    *("publish-date", "pubtime", "weibo: article:create_at", "og:time", "datepublished", "dc.date.issued"),
    *("bytedance:published_time", "releasedate", "dc.date", "date", "article.published", "article:create_at"),
)
_UPDATED = (
    "article:modified_time",
    "bytedance:updated_time",
    "lastmodifieddate",
    "weibo: article:update_at",
    "dateupdate",
)
_SOURCES = ("contentsource", "source", "mediaid", "article:source", "og:article:source", "dc.source")
_AUTHORS = ("article:author", "author", "og:article:author", "dc.creator")
_KEYWORDS = ("keywords", "news_keywords", "article:tag")
_ADDRESSES = ("og:url", "url", "twitter:url")
# What browsers and their extensions write at the top of a page that they save.
_SAVED = re.compile(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,9}url:\s{0,9})(https?://[^\s<>]{1,2000})"
)
_SAVED_CHARACTERS = 4_096
_HOME_PAGE = re.compile(r"/?(?:(?:index|default|home)\.\w{2,5})?", re.IGNORECASE)


def read_meta(tree: LexborHTMLParser) -> dict[str, str]:
    """What the head says by name, property or itemprop, the first of each, names in small letters."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]")[:_MOST_META]:
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        value = (attributes.get("content") or "").strip()
        if key and value:
            found.setdefault(key.strip().lower(), value)
    return found


def gather_meta(meta: dict[str, str], evidence: Evidence) -> None:
    """Notes what meta elements say of an article."""
    fields = (
        ("title", _TITLES, 0.85),
        ("published", _PUBLISHED, 0.85),
        ("updated", _UPDATED, 0.8),
        ("source", _SOURCES, 0.75),
        ("author", _AUTHORS, 0.5),
        ("keywords", _KEYWORDS, 0.9),
        ("url", _ADDRESSES, 0.85),
    )
    for field, names, confidence in fields:
        for name in names:
            value = meta.get(name, "")
            if field not in ("published", "updated") or len(value) <= _LONGEST_TIME:
                evidence.add(field, value, f"meta {name}", confidence)


def gather_links(tree: LexborHTMLParser, evidence: Evidence) -> None:
    """Notes the canonical address."""
    for node in tree.css("link[rel][href]")[:_MOST_META]:
        if "canonical" in (node.attributes.get("rel") or "").lower().split():
            evidence.add("url", node.attributes.get("href"), "link canonical", 0.95)


def gather_saved(text: str, evidence: Evidence) -> None:
    """Notes the address that a page was saved from."""
    if match := _SAVED.search(text, 0, _SAVED_CHARACTERS):
        evidence.add("url", match[1], "comment", 0.8)


def own_address(address: str, origin: str = "") -> str | None:
    """The address of an article, made absolute; None for a home page or what is not of the web."""
    try:
        found = urljoin(origin, address.strip())
        if found.startswith("//"):
            found = f"https:{found}"
        parts = urlsplit(found)
    except ValueError:
        return None
    if not is_web_address(found) or (_HOME_PAGE.fullmatch(parts.path) and not parts.query):
        return None
    return found


def base_address(tree: LexborHTMLParser) -> str:
    """The address from which the page's links start, or nothing."""
    node = tree.css_first("base[href]")
    return ((node.attributes.get("href") or "") if node is not None else "").strip()
