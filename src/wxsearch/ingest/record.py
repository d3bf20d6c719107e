"""A record, as JSON or a page gives it, made into an Article: types, limits, the id.

Every format ends here, so that an article is trimmed and bounded in one way.
"""

import re
from typing import Any

from wxsearch.addresses import is_web_address
from wxsearch.dates import read_published
from wxsearch.errors import InvalidArticle, TooLarge
from wxsearch.ingest.identity import derived_id
from wxsearch.limits import Limits
from wxsearch.models import Article, Link, Precision

Record = dict[str, Any]
"""The keys of an Article with JSON values; None equals absent, other keys are extra."""

_KEYS = frozenset(Article.__struct_fields__)
_BREAK = re.compile(r"[\r\n]++")
# The last label of many breadcrumbs: "you are reading the text".
_READING = "正文"
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def article_of(record: Record, limits: Limits) -> Article:
    """Checks a record; raises InvalidArticle or TooLarge with a sentence that names the key."""
    title = _line(record.get("title"), "title", limits.title_characters) or ""
    body = _text(record.get("body"), "body") or ""
    if not title and not body:
        raise InvalidArticle("title and body are both missing; an article has at least one of them")
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    url = _address(record.get("url"), "url")
    published, precision = _published(record)
    label = limits.label_characters
    return Article(
        id=_id(record.get("id"), limits) or derived_id(url, title, published, body),
        url=url,
        title=title,
        body=body,
        published=published,
        precision=precision,
        source=_line(record.get("source"), "source", label),
        breadcrumb=_breadcrumb(record.get("breadcrumb"), title, limits),
        author=_line(record.get("author"), "author", label),
        keywords=_labels(record.get("keywords"), "keywords", label),
        previous=_link(record.get("previous"), "previous", limits),
        next=_link(record.get("next"), "next", limits),
        extra=_extra(record),
    )


def _text(value: Any, key: str) -> str | None:
    if value is None:
        return None
    if type(value) is not str:
        raise InvalidArticle(f"{key} must be text, not {_KINDS.get(type(value), 'this')}")
    return value.strip() or None


def _line(value: Any, key: str, limit: int) -> str | None:
    """A text of one line; breaks inside become a blank."""
    text = _text(value, key)
    if text is None:
        return None
    if "\n" in text or "\r" in text:
        text = " ".join(part for line in _BREAK.split(text) if (part := line.strip()))
    if len(text) > limit:
        raise TooLarge(f"{key} has {len(text)} characters, {limit} are allowed")
    return text


def _labels(value: Any, key: str, limit: int) -> tuple[str, ...]:
    if value is None:
        return ()
    if type(value) is not list:
        raise InvalidArticle(f"{key} must be a list of texts, not {_KINDS.get(type(value), 'a text')}")
    lines = (_line(item, f"{key}[{number}]", limit) for number, item in enumerate(value))
    return tuple(line for line in lines if line)


def _breadcrumb(value: Any, title: str, limits: Limits) -> tuple[str, ...]:
    """The labels without a last one that is the article itself, whose title may be long."""
    labels = list(_labels(value, "breadcrumb", max(limits.label_characters, limits.title_characters)))
    while labels and labels[-1] in (title, _READING):
        labels.pop()
    if len(labels) > limits.breadcrumb_labels:
        raise TooLarge(f"breadcrumb has {len(labels)} labels, {limits.breadcrumb_labels} are allowed")
    for number, text in enumerate(labels):
        _line(text, f"breadcrumb[{number}]", limits.label_characters)
    return tuple(labels)


def _id(value: Any, limits: Limits) -> str | None:
    """An id as text; exports of content systems number their articles."""
    text = str(value) if type(value) is int else _text(value, "id")
    if text is not None and len(text) * 4 > limits.id_bytes and len(text.encode()) > limits.id_bytes:
        raise TooLarge(f"id has {len(text.encode())} bytes, {limits.id_bytes} are allowed")
    return text


def _address(value: Any, key: str) -> str | None:
    text = _text(value, key)
    if text is not None and not is_web_address(text):
        raise InvalidArticle(f"{key} must begin with http:// or https:// and a host, not {text[:80]!r}")
    return text


def _published(record: Record) -> tuple[str | None, Precision | None]:
    precision = _text(record.get("precision"), "precision")
    if precision not in (None, "second", "minute", "day"):
        raise InvalidArticle(f"precision {precision!r} is none of second, minute, day")
    text = _text(record.get("published"), "published")
    if text is None:
        return None, None
    try:
        return read_published(text, precision)
    except ValueError as error:
        raise InvalidArticle(f"published: {str(error)[:300]}") from None


def _link(value: Any, key: str, limits: Limits) -> Link | None:
    """A neighbour: an object with title and url, or its title alone."""
    if value is None:
        return None
    if type(value) is not dict:
        title = _line(value, key, limits.title_characters)
        return Link(title) if title else None
    title = _line(value.get("title"), f"{key}.title", limits.title_characters)
    url = _address(value.get("url"), f"{key}.url")
    return Link(title or url or "", url) if title or url else None


def _extra(record: Record) -> dict[str, Any]:
    """What has no field here; `extra` itself is where a printed Article keeps such keys."""
    unknown = {key: value for key, value in record.items() if key not in _KEYS and value is not None}
    inner = record.get("extra")
    if inner is None:
        return unknown
    return {**inner, **unknown} if type(inner) is dict else {**unknown, "extra": inner}
