"""JSON Feed, versions 1 and 1.1: its items, to records."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from wxsearch.errors import IngestProblem, InvalidArticle
from wxsearch.ingest.body.tail import without_tail
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.feed.entry import is_global, sorted_categories
from wxsearch.ingest.fragment import html_paragraphs, plain_paragraphs, title_text
from wxsearch.ingest.json_document import read_values
from wxsearch.ingest.json_values import as_object, read_object
from wxsearch.ingest.record import Record
from wxsearch.ingest.source import Source

# The version stands first by custom, and in any case near the beginning.
BEGINNING = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{[^{}\[\]]{0,2000}?"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org(?:\\?/)version'
)
_ITEMS = re.compile(rb'"items"\s*:\s*\[')
_HEAD_BYTES = 65_536


def read_records(source: Source) -> Iterator[tuple[Record | IngestProblem, bytes]]:
    """The records of the items, each with the feed that it would be alone.

    Raises InvalidArticle where there is no list of them.
    """
    head = source.peek(_HEAD_BYTES)
    found = _ITEMS.search(head)
    if found is None:
        raise InvalidArticle("is a JSON Feed without a list of items near its beginning")
    beginning = decode(head[: found.end()]).removeprefix("\ufeff")
    title = _text(read_object(beginning + "]}"), "title")
    next(source.chunks)
    source.chunks = chain((head[found.end() - 1 :],), source.chunks)
    for value, text in read_values(source.chunks, source.limits.article_bytes):
        alone = f"{beginning}{text}]}}".encode("utf-8", "surrogatepass")
        try:
            yield value if isinstance(value, IngestProblem) else _record(as_object(value), title), alone
        except IngestProblem as problem:
            yield problem, alone


def _record(item: dict[str, Any], feed: str | None) -> Record:
    name = str(item["id"]) if type(item.get("id")) is int else _text(item, "id")
    breadcrumb, keywords = sorted_categories(_texts(item, "tags"))
    return {
        "id": name if name and is_global(name) else None,
        "url": _text(item, "url") or _text(item, "external_url"),
        "title": title_text(_text(item, "title") or ""),
        "body": _body(item),
        "published": _text(item, "date_published") or _text(item, "date_modified"),
        "author": _author(item),
        "breadcrumb": breadcrumb,
        "keywords": keywords,
        "feed": feed,
    }


def _body(item: dict[str, Any]) -> str:
    """The full text, else the summary."""
    if markup := _text(item, "content_html"):
        return without_tail(html_paragraphs(markup))
    return without_tail(plain_paragraphs(_text(item, "content_text") or _text(item, "summary") or ""))


def _author(item: dict[str, Any]) -> str | None:
    authors = item.get("authors") or [item.get("author")]
    names = (
        [_text(author, "name") for author in authors if type(author) is dict] if type(authors) is list else []
    )
    return "、".join(filter(None, names)) or None


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    if value is not None and type(value) is not str:
        raise InvalidArticle(f"{key} must be text")
    return value.strip() or None if value else None


def _texts(item: dict[str, Any], key: str) -> list[str]:
    values = item.get(key)
    return (
        [text for value in values if type(value) is str and (text := value.strip())]
        if type(values) is list
        else []
    )
