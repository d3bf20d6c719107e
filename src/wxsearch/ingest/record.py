"""A record, as JSON or a page gives it, made into an Article: types, limits, the id.

Every format ends here, so that an article is trimmed and bounded in one way.
"""

import re
from collections.abc import Callable, Container
from typing import Any

from wxsearch.addresses import is_web_address
from wxsearch.dates import coarser, read_published
from wxsearch.errors import InvalidArticle, Problem, TooLarge
from wxsearch.ingest.identity import derived_id
from wxsearch.ingest.labels import split_keywords, split_path
from wxsearch.ingest.moment import is_no_time, read_moment
from wxsearch.limits import Limits
from wxsearch.models import Article, Link, Precision

Record = dict[str, Any]
"""The keys of an Article with JSON values; None equals absent, other keys are extra."""

KEYS = frozenset(Article.__struct_fields__)
# Without these there is no article, or another one; all other fields an article may do without.
_SIDE = KEYS - {"id", "title", "body", "extra"}
_NONE: frozenset[str] = frozenset()
_BREAK = re.compile(r"[\r\n]++")
# The last label of many breadcrumbs: "you are reading the text".
_READING = "正文"
_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def article_of(
    record: Record,
    limits: Limits,
    left_out: list[InvalidArticle] | None = None,
    sure: Container[str] = _NONE,
) -> Article:
    """Checks a record; raises InvalidArticle or TooLarge with a sentence that names the key.

    With `left_out`, a side field whose text cannot be read is left out, but for those that are `sure`,
    and why is added there; its first problem names the field. A value of the wrong JSON type is
    no such text, and nothing is left out for its size.
    """
    while True:
        try:
            return _article(record, limits)
        except InvalidArticle as problem:
            field = problem.problems[0].field if problem.problems else ""
            if left_out is None or field not in _SIDE or field in sure:
                raise
            left_out.append(problem)
            record = {**record, field: None}


def _article(record: Record, limits: Limits) -> Article:
    title = _line(record.get("title"), "title", limits.title_characters) or ""
    body = _text(record.get("body"), "body") or ""
    if not title and not body:
        raise InvalidArticle(
            f"title and body are both missing; an article has at least one of them{_other_keys(record)}"
        )
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
        keywords=_labels(record.get("keywords"), "keywords", label, split_keywords),
        previous=_link(record.get("previous"), "previous", limits),
        next=_link(record.get("next"), "next", limits),
        extra=_extra(record),
    )


def _other_keys(record: Record) -> str:
    """For a sentence about a record that has no text: what it has."""
    names = [key[:40] for key, value in record.items() if key not in KEYS and value is not None]
    return f"; its other keys are {', '.join(names[:20])}{', …' if len(names) > 20 else ''}" if names else ""


def _unfit(key: str, detail: str) -> InvalidArticle:
    """A text that cannot be this field; `key` is the field, or a place in it."""
    return InvalidArticle(detail, (Problem(key.partition(".")[0], detail),))


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
        raise _too_long(text, key, limit)
    return text


def _too_long(text: str, key: str, limit: int) -> TooLarge:
    return TooLarge(f"{key} has {len(text)} characters, {limit} are allowed")


def _labels(value: Any, key: str, limit: int, split: Callable[[str], list[str]]) -> tuple[str, ...]:
    """The labels of a list, or of one text that `split` cuts."""
    if value is None:
        return ()
    if type(value) is str:
        value = split(value)
    elif type(value) is not list:
        raise InvalidArticle(f"{key} must be a list of texts, not {_KINDS.get(type(value), 'this')}")
    lines = (_line(item, f"{key}[{number}]", limit) for number, item in enumerate(value))
    return tuple(line for line in lines if line)


def _breadcrumb(value: Any, title: str, limits: Limits) -> tuple[str, ...]:
    """The labels without a last one that is the article itself, whose title may be long."""
    longest = max(limits.label_characters, limits.title_characters)
    labels = list(_labels(value, "breadcrumb", longest, split_path))
    while labels and labels[-1] in (title, _READING):
        labels.pop()
    if len(labels) > limits.breadcrumb_labels:
        raise TooLarge(f"breadcrumb has {len(labels)} labels, {limits.breadcrumb_labels} are allowed")
    for number, text in enumerate(labels):
        if len(text) > limits.label_characters:
            raise _too_long(text, f"breadcrumb[{number}]", limits.label_characters)
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
        raise _unfit(key, f"{key} must begin with http:// or https:// and a host, not {text[:80]!r}")
    return text


def _published(record: Record) -> tuple[str | None, Precision | None]:
    precision = _text(record.get("precision"), "precision")
    if precision not in (None, "second", "minute", "day"):
        raise _unfit("precision", f"precision {precision!r} is none of second, minute, day")
    value = record.get("published")
    # Seconds or milliseconds since 1970, or a day as 20240603.
    if type(value) is int or type(value) is float:
        value = str(int(value))
    text = _text(value, "published")
    if text is None:
        return None, None
    try:
        return read_published(text, precision)
    except ValueError as error:
        detail = f"published: {str(error)[:300]}"
    if is_no_time(text):
        return None, None
    try:
        published, found = read_moment(text)
    except ValueError:
        raise _unfit("published", detail) from None
    return read_published(published, coarser(found, precision))


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
    unknown = {key: value for key, value in record.items() if key not in KEYS and value is not None}
    inner = record.get("extra")
    if inner is None:
        return unknown
    return {**inner, **unknown} if type(inner) is dict else {**unknown, "extra": inner}
