"""The text of a page: first as it is shown, then as scripts would show it, then as they carry it."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.body.container import Container, find_container, without_surroundings
from wxsearch.ingest.body.embedded import article_body, carried_body
from wxsearch.ingest.body.kinds import empty_refusal, list_refusal, refusal
from wxsearch.ingest.rendering import Rendering, render

_FOLDED = re.compile(r"(?:点击)?(?:展开|显示|查看|阅读|余下|加载)(?:全文|全部|剩余.{0,10}|更多内容|余下全文)")
# What is shown with fewer characters may be the beginning of what a script carries.
_SHORT = 100
_LONGER = 1.5
_LONGEST_BUTTON = 16


class Body(NamedTuple):
    """The lines of a page without what stands beside its article, and among which the paragraphs stand.

    `origin` is "page" for text that is shown, "structured" for that of JSON-LD, "hidden" and
    "carried" for what waits for a script. `share` is what the chosen lines are of all text of
    the page, `rival` what the best lines elsewhere are of them, `linked` how many of them are
    links, `is_titled` and `is_dated` whether the title stands near above and a time or source
    near: they tell how clear the choice was.
    """

    lines: list[str]
    within: range
    origin: str
    share: float
    rival: float
    linked: float
    is_titled: bool
    is_dated: bool


def find_body(tree: LexborHTMLParser, title: str = "") -> Body:
    """Finds the text of a parsed page that its head calls `title`; raises NotAnArticle with a reason."""
    if tree.body is None:
        raise NotAnArticle("is an empty page")
    rendering = render(tree.body)
    container = find_container(rendering, title)
    score = container.score if container else 0.0
    structured = article_body(tree)
    if sum(map(len, structured)) > score * _LONGER:
        return _appended(rendering, structured, "structured")
    if score < _SHORT or _is_folded(rendering):
        shown = container and rendering.lines[container.within.start]
        # Rendering again takes as long as all else.
        hides = rendering.unseen > score * (_LONGER - 1)
        if found := (hides and _hidden(tree.body, title, score, shown)) or _carried(tree, rendering, score):
            return found
    if reason := refusal(tree, rendering, score, title):
        raise NotAnArticle(reason)
    container = container or find_container(rendering, title, verse=True)
    if container is None:
        raise NotAnArticle(empty_refusal(tree, rendering))
    if reason := list_refusal(rendering, container):
        # A list of others with summaries may be longer than the article above it.
        container = find_container(rendering, title, without=container.within)
        if container is None or not _is_article(rendering, container):
            raise NotAnArticle(reason)
    return _shown(rendering, container, "page")


def _is_article(rendering: Rendering, container: Container) -> bool:
    """Whether text beside a list is surely an article: below its title and time, and not too short."""
    is_named = container.is_titled and container.is_dated and container.score >= _SHORT
    return is_named and list_refusal(rendering, container) is None


def _hidden(root: LexborNode, title: str, score: float, shown: str | None) -> Body | None:
    """What a page holds for its scripts to show, if it is longer than what it shows and goes on from it."""
    rendering = render(root, hidden=True)
    container = find_container(rendering, title)
    if container is None or container.score <= score * _LONGER or list_refusal(rendering, container):
        return None
    if container.rival > container.score:
        return None
    within = rendering.lines[container.within.start : container.within.stop]
    return _shown(rendering, container, "hidden") if score < _SHORT or shown in within else None


def _carried(tree: LexborHTMLParser, rendering: Rendering, score: float) -> Body | None:
    """What the scripts of a page that shows hardly anything carry."""
    if score >= _SHORT:
        return None
    carried = carried_body(tree)
    return _appended(rendering, carried, "carried") if sum(map(len, carried)) > score * _LONGER else None


def _is_folded(rendering: Rendering) -> bool:
    """Whether a page has a button that shows the rest of its text."""
    return any(len(line) <= _LONGEST_BUTTON and _FOLDED.fullmatch(line) for line in rendering.lines)


def _shown(rendering: Rendering, container: Container, origin: str) -> Body:
    lines, within = without_surroundings(rendering.lines, container)
    linked = len(container.beside) / len(container.within)
    share = min(1.0, container.score / max(container.total, 1))
    rival = container.rival / container.score
    return Body(lines, within, origin, share, rival, linked, container.is_titled, container.is_dated)


def _appended(rendering: Rendering, carried: list[str], origin: str) -> Body:
    """Text that is not on the page, below all lines that are."""
    start = len(rendering.lines)
    within = range(start, start + len(carried))
    return Body([*rendering.lines, *carried], within, origin, 1.0, 0.0, 0.0, is_titled=True, is_dated=True)
