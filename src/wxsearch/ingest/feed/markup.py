"""One entry of a feed parsed: the elements directly in it, with their text.

Expat gets an entry whole and alone: it meets no document type, so there are no entities
to expand and nothing to fetch, and no token is looked at twice, whatever its version.
"""

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from xml.parsers import expat

from wxsearch.errors import InvalidArticle

_DEEPEST = 200
_MOST_ELEMENTS = 20_000
_LONGEST_TAG = 65_536
# Of an entry, what is in it, and what is in that: author and name.
_KEPT_LEVELS = 3
# What feeds are found to hold that XML forbids. CDATA and comments come first, to be kept.
_BROKEN = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?P<name>[A-Za-z][A-Za-z0-9]{0,30}+;|\#[0-9]{1,7}+;|\#x[0-9A-Fa-f]{1,6}+;)?"
    r"|</?(?P<void>br|hr|img|wbr|input)(?=[\s/>])[^<>]*>"
    r"|<(?![A-Za-z_/!?])"
    rf"|(?P<long><[^<>]{{{_LONGEST_TAG}}})",
    re.DOTALL,
)
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN_ENTITIES = ("amp;", "lt;", "gt;", "quot;", "apos;")
# The namespaces that matter, by the prefix that most feeds give them.
_NAMESPACES = {
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/xml/1998/namespace": "xml",
}


class Element:
    """An element: its text, and where it holds elements, what it holds as markup."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Element] = []
        self.pieces: list[str] = []
        self.markup = ""

    @property
    def text(self) -> str:
        """All text in it, without blanks around."""
        return "".join(self.pieces).strip()

    def all(self, name: str) -> Iterator["Element"]:
        """The elements of a name that are directly in it."""
        return (child for child in self.children if child.name == name)

    def first(self, *names: str) -> str | None:
        """The text of the first element with one of these names that has any; earlier names win."""
        texts = (child.text for name in names for child in self.all(name))
        return next(filter(None, texts), None)


class Prefixes:
    """The prefixes that a feed has declared, to the usual ones; one that is not declared is its own."""

    def __init__(self) -> None:
        self._usual = {"atom": "", "rss": "", "": ""}

    def declare(self, attributes: dict[str, str]) -> None:
        """Learns from the xmlns attributes of an element."""
        for name, address in attributes.items():
            if name == "xmlns" or name.startswith("xmlns:"):
                prefix = name[6:]
                self._usual[prefix] = _NAMESPACES.get(address.strip().lower(), prefix)

    def usual(self, name: str) -> str:
        """A name with the usual prefix, or none for the feed's own namespace."""
        prefix, colon, local = name.rpartition(":")
        usual = self._usual.get(prefix, prefix) if colon else ""
        return f"{usual}:{local}" if usual else local


def parse_entry(text: str, prefixes: Prefixes) -> Element:
    """The element of an entry; raises InvalidArticle where it is no XML, even mended."""
    builder = _Builder(prefixes)
    try:
        builder.parse(mended(text))
    except expat.ExpatError as error:
        raise InvalidArticle(
            f"is not XML: {expat.ErrorString(error.code)} (its line {error.lineno})"
        ) from None
    return builder.root.children[0]


def parse_beginning(text: str, prefixes: Prefixes) -> Element:
    """What stands before the entries, as far as it can be read: the root with what is in it."""
    builder = _Builder(prefixes)
    # What is read before an error is all that is wanted.
    with suppress(expat.ExpatError):
        builder.parse(mended(text), is_whole=False)
    return builder.root


def mended(text: str) -> str:
    """The text with what is no XML written as XML: & and < alone, references of HTML, open <br>."""
    return _BROKEN.sub(_mend, _CONTROLS.sub(" ", text))


def _mend(match: re.Match[str]) -> str:
    found = match.group()
    if found.startswith("&"):
        name = match["name"] or ""
        if name in _OWN_ENTITIES:
            return found
        if name.startswith("#"):
            return html.escape(_CONTROLS.sub(" ", html.unescape(found)) or " ")
        # References of HTML are read where the text is read as HTML.
        return "&amp;" + name
    if match["long"]:
        raise InvalidArticle(f"has a tag of more than {_LONGEST_TAG} characters")
    if void := match["void"]:
        return "<br/>" if void in ("br", "hr") and not found.startswith("</") else ""
    return "&lt;" if found == "<" else found


class _Builder:
    """Hears Expat, and keeps the elements of three levels; those below become markup."""

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = prefixes
        self.root = Element("", {})
        self._open = [self.root]
        self._markup: list[str] = []
        self._depth = self._count = 0

    def parse(self, text: str, *, is_whole: bool = True) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.Parse(text, is_whole)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST:
            raise InvalidArticle(f"is nested more than {_DEEPEST} elements deep")
        if self._count > _MOST_ELEMENTS:
            raise InvalidArticle(f"has more than {_MOST_ELEMENTS} elements")
        if self._depth <= _KEPT_LEVELS:
            self._prefixes.declare(attributes)
            element = Element(self._prefixes.usual(name), attributes)
            self._open[-1].children.append(element)
            self._open.append(element)
        if self._depth > 2:
            self._markup.append(f"<{name.rpartition(':')[2]}>")

    def _end(self, name: str) -> None:
        if self._depth > 2:
            self._markup.append(f"</{name.rpartition(':')[2]}>")
        if self._depth <= _KEPT_LEVELS:
            element = self._open.pop()
            if self._depth == 2:
                element.markup = "".join(self._markup) if element.children else ""
                self._markup.clear()
        self._depth -= 1

    def _data(self, text: str) -> None:
        if self._depth < 2:
            return
        self._markup.append(html.escape(text))
        for element in self._open[2:]:
            element.pieces.append(text)
