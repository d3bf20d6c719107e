"""The text of an article that a page carries without showing it: JSON-LD, the state of a script, a text area.

Pages filled by script have their text there alone; a collapsed one may show but its beginning.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.body.container import find_container, without_surroundings
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.rendering import render

_KEYS = frozenset(
    (
        "articlebody",
        "content",
        "body",
        "text",
        "article",
        "detail",
        "contenthtml",
        "articlecontent",
        "html",
        "fulltext",
    )
)
_STATE = re.compile(r"(?:window\.|self\.|var\s++|let\s++|const\s++)[\w.$\[\]\"']{1,60}+\s*+=\s*+(?=[{\[])")
_MARKUP = re.compile(r"<(?:p|br|div|section|span)\b[^>]{0,500}>", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"&lt;(?:p|br|div|section)\b", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_CHARACTERS = 30
# So much of a page is looked through: scripts and text areas, their characters, values of one JSON.
_MOST_SCRIPTS = 60
_MOST_CHARACTERS = 4_000_000
_MOST_VALUES = 50_000
_DEEPEST = 500
_DECODER = json.JSONDecoder(strict=False)


def article_body(tree: LexborHTMLParser) -> list[str]:
    """The lines of the longest `articleBody` of a page's JSON-LD; none where it has none."""
    values = (value for data in _structured(tree) for key, value in _texts(data) if key == "articlebody")
    return _longest(values)


def carried_body(tree: LexborHTMLParser) -> list[str]:
    """The lines of the longest text that a script, a template or a text area of a page carries."""
    return _longest(_carried(tree))


def _longest(values: Iterator[str]) -> list[str]:
    best = max(values, key=_weight, default="")
    lines = _lines(best)
    return lines if sum(map(len, lines)) >= _LEAST_CHARACTERS else []


def _weight(value: str) -> int:
    """How much is written there: Han characters, or half the letters of another language."""
    return max(len(_HAN.findall(value)), len(value) // 4 if " " in value else 0)


def _structured(tree: LexborHTMLParser) -> Iterator[Any]:
    for node in tree.css('script[type="application/ld+json"]')[:_MOST_SCRIPTS]:
        text = node.text()
        # Breaks inside strings are common, and strict readers would refuse them.
        yield _value(text, len(text) - len(text.lstrip()))


def _carried(tree: LexborHTMLParser) -> Iterator[str]:
    left = _MOST_CHARACTERS
    for node in tree.css("script, textarea, noscript")[:_MOST_SCRIPTS]:
        text = (node.inner_html or "") if node.tag == "noscript" else node.text()
        left -= len(text)
        if left < 0:
            return
        if node.tag != "script":
            yield text
            continue
        kind = (node.attributes.get("type") or "").lower()
        if "template" in kind or kind == "text/html":
            yield text
        elif "json" in kind:
            yield from _known(_value(text, len(text) - len(text.lstrip())))
        elif found := _STATE.search(text):
            yield from _known(_value(text, found.end()))


def _known(data: Any) -> Iterator[str]:
    return (value for key, value in _texts(data) if key in _KEYS)


def _value(text: str, start: int) -> Any:
    """The JSON that stands at a place of a text, or None."""
    try:
        return _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _texts(data: Any) -> Iterator[tuple[str, str]]:
    """The texts of a JSON value with the key of each in small letters, without _ and -."""
    stack = [("", data)]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        key, value = stack.pop()
        if isinstance(value, dict):
            stack += [
                (str(name).lower().replace("_", "").replace("-", ""), inner) for name, inner in value.items()
            ]
        elif isinstance(value, list):
            stack += [(key, inner) for inner in value]
        elif isinstance(value, str):
            yield key, value


def _lines(text: str) -> list[str]:
    """A text, which may be written in HTML, as lines."""
    if _ESCAPED_MARKUP.search(text):
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    if not _MARKUP.search(text):
        return [line for part in text.splitlines() if (line := part.strip())]
    if is_deeper(text, _DEEPEST):
        return []
    tree = LexborHTMLParser(f"<body>{text}")
    if tree.body is None:
        return []
    rendering = render(tree.body)
    if (container := find_container(rendering)) is None:
        return []
    lines, within = without_surroundings(rendering.lines, container)
    return lines[within.start : within.stop]
