"""A parsed page as the lines that a reader sees, with the place of one element among them."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

INVISIBLE = frozenset(
    (
        *("script", "style", "noscript", "template", "head", "iframe", "object", "svg"),
        *("select", "option", "button", "textarea", "canvas", "video", "audio"),
    )
)
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "tfoot", "thead", "tr", "ul"),
    )
)
_CELLS = frozenset(("td", "th"))
_BLANK = re.compile(r"[ \t\r\n\f]+")
_MOST_NODES = 500
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Rendering(NamedTuple):
    """The lines, and the range of those that one element holds."""

    lines: list[str]
    within: range


def render(root: LexborNode, element: LexborNode | None = None) -> Rendering:
    """The visible lines below `root`; blocks begin and end lines, runs of blanks are one.

    Walks without recursion: a page may nest as deep as it likes.
    """
    text = _Lines()
    marked = element.mem_id if element is not None else None
    begin = end = 0
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, is_left = stack.pop()
        if is_left:
            text.end_line()
            if node.mem_id == marked:
                end = len(text.lines)
        elif node.is_text_node:
            text.pieces.append(node.text_content or "")
        elif is_visible(node):
            if node.tag in BLOCKS or node.mem_id == marked:
                text.end_line()
                stack.append((node, True))
            elif node.tag in _CELLS:
                text.pieces.append(" ")
            if node.mem_id == marked:
                begin = len(text.lines)
            stack += [(child, False) for child in reversed(children(node))]
    text.end_line()
    return Rendering(text.lines, range(begin, end))


class _Lines:
    """Lines that are done, and the pieces of the one that is not."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.pieces: list[str] = []

    def end_line(self) -> None:
        """Begins a new line, if anything stands in this one."""
        if line := _BLANK.sub(" ", "".join(self.pieces)).strip():
            self.lines.append(line)
        self.pieces.clear()


def children(node: LexborNode) -> list[LexborNode]:
    """The elements and texts directly below a node."""
    found = []
    child = node.child
    while child is not None:
        if child.is_element_node or child.is_text_node:
            found.append(child)
        child = child.next
    return found


def short_text(root: LexborNode, most: int) -> str:
    """The text below an element, blanks as one; nothing where it has more than `most` characters.

    Stops early, for elements of a kind may nest and each holds the text of all within.
    """
    words: list[str] = []
    size = 0
    node: LexborNode | None = root.child
    for _ in range(_MOST_NODES):
        if node is None:
            return " ".join("".join(words).split())
        if node.is_text_node:
            piece = _BLANK.sub(" ", node.text_content or "")
            size += len(piece.strip())
            if size > most:
                return ""
            words.append(piece)
        node = _following(node, root)
    return ""


def _following(node: LexborNode, root: LexborNode) -> LexborNode | None:
    """The next node below `root` in the order of the page."""
    if node.child is not None:
        return node.child
    around: LexborNode | None = node
    while around is not None and around.mem_id != root.mem_id:
        if around.next is not None:
            return around.next
        around = around.parent
    return None


def is_visible(node: LexborNode) -> bool:
    """Whether an element is shown, as far as the page alone tells."""
    if node.tag in INVISIBLE:
        return False
    attributes = node.attributes
    return "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or "")
