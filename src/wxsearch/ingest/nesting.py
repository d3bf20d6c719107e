"""How deep a page nests, told before it is parsed.

The parser takes time by the square of the depth. So tags are followed here as it
follows them, in linear time: comments, scripts and quoted attributes hold no tags, and
a closing tag closes nothing that is not open, nor beyond the cell or object it stands in.
"""

import re
from collections import Counter

_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))|"
_RAW = r"<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?(?:</(?P=raw)\b|\Z)|"
_ATTRIBUTES = r"""(?P<attributes>(?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>])*+)(?:>|\Z)"""
_ELEMENT = r"<(?P<slash>/?)(?P<name>[a-z][^\s/>]*+)" + _ATTRIBUTES
_TAG = re.compile(_COMMENT + _RAW + _ELEMENT, re.IGNORECASE | re.DOTALL)
# In drawings and formulas titles and scripts hold elements as others do.
_FOREIGN = re.compile(r"<(?:svg|math)\b", re.IGNORECASE)
_TAG_IN_FOREIGN = re.compile(_COMMENT + _ELEMENT, re.IGNORECASE | re.DOTALL)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Another of the kind closes them, and many pages leave it to that.
_IMPLIED = frozenset(
    [
        "html",
        "head",
        "body",
        "p",
        "li",
        "dd",
        "dt",
        "option",
        "optgroup",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "caption",
        "rp",
        "rt",
        "rb",
        "rtc",
        "a",
    ]
)
_UNCOUNTED = _VOID | _IMPLIED
# What is open outside these cannot be closed from inside.
_BARRIERS = frozenset(["table", "object", "marquee", "applet", "template"])
# Only among these, in a drawing, does /> close an element.
_DRAWN = frozenset(
    [
        "svg",
        "g",
        "defs",
        "symbol",
        "use",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "stop",
        "image",
        "clippath",
        "mask",
        "lineargradient",
        "radialgradient",
        "animate",
        "animatetransform",
    ]
)


def is_deeper(page: str, most: int) -> bool:
    """Whether more than `most` elements of a page stand open within one another."""
    # Most pages have fewer tags that open.
    if page.count("<") - page.count("</") <= most:
        return False
    if _FOREIGN.search(page) and _is_deeper(page, most, _TAG_IN_FOREIGN):
        return True
    return _is_deeper(page, most, _TAG)


def _is_deeper(page: str, most: int, pattern: re.Pattern[str]) -> bool:
    frames = [_Frame("")]
    depth = 0
    in_drawing = False
    for tag in pattern.finditer(page):
        name = (tag["name"] or "").lower()
        if not name or name in _UNCOUNTED:
            continue
        if tag["slash"]:
            depth -= _closed(frames, name)
            continue
        in_drawing = name == "svg" or (in_drawing and name in _DRAWN)
        if in_drawing and tag["attributes"].endswith("/"):
            continue
        if name in _BARRIERS:
            frames.append(_Frame(name))
        else:
            frames[-1].open(name)
        depth += 1
        if depth > most:
            return True
    return False


class _Frame:
    """The elements that are open inside a barrier."""

    def __init__(self, barrier: str) -> None:
        self.barrier = barrier
        self.names: list[str] = []
        self._counts: Counter[str] = Counter()

    def open(self, name: str) -> None:
        self.names.append(name)
        self._counts[name] += 1

    def close(self, name: str) -> int:
        """Closes the last of this name and all within; how many those were."""
        if not self._counts[name]:
            return 0
        before = len(self.names)
        while (last := self.names.pop()) != name:
            self._counts[last] -= 1
        self._counts[name] -= 1
        return before - len(self.names)


def _closed(frames: list[_Frame], name: str) -> int:
    """Follows a closing tag; how many elements it closed."""
    if name not in _BARRIERS:
        return frames[-1].close(name)
    # Only a table is closed from within another barrier, which a cell may have left open.
    place = len(frames) - 1
    while name == "table" and place and frames[place].barrier not in ("table", "template"):
        place -= 1
    if frames[place].barrier != name:
        return 0
    closed = sum(1 + len(frame.names) for frame in frames[place:])
    del frames[place:]
    return closed
