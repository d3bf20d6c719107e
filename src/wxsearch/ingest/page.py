"""The visible lines of an article page to a record: what is title, body, and what is frame.

The order of the parts is that of nearly all news pages in China: site, breadcrumb,
title, byline, paragraphs, neighbours, site.
"""

from collections.abc import Sequence

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.body.tail import goes_on, is_beside, is_tail
from wxsearch.ingest.breadcrumb import find_breadcrumb, same_title, without_article
from wxsearch.ingest.byline import NO_BYLINE, Byline, joined, read_byline
from wxsearch.ingest.frame import ends_article, is_tools
from wxsearch.ingest.head import Head, Top, find_head
from wxsearch.ingest.neighbours import read_neighbours
from wxsearch.ingest.record import Record
from wxsearch.models import Link

# For each line that seems to end an article all that follows is looked at.
_MOST_MARKS = 8


def read_page(
    lines: Sequence[str], body: range | None = None, headings: Sequence[str] = (), fallback: str = ""
) -> Record:
    """Reads the lines of a page; raises NotAnArticle with a reason.

    Where the structure of a page tells, `body` are the lines among which the paragraphs
    stand, `headings` texts that it marks as titles, and `fallback` the title for want of
    another.
    """
    spaced = [line.strip("\ufeff\u200b \t\r\n\xa0\u3000") for line in lines]
    # Empty lines go, and a range counts on without them.
    texts = [text for text in spaced if text]
    within = None
    if body is not None:
        within = range(sum(map(bool, spaced[: body.start])), sum(map(bool, spaced[: body.stop])))
    if not texts:
        raise NotAnArticle("is empty")
    crumb = None if within is None else find_breadcrumb(texts[: within.start], guess=True)
    crumb = crumb or find_breadcrumb(texts if within is None else texts[: within.stop])
    labels, start = crumb or ((), 0)
    head = find_head(Top(texts, start, labels, within), headings, fallback)
    paragraphs, tail = _body(texts, head, within)
    if not paragraphs and not head.byline.published:
        raise NotAnArticle("has a title but no text" if head.title else "has no title and no text")
    previous, following = _neighbours(texts, head.end)
    byline = head.byline
    return {
        "title": head.title,
        "body": "\n".join(paragraphs),
        "published": byline.published,
        "precision": byline.precision,
        "source": byline.source or tail.source,
        "author": byline.author or tail.author or byline.editor or tail.editor,
        "breadcrumb": list(without_article(labels, head.title)),
        "previous": _record(previous),
        "next": _record(following),
    }


def _body(lines: Sequence[str], head: Head, within: range | None) -> tuple[list[str], Byline]:
    """The paragraphs, and what a byline after the last of them says."""
    # Where the paragraphs' own element is known, what stands above it is no paragraph.
    paragraphs = list(head.lead) if within is None else []
    number = head.end if within is None else max(head.end, within.start)
    stop = len(lines) if within is None else within.stop
    lead = len(paragraphs)
    marks = 0
    while number < stop:
        line = lines[number]
        if neighbours := read_neighbours(lines, number):
            if len(paragraphs) > lead:
                break
            number = neighbours.end
            continue
        is_end = ends_article(line)
        if is_end and len(paragraphs) > lead:
            marks += 1
            is_end = marks > _MOST_MARKS or not goes_on(line, paragraphs, lines[number + 1 : stop])
            if is_end:
                break
        is_repeated = len(paragraphs) == lead and same_title(line, head.title)
        if not is_end and not is_repeated and not is_tools(line) and not is_beside(line):
            paragraphs.append(line)
        number += 1
    tail = NO_BYLINE
    while len(paragraphs) > 1:
        found = read_byline(paragraphs[-1])
        if found and (found.source or found.author or found.editor):
            tail = joined(found, tail)
        elif not is_tail(paragraphs[-1]):
            break
        paragraphs.pop()
    return paragraphs, tail


def _neighbours(lines: Sequence[str], start: int) -> tuple[Link | None, Link | None]:
    previous = following = None
    for number in range(start, len(lines)):
        if found := read_neighbours(lines, number):
            previous, following = previous or found.previous, following or found.next
    return previous, following


def _record(link: Link | None) -> Record | None:
    return None if link is None else {"title": link.title, "url": link.url}
