"""The head of an article in the lines of its page: title and byline, and what is between.

Sites order it as title, subtitle, byline; some leave the title to the breadcrumb, some
print the byline first, some have none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.breadcrumb import names_article, same_title
from wxsearch.ingest.byline import NO_BYLINE, Byline, joined, read_byline
from wxsearch.ingest.frame import is_masthead, is_paragraph, is_tools

# Between a breadcrumb and the byline stand a title, subtitles and tools; above a title
# without a breadcrumb stand lines of navigation.
_NEAR, _FAR = 12, 80
_LONGEST_TITLE = 100
_SHORT_LABEL = 6
_STOP = re.compile(r"[。；;]$")


class Top(NamedTuple):
    """Where to look for a title: the lines after the breadcrumb, and its labels."""

    lines: Sequence[str]
    start: int
    labels: tuple[str, ...]
    within: range | None

    @property
    def last_label(self) -> str:
        """The label that may be the title."""
        return self.labels[-1] if self.labels and not names_article(self.labels[-1]) else ""


class Head(NamedTuple):
    """Title and byline found: `lead` stands between them, the body from `end` on."""

    title: str
    lead: tuple[str, ...]
    byline: Byline
    end: int


def find_head(top: Top, headings: Sequence[str], fallback: str) -> Head:
    """Finds title and byline; raises NotAnArticle where there is neither.

    A line that equals one of `headings` is the title; `fallback` is, where no line is.
    """
    first, end, byline = _find_byline(top)
    has_byline = end > first
    limit = first if top.within is None else max(first, top.within.start)
    above = [line for line in top.lines[top.start : limit] if not is_masthead(line) and not read_byline(line)]
    for heading in headings:
        for number, line in enumerate(above):
            if same_title(line, heading):
                after = end if has_byline else top.lines.index(line, top.start) + 1
                return Head(line, _lead(above[number + 1 :], line) if has_byline else (), byline, after)
    untitled = Head(fallback, (), byline, end if has_byline else top.start)
    if fallback and not top.labels:
        return untitled
    try:
        return _with_byline(top, above, untitled) if has_byline else _without_byline(top)
    except NotAnArticle:
        if not fallback:
            raise
        return untitled


def _with_byline(top: Top, above: list[str], head: Head) -> Head:
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


def _without_byline(top: Top) -> Head:
    """The first line that is not the site's, if it is short enough; else the breadcrumb's."""
    first = top.start
    while first < len(top.lines) and (is_masthead(top.lines[first]) or top.lines[first] in top.labels[:-1]):
        first += 1
    last = top.last_label
    line = top.lines[first] if first < len(top.lines) else ""
    if last and same_title(last, line):
        return Head(line, (), NO_BYLINE, first + 1)
    if 0 < len(line) <= _LONGEST_TITLE and not (len(last) > _SHORT_LABEL and _STOP.search(line)):
        return Head(line, (), NO_BYLINE, first + 1)
    if len(last) > _SHORT_LABEL and len(top.labels) > 1:
        return Head(last, (), NO_BYLINE, first)
    raise NotAnArticle("has no breadcrumb, no time and no line that could be a title")


def _find_byline(top: Top) -> tuple[int, int, Byline]:
    """The first run of lines with time or source: where it begins and ends, and what it says.

    Without one, begin and end are where the search ended.
    """
    lines, start = top.lines, top.start
    stop = min(len(lines), start + (_NEAR if top.labels else _FAR))
    if top.within is not None:
        stop = min(len(lines), top.within.start + _NEAR)
        start = max(start, top.within.start - _FAR)
    text = start if top.within is None else top.within.start
    stop = next((number for number in range(text, stop) if is_paragraph(lines[number])), stop)
    found = [(number, line) for number in range(start, stop) if (line := _at_top(lines[number]))]
    if not found:
        return stop, stop, NO_BYLINE
    # A date alone may be today's, in the site's masthead.
    certain = (number for number, line in found if line.precision != "day" or line.labelled or line.source)
    first = next(certain, found[0][0])
    end, byline = first, NO_BYLINE
    while end < len(lines):
        more = read_byline(lines[end])
        # A second date that stands alone is the first line of a chronicle.
        if more is not None and (more.labelled or more.source or not byline.published):
            byline = joined(byline, more)
        elif not is_tools(lines[end]):
            break
        end += 1
    return first, end, byline


def _at_top(line: str) -> Byline | None:
    found = None if is_masthead(line) else read_byline(line)
    return found if found and (found.published or found.source or found.author) else None


def _lead(lines: Sequence[str], title: str) -> tuple[str, ...]:
    return tuple(line for line in lines if not same_title(line, title))
