"""A parsed page as the lines that a reader sees, and the blocks that hold them."""

import re
from dataclasses import dataclass
from html import unescape
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
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl"),
        *("dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "legend", "li", "main", "marquee", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_EMPTY = frozenset(("br", "hr"))
_CELLS = frozenset(("td", "th"))
_BLANK = re.compile(r"[ \t\r\n\f]+")
# Where a source breaks a long line between two such characters, a browser joins them, too.
_WRAPPED = re.compile(
    r"(?<=[\u3001-\u30ff\u3400-\u9fff\uff01-\uff5e])[ \t]*\r?\n[ \t]*(?=[\u3001-\u9fff\uff01-\uff5e])"
)
_LEAST_WRAPPED = 20
# Entities that were escaped once more, and then stand as text.
_ESCAPED = re.compile(
    r"&(?:nbsp|ensp|emsp|quot|apos|[lr][ds]quo|[mn]dash|hellip|middot|bull|times|deg|permil|yen|copy|reg|trade"
    r"|#\d{2,6}|#x[0-9a-fA-F]{2,5});"
)
_MOST_NODES = 500
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDING = frozenset(("hide", "hidden", "d-none", "sr-only", "visually-hidden", "screen-reader-text"))
_KEPT_BREAKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
# A row with a longer cell, or with cells of more lines, lays out a page and holds no figures.
_LONGEST_CELL = 120
_MOST_CELL_LINES = 3


@dataclass(slots=True)
class Block:
    """An element that begins and ends lines: those from `begin` to before `end`, and the block around it."""

    parent: int
    tag: str
    names: str
    begin: int
    end: int


class Rendering(NamedTuple):
    """The lines; how many characters of each are links; the number of the block around each; the blocks.

    `unseen` is how many characters at most were left out because they are hidden.
    The first block is the root; the others follow in the order in which they begin.
    """

    lines: list[str]
    linked: list[int]
    places: list[int]
    blocks: list[Block]
    unseen: int


def render(root: LexborNode, *, hidden: bool = False) -> Rendering:
    """The visible lines below `root`, with `hidden` also those that wait for a script to show them.

    Blocks begin and end lines, runs of blanks are one, a row of a table of figures is one
    line. Walks without recursion: a page may nest as deep as it likes.
    """
    walk = _Walk(hidden=hidden)
    # Nodes to enter, and the tags of elements to leave.
    stack: list[LexborNode | str] = [root.child] if root.child is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            walk.leave(node)
            continue
        if (following := node.next) is not None:
            stack.append(following)
        tag = node.tag or ""
        if tag == "-text":
            walk.add(node.text_content or "")
        elif tag not in INVISIBLE and tag[:1].isalpha() and walk.enter(node, tag):
            if tag in BLOCKS or tag == "a":
                stack.append(tag)
            if (child := node.child) is not None:
                stack.append(child)
    walk.end_line()
    walk.blocks[0].end = len(walk.lines)
    return Rendering(walk.lines, walk.linked, walk.places, walk.blocks, walk.unseen)


class _Walk:
    """Lines that are done, the pieces of the one that is not, and what stands open around it."""

    def __init__(self, *, hidden: bool) -> None:
        self.lines: list[str] = []
        self.linked: list[int] = []
        self.places: list[int] = []
        self.blocks: list[Block] = [Block(0, "", "", 0, 0)]
        self.unseen = 0
        self._hidden = hidden
        self._pieces: list[str] = []
        self._linked = 0
        self._place = 0
        # The line with which the last h1 begins.
        self._title = -1
        self._links: list[bool] = []
        self._kept: list[int] = []
        # Of each open row: where its cells begin, and how many blocks were there before.
        self._rows: list[tuple[list[int], int]] = []

    def add(self, text: str) -> None:
        # Most texts of a page are the blanks between its tags.
        if not self._pieces and text.isspace():
            return
        if self._kept and "\n" in text:
            for line in text.split("\n"):
                self._add(line)
                self.end_line()
            return
        if len(text) > _LEAST_WRAPPED and "\n" in text:
            text = _unwrapped(text)
        self._add(text)

    def _add(self, text: str) -> None:
        if self._pieces or not text.isspace():
            self._pieces.append(text)
            if self._links and self._links[-1]:
                self._linked += len(text.strip())

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Begins an element of a visible kind; False where nothing of it is seen."""
        style = names = ""
        if attributes := node.attributes:
            style, names = attributes.get("style") or "", attributes.get("class") or ""
            if not self._hidden and _is_hidden(attributes, style, names):
                self.unseen += len(node.text())
                return False
        if tag == "a":
            self._links.append(bool(attributes.get("href")))
        if tag in _EMPTY:
            self.end_line()
        if tag not in BLOCKS or tag in _EMPTY:
            return True
        self.end_line()
        begin = len(self.lines)
        if tag == "tr":
            self._rows.append(([], len(self.blocks) + 1))
        elif tag in _CELLS and self._rows:
            self._rows[-1][0].append(begin)
        if (
            attributes
            and (more := (attributes.get("id") or "") + " " + (attributes.get("itemprop") or "")) != " "
        ):
            names = f"{more} {names}"
        self.blocks.append(Block(self._place, tag, names, begin, -1))
        self._place = len(self.blocks) - 1
        if tag == "pre" or (style and _KEPT_BREAKS.search(style)):
            self._kept.append(self._place)
        return True

    def leave(self, tag: str) -> None:
        """Ends the element entered last."""
        if tag == "a":
            self._links.pop()
            return
        self.end_line()
        if self._kept and self._kept[-1] == self._place:
            self._kept.pop()
        block = self.blocks[self._place]
        if tag == "h1":
            self._title = block.begin
        if tag == "tr":
            self._join_cells(*self._rows.pop())
        block.end = len(self.lines)
        self._place = block.parent

    def end_line(self) -> None:
        """Begins a new line, if anything stands in this one."""
        if not self._pieces:
            return
        text = "".join(self._pieces)
        if "&" in text:
            text = _ESCAPED.sub(lambda found: unescape(found[0]), text)
        if line := _BLANK.sub(" ", text).strip():
            self.lines.append(line)
            self.linked.append(min(self._linked, len(line)))
            self.places.append(self._place)
        self._pieces.clear()
        self._linked = 0

    def _join_cells(self, cells: list[int], blocks: int) -> None:
        """Makes one line of a row of short cells; one with the title of the page lays it out."""
        if len(cells) < 2 or self._title >= cells[0]:
            return
        ends = [*cells[1:], len(self.lines)]
        spans = [range(begin, end) for begin, end in zip(cells, ends, strict=True) if end > begin]
        if len(spans) < 2 or not all(map(self._is_figure, spans)):
            return
        begin = spans[0].start
        self.lines[begin:] = [" ".join(self.lines[begin:])]
        self.linked[begin:] = [sum(self.linked[begin:])]
        self.places[begin:] = [self._place]
        for block in self.blocks[blocks:]:
            block.begin, block.end = min(block.begin, begin), begin + 1

    def _is_figure(self, cell: range) -> bool:
        if len(cell) > 1 and any(self.lines[line].endswith("。") for line in cell):
            return False
        return len(cell) <= _MOST_CELL_LINES and sum(len(self.lines[line]) for line in cell) <= _LONGEST_CELL


def _unwrapped(text: str) -> str:
    """A text whose long lines were broken in the source; short lines stay apart."""
    return _WRAPPED.sub(
        lambda found: "" if text.rfind("\n", 0, found.start()) < found.start() - _LEAST_WRAPPED else " ", text
    )


def _is_hidden(attributes: dict[str, str | None], style: str, names: str) -> bool:
    if "hidden" in attributes or (style and _HIDDEN.search(style)):
        return True
    return bool(names) and not _HIDING.isdisjoint(names.split())


def children(node: LexborNode) -> list[LexborNode]:
    """The elements and texts directly below a node."""
    found = []
    child = node.child
    while child is not None:
        if child.is_element_node or child.is_text_node:
            found.append(child)
        child = child.next
    return found


def is_visible(node: LexborNode) -> bool:
    """Whether an element is shown, as far as the page alone tells."""
    if node.tag in INVISIBLE:
        return False
    attributes = node.attributes
    return not _is_hidden(attributes, attributes.get("style") or "", attributes.get("class") or "")


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
