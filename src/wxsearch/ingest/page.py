"""The visible lines of an article page to a record: what is title, body, and what is frame.

The order of the parts is that of nearly all news pages in China: site, breadcrumb,
title, byline, paragraphs, neighbours, site.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.breadcrumb import find_breadcrumb, names_article, same_title, without_article
from wxsearch.ingest.byline import Byline, read_byline
from wxsearch.ingest.frame import ends_article, is_masthead, is_tools
from wxsearch.ingest.neighbours import read_neighbours
from wxsearch.ingest.record import Record
from wxsearch.models import Link

# Between a breadcrumb and the byline stand a title, subtitles and tools; above a title
# without a breadcrumb stand lines of navigation.
_NEAR, _FAR = 12, 80
_LONGEST_TITLE = 100
_SHORT_LABEL = 6
_STOP = re.compile(r"[。；;]$")


class _Top(NamedTuple):
    """Where to look for a title: the lines after the breadcrumb, and its labels."""

    lines: Sequence[str]
    start: int
    labels: tuple[str, ...]
    within: range | None

    @property
    def last_label(self) -> str:
        """The label that may be the title."""
        return self.labels[-1] if self.labels and not names_article(self.labels[-1]) else ""


class _Head(NamedTuple):
    """Title and byline found: `lead` stands between them, the body from `end` on."""

    title: str
    lead: tuple[str, ...]
    byline: Byline
    end: int


_NOTHING = Byline(None, None, None, None, None, labelled=False)


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
    within = body and range(sum(map(bool, spaced[: body.start])), sum(map(bool, spaced[: body.stop])))
    if not texts:
        raise NotAnArticle("is empty")
    crumb = find_breadcrumb(texts) if within is None else find_breadcrumb(texts[: within.start], guess=True)
    labels, start = crumb or ((), 0)
    head = _head(_Top(texts, start, labels, within), headings, fallback)
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


def _head(top: _Top, headings: Sequence[str], fallback: str) -> _Head:
    first, end, byline = _find_byline(top)
    limit = first if top.within is None else max(first, top.within.start)
    above = [line for line in top.lines[top.start : limit] if not is_masthead(line) and not read_byline(line)]
    for heading in headings:
        for number, line in enumerate(above):
            if same_title(line, heading):
                return _Head(line, _lead(above[number + 1 :], line), byline, max(end, top.start))
    if fallback and not top.labels:
        return _Head(fallback, (), byline, max(end if end > first else 0, top.start))
    try:
        if end > first:
            return _with_byline(top, above, _Head("", (), byline, end))
        return _without_byline(top)
    except NotAnArticle:
        if not fallback:
            raise
        return _Head(fallback, (), byline, end if end > first else top.start)


def _with_byline(top: _Top, above: list[str], head: _Head) -> _Head:
    """The title above the byline; else that of the breadcrumb; else the line below."""
    last = top.last_label
    above = [line for line in above if len(line) <= 2 * _LONGEST_TITLE]
    for number, line in enumerate(above):
        if last and same_title(last, line):
            return head._replace(title=line, lead=_lead(above[number + 1 :], line))
    if top.labels:
        above = [line for line in above if line not in top.labels]
        if above:
            return head._replace(title=above[0], lead=_lead(above[1:], above[0]))
    elif above:
        number = len(above) - 1
        while number and (above[number].startswith(("—", "-", "–")) or above[number] == above[number - 1]):
            number -= 1
        return head._replace(title=above[number], lead=_lead(above[number + 1 :], above[number]))
    below = top.lines[head.end] if head.end < len(top.lines) else ""
    is_short = 0 < len(below) <= _LONGEST_TITLE and not _STOP.search(below)
    if is_short and (len(last) <= _SHORT_LABEL or same_title(last, below)):
        return head._replace(title=below, end=head.end + 1)
    if not last or len(top.labels) < 2:
        raise NotAnArticle("has a time but no title near it")
    return head._replace(title=last)


def _without_byline(top: _Top) -> _Head:
    """The first line that is not the site's, if it is short enough; else the breadcrumb's."""
    first = top.start
    while first < len(top.lines) and (is_masthead(top.lines[first]) or top.lines[first] in top.labels[:-1]):
        first += 1
    last = top.last_label
    line = top.lines[first] if first < len(top.lines) else ""
    if last and same_title(last, line):
        return _Head(line, (), _NOTHING, first + 1)
    if 0 < len(line) <= _LONGEST_TITLE and not (len(last) > _SHORT_LABEL and _STOP.search(line)):
        return _Head(line, (), _NOTHING, first + 1)
    if len(last) > _SHORT_LABEL and len(top.labels) > 1:
        return _Head(last, (), _NOTHING, first)
    raise NotAnArticle("has no breadcrumb, no time and no line that could be a title")


def _find_byline(top: _Top) -> tuple[int, int, Byline]:
    """The first run of lines with time or source: where it begins and ends, and what it says.

    Without one, begin and end are where the search ended.
    """
    lines, start = top.lines, top.start
    stop = min(len(lines), start + (_NEAR if top.labels else _FAR))
    if top.within is not None:
        stop = min(len(lines), top.within.start + _NEAR)
        start = max(start, top.within.start - _FAR)
    found = [(number, line) for number in range(start, stop) if (line := _top_byline(lines[number]))]
    if not found:
        return stop, stop, _NOTHING
    # A date alone may be today's, in the site's masthead.
    certain = (number for number, line in found if line.precision != "day" or line.labelled or line.source)
    first = next(certain, found[0][0])
    end, byline = first, _NOTHING
    while end < len(lines):
        more = read_byline(lines[end])
        # A second date that stands alone is the first line of a chronicle.
        if more is not None and (more.labelled or more.source or not byline.published):
            byline = _joined(byline, more)
        elif not is_tools(lines[end]):
            break
        end += 1
    return first, end, byline


def _top_byline(line: str) -> Byline | None:
    found = None if is_masthead(line) else read_byline(line)
    return found if found and (found.published or found.source or found.author) else None


def _joined(byline: Byline, more: Byline) -> Byline:
    time = byline if byline.published else more
    if more.published and time.precision == "day" and more.published[:10] == str(time.published)[:10]:
        time = more
    return Byline(
        time.published,
        time.precision,
        byline.source or more.source,
        byline.author or more.author,
        byline.editor or more.editor,
        byline.labelled or more.labelled,
    )


def _lead(lines: Sequence[str], title: str) -> tuple[str, ...]:
    return tuple(line for line in lines if not same_title(line, title))


def _body(lines: Sequence[str], head: _Head, within: range | None) -> tuple[list[str], Byline]:
    """The paragraphs, and what a byline after the last of them says."""
    # Where the paragraphs' own element is known, what stands above it is no paragraph.
    paragraphs = list(head.lead) if within is None else []
    number = max(head.end, within.start) if within else head.end
    stop = within.stop if within else len(lines)
    lead = len(paragraphs)
    while number < stop:
        line = lines[number]
        if neighbours := read_neighbours(lines, number):
            if len(paragraphs) > lead:
                break
            number = neighbours.end
            continue
        if ends_article(line) and len(paragraphs) > lead:
            break
        is_repeated = len(paragraphs) == lead and same_title(line, head.title)
        if not is_repeated and not is_tools(line) and not ends_article(line):
            paragraphs.append(line)
        number += 1
    tail = _NOTHING
    while len(paragraphs) > 1 and (found := read_byline(paragraphs[-1])):
        if not (found.source or found.author or found.editor):
            break
        tail = _joined(found, tail)
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
