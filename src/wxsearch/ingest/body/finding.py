"""The text of a page: first as it is shown, then as scripts would show it, then as they carry it."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.body.container import Container, find_container, without_surroundings
from wxsearch.ingest.body.embedded import article_body, carried_body
from wxsearch.ingest.body.kinds import empty_refusal, list_refusal, refusal
from wxsearch.ingest.rendering import Rendering, render

# What is shown with fewer characters may be the beginning of what a script carries.
_SHORT = 100
_LONGER = 1.5


class Body(NamedTuple):
    """The lines of a page without what stands beside its article, and among which the paragraphs stand.

    `origin` is "page" for text that is shown, "structured" for that of JSON-LD, "hidden" and
    "carried" for what waits for a script. `share` is what the chosen lines are of all text of
    the page, `rival` what the best lines elsewhere are of them, `linked` how many of them are
    links, `is_titled` whether the title stands near above: they tell how clear the choice was.
    """

    lines: list[str]
    within: range
    origin: str
    share: float
    rival: float
    linked: float
    is_titled: bool


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
    if score < _SHORT and (carried := _not_shown(tree, title, score)):
        return carried
    if reason := refusal(tree, rendering, score, title):
        raise NotAnArticle(reason)
    container = container or find_container(rendering, title, verse=True)
    if container is None:
        raise NotAnArticle(empty_refusal(tree, rendering))
    if reason := list_refusal(rendering, container):
        raise NotAnArticle(reason)
    return _shown(rendering, container, "page")


def _not_shown(tree: LexborHTMLParser, title: str, score: float) -> Body | None:
    """What a page holds for its scripts to show, if it is much more than it shows."""
    assert tree.body is not None
    rendering = render(tree.body, hidden=True)
    container = find_container(rendering, title)
    if container is not None and container.score > max(score, 1) * 3:
        return None if list_refusal(rendering, container) else _shown(rendering, container, "hidden")
    carried = carried_body(tree)
    if sum(map(len, carried)) > score * 2:
        return _appended(rendering, carried, "carried")
    return None


def _shown(rendering: Rendering, container: Container, origin: str) -> Body:
    lines, within = without_surroundings(rendering.lines, container)
    linked = len(container.beside) / len(container.within)
    share = min(1.0, container.score / max(container.total, 1))
    return Body(lines, within, origin, share, container.rival / container.score, linked, container.is_titled)


def _appended(rendering: Rendering, carried: list[str], origin: str) -> Body:
    """Text that is not on the page, below all lines that are."""
    start = len(rendering.lines)
    within = range(start, start + len(carried))
    return Body(
        [*rendering.lines, *carried], within, origin, sum(map(len, carried)), 0.0, 0.0, is_titled=True
    )
