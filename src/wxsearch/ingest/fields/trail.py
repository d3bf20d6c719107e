"""The breadcrumb of a page by its elements: rows of links that their class, their label or their place tells.

Lines of text lose where a link ends; where a style draws the signs between links, only the
elements still tell the labels apart.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wxsearch.categories import is_home
from wxsearch.ingest.breadcrumb import find_label, names_article, split_labels
from wxsearch.ingest.fields.times import find_time
from wxsearch.ingest.fields.title import is_title
from wxsearch.ingest.frame import is_tools
from wxsearch.ingest.rendering import children, is_visible, short_text

# Names that sites give the element: in English, in its misspellings, and in pinyin.
_WORDS = (
    *("crumb", "curmb", "bread", "mianbao", "weizhi", "wz", "mbx", "curpos", "cur-pos", "cur_pos", "path"),
    *("position", "location", "dangqian"),
)
_QUERY = ", ".join(
    [
        '[aria-label*="面包屑"]',
        '[aria-label*="crumb" i]',
        *(f'[{name}*="{word}" i]' for word in _WORDS for name in ("class", "id")),
    ]
)
_SURE_NAME = re.compile(
    r"crumb|curmb|(?<![a-z])bread(?![a-z])|mianbao|weizhi|dqwz|mbx|curpos|cur[-_]pos|(?:nav|channel|site)[-_]?path|面包屑",
    re.IGNORECASE,
)
_NO_TRAIL = re.compile(
    r"nav|menu|tab|tool|share|login|logo|header|footer|search|friend|hot|tag", re.IGNORECASE
)
_CHANNEL = re.compile(
    r"(?:(?:https?:)?//[^/]+)?/?[^/]+(?:/[^/]+)*+/(?:(?:index|list|column|channel|node|col)[\w-]*\.\w{3,5})?(?:\?.*)?",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\s>＞»›→≫〉∷/／\\|｜·•:：,，_—–－-]*+")
_NO_LABEL = re.compile(
    r"登录|登陆|注册|搜索|设为首页|加入收藏|返回.{0,4}|更多.{0,2}|手机版|客户端|RSS|English|无障碍.{0,4}"
    r"|扫一扫.{0,8}|分享.{0,4}|关闭|打印"
)
_MOST_ELEMENTS = 60
_MOST_NODES = 120
_MOST_LABELS = 8
_LONGEST_LABEL = 24
_LONGEST_TITLE = 120
_LABELLED = 0.9
_NO_ROWS = ("h1", "h2", "h3", "h4", "header", "nav", "aside", "form")
_TITLES = 'h1, h2, h3, h4, [class*="tit" i], [id*="tit" i]'


class Trail(NamedTuple):
    """Labels as links and texts part them, and how sure it is that they are a breadcrumb, 0 to 1."""

    labels: tuple[str, ...]
    confidence: float


def find_trails(tree: LexborHTMLParser, *, is_labelled: bool) -> list[Trail]:
    """The rows of a page that are named or labelled as breadcrumbs, the surest first.

    `is_labelled` is whether 位置 stands somewhere in it.
    """
    found = [row for row in map(_named, tree.css(_QUERY)[:_MOST_ELEMENTS]) if row]
    # The inner of two that are as sure comes later, and holds less beside the labels.
    found.reverse()
    found.sort(key=lambda trail: -trail.confidence)
    is_sure = found and found[0].confidence >= _LABELLED
    if is_labelled and not is_sure and tree.body is not None and (row := _labelled(tree.body)):
        found.insert(0, row)
    return found


def _labelled(body: LexborNode) -> Trail | None:
    """The row after 当前位置, in whatever element."""
    stack = [body]
    while stack:
        node = stack.pop()
        if not node.is_text_node:
            if is_visible(node):
                stack += reversed(children(node))
            continue
        content = (node.text_content or "").strip()
        if not 2 <= len(content) <= _LONGEST_TITLE or not find_label(content):
            continue
        for around in (node.parent, node.parent.parent if node.parent else None):
            row = _row(around) if around is not None else None
            if row and row.is_labelled and len(row.labels) > 1:
                return Trail(tuple(row.labels), _LABELLED)
    return None


def trail_above(tree: LexborHTMLParser, title: str) -> Trail | None:
    """The row of links right above the heading that shows the title."""
    for heading in tree.css(_TITLES)[:_MOST_ELEMENTS]:
        shown = short_text(heading, _LONGEST_TITLE)
        if not shown or not is_title(shown, title):
            continue
        above = _before(heading)
        if above is None or above.tag in _NO_ROWS or _NO_TRAIL.search(_name(above)) or not is_visible(above):
            continue
        row = _row(above)
        if row is None or len(row.labels) > 5 or any(map(is_home, row.labels[1:])):
            continue
        if not all(is_title(text, title) or names_article(text) for text in row.texts):
            continue
        if len(row.labels) > 1 or (row.addresses and _CHANNEL.search(row.addresses[0])):
            return Trail(tuple(row.labels), 0.7 if len(row.labels) > 1 else 0.6)
    return None


class _Row:
    """The labels of an element, and what else stands in it."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.addresses: list[str] = []
        self.is_labelled = False
        self.texts: list[str] = []
        self.has_signs = False

    def take_text(self, text: str) -> bool:
        """Takes what stands outside links; false where a row cannot go on beyond it."""
        match = find_label(text)
        if match and (match["colon"] or _SIGNS.fullmatch(match["rest"])):
            self.labels.clear()
            self.addresses.clear()
            self.texts.clear()
            self.is_labelled = True
            text = match["rest"]
        if _SIGNS.fullmatch(text):
            self.has_signs = self.has_signs or bool(text)
            return True
        if find_time(text) or len(text) > _LONGEST_TITLE * 2:
            return False
        if self.labels and (signs := _SIGNS.match(text)):
            text = text[signs.end() :]
        labels = split_labels(text, weak=not self.labels)
        self.texts += labels
        self.labels += labels
        return True


def _row(element: LexborNode) -> _Row | None:
    """The labels of an element; None where it holds more than a breadcrumb does."""
    row = _Row()
    stack = list(reversed(children(element)))
    for _ in range(_MOST_NODES):
        if not stack:
            return row if _is_plausible(row.labels) else None
        node = stack.pop()
        if node.is_text_node:
            text = " ".join((node.text_content or "").split())
            if text and not row.take_text(text):
                return row if _is_plausible(row.labels) else None
        elif node.tag == "a":
            label = short_text(node, _LONGEST_TITLE).strip(" >＞»›→/|·:：")
            if label and is_visible(node) and "正文" not in row.labels:
                row.labels.append(label)
                row.addresses.append(node.attributes.get("href") or "")
        elif is_visible(node):
            stack += reversed(children(node))
    return None


def _is_plausible(labels: list[str]) -> bool:
    inner = labels[:-1]
    return (
        0 < len(labels) <= _MOST_LABELS
        and all(len(label) <= _LONGEST_LABEL for label in inner)
        and not any(_NO_LABEL.fullmatch(label) or label.isdigit() for label in labels)
        and not any(is_tools(label) for label in labels if not is_home(label))
    )


def _named(node: LexborNode) -> Trail | None:
    """The row of an element whose name says that it is a breadcrumb, or may say so."""
    row = _row(node) if is_visible(node) and all(map(is_visible, _around(node))) else None
    if row is None:
        return None
    is_sure = _SURE_NAME.search(_name(node)) is not None
    ends = names_article(row.labels[-1])
    proofs = row.is_labelled + is_home(row.labels[0]) + ends + (row.has_signs and len(row.labels) > 1)
    if row.is_labelled and len(row.labels) == 1 and is_home(row.labels[0]):
        return None
    if not (is_sure or proofs) or (not is_sure and len(row.labels) < 2):
        return None
    if len(row.labels) == 1 and not row.is_labelled:
        # It may be one item of the row.
        return Trail(tuple(row.labels), 0.55)
    return Trail(tuple(row.labels), min(0.95, 0.6 + 0.15 * is_sure + 0.1 * proofs))


def _name(node: LexborNode) -> str:
    attributes = node.attributes
    return " ".join(
        filter(None, (attributes.get("class"), attributes.get("id"), attributes.get("aria-label")))
    )


def _around(node: LexborNode) -> Iterator[LexborNode]:
    around = node.parent
    while around is not None and around.is_element_node and around.tag != "html":
        yield around
        around = around.parent


def _before(node: LexborNode) -> LexborNode | None:
    """The element right before, or before what it begins; None where text stands between."""
    for _ in range(3):
        before = node.prev
        while before is not None and not before.is_element_node:
            if before.is_text_node and (before.text_content or "").strip():
                return None
            before = before.prev
        if before is not None:
            return before
        if node.parent is None:
            return None
        node = node.parent
    return None
