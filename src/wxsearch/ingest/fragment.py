"""The text of a field, which may hold HTML, as the paragraphs that a reader sees."""

import html
import re

from selectolax.lexbor import LexborHTMLParser

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.nesting import is_deeper
from wxsearch.ingest.rendering import render

_DEEPEST = 2_000
# A tag of HTML or a reference to a character; "a < b" and "R&D" are neither.
_HTML = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|font|img|ul|ol|li|h[1-6]|table|t[rdh]|tbody|section|article"
    r"|blockquote|center|figure|figcaption|video|iframe|script|style|sub|sup|u|hr|pre|dl|dt|dd)\b[^<>]*>"
    r"|&(?:[a-zA-Z]{2,8}|\#\d{1,7}|\#x[0-9a-fA-F]{1,6});",
    re.IGNORECASE,
)
# Both ends of a text that is nothing but markup.
_BLOCK = re.compile(
    r"</?(?:p|br|div|span|font|ul|ol|h[1-6]|table|section|article|blockquote|center|figure|img|strong|pre|dl)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?(?:a|b|i|em|strong|font|span|br|sub|sup|u|p)\b[^<>]*>", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\f\v\xa0]+")


def paragraphs(text: str) -> str:
    """The lines of a text, which is HTML if it has a tag or a reference; raises NotAnArticle."""
    return html_paragraphs(text) if _HTML.search(text) else plain_paragraphs(text)


def is_markup(text: str) -> bool:
    """Whether a text is certainly HTML: a tag begins it and another ends it; one about <p> is not."""
    text = text.strip()
    if not text.startswith("<"):
        return False
    end = text.rfind("<")
    return end > 0 and _BLOCK.match(text) is not None and _BLOCK.fullmatch(text, end) is not None


def html_paragraphs(text: str) -> str:
    """The visible lines of a piece of HTML; raises NotAnArticle where it nests too deep."""
    if is_deeper(text, _DEEPEST):
        raise NotAnArticle(f"is nested more than {_DEEPEST} elements deep")
    body = LexborHTMLParser(text).body
    lines = render(body).lines if body is not None else []
    return "\n".join(line for line in map(_trimmed, lines) if line)


def plain_paragraphs(text: str) -> str:
    """The lines of a text without those that are empty."""
    return "\n".join(line for line in map(_trimmed, text.splitlines()) if line)


def title_text(text: str) -> str:
    """A title without tags, its references read; feeds write them once or twice over."""
    return " ".join(html.unescape(_TAG.sub("", html.unescape(text))).split())


def _trimmed(line: str) -> str:
    return _BLANKS.sub(" ", line).strip("\ufeff\u200b \t\r\n\xa0\u3000")
