"""The text of an article that a page carries without showing it: JSON-LD, the state of a script, a text area.

Pages filled by script have their text there alone; a collapsed one may show but its beginning.
Scripts are no JSON as a rule, so strings are looked for by the key before them.
"""

import json
import re
from collections.abc import Iterator
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.body.container import find_container, without_surroundings
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.rendering import render

_STRING = r"""["']?\s*+:\s*+(?:"((?:[^"\\]|\\.)*+)"|'((?:[^'\\]|\\.)*+)')"""
_ARTICLE_BODY = re.compile("articleBody" + _STRING, re.DOTALL)
_CONTENT = re.compile(
    r"\b(?:article_?body|(?:article|widget|news|main)?_?content(?:_?html)?|body(?:_?html)?|text|detail|full_?text)"
    + _STRING,
    re.DOTALL | re.IGNORECASE,
)
_BYTE = re.compile(r"\\x([0-9a-fA-F]{2})")
_MARKUP = re.compile(r"<(?:p|br|div|section|span)\b[^>]{0,500}>", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"&lt;(?:p|br|div|section)\b", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LEAST_CHARACTERS = 30
# So much of a page is looked through: scripts and text areas, and their characters.
_MOST_SCRIPTS = 60
_MOST_CHARACTERS = 4_000_000
_DEEPEST = 500


def article_body(tree: LexborHTMLParser) -> list[str]:
    """The lines of the longest `articleBody` of a page's JSON-LD; none where it has none."""
    scripts = tree.css('script[type="application/ld+json"]')[:_MOST_SCRIPTS]
    return _longest(value for node in scripts for value in _strings(node.text(), _ARTICLE_BODY))


def carried_body(tree: LexborHTMLParser) -> list[str]:
    """The lines of the longest text that a script, a text area or `noscript` of a page carries."""
    return _longest(_carried(tree))


def _longest(values: Iterator[str]) -> list[str]:
    lines = _lines(max(values, key=_weight, default=""))
    return lines if sum(map(len, lines)) >= _LEAST_CHARACTERS else []


def _weight(value: str) -> int:
    """How much is written there: Han characters, or a quarter of the letters of another language."""
    return max(len(_HAN.findall(value)), len(value) // 4 if " " in value else 0)


def _carried(tree: LexborHTMLParser) -> Iterator[str]:
    left = _MOST_CHARACTERS
    for node in tree.css("script, textarea, noscript")[:_MOST_SCRIPTS]:
        text = (node.inner_html or "") if node.tag == "noscript" else node.text()
        left -= len(text)
        if left < 0:
            return
        kind = (node.attributes.get("type") or "").lower()
        if node.tag != "script" or "template" in kind or kind == "text/html":
            yield text
            continue
        # JSON may stand in a string of the script, with its signs escaped.
        if '\\"' in text and '{\\"' in text:
            text = text.replace("\\\\", "\\").replace('\\"', '"')
        yield from _strings(text, _CONTENT)


def _strings(text: str, keys: re.Pattern[str]) -> Iterator[str]:
    """The strings that stand behind certain keys, read as JSON or as a script writes them."""
    for found in keys.finditer(text):
        written = found[1] if found[1] is not None else found[2].replace("\\'", "'").replace('"', '\\"')
        if len(written) < _LEAST_CHARACTERS:
            continue
        try:
            value = json.loads(f'"{_BYTE.sub(_wider, written)}"', strict=False)
        except ValueError:
            continue
        yield str(value)


def _wider(escape: re.Match[str]) -> str:
    return f"\\u00{escape[1]}"


def _lines(text: str) -> list[str]:
    """A text, which may be written in HTML, as lines."""
    if _ESCAPED_MARKUP.search(text):
        text = unescape(text)
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
