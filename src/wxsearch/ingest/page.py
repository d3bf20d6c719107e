"""The visible lines of an article page to its parts: what is title, body, and what is frame.

The order of the parts is that of nearly all news pages in China: site, breadcrumb,
title, byline, paragraphs, neighbours, site.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.body.tail import goes_on, is_beside, is_invitation, is_tail, without_button
from wxsearch.ingest.breadcrumb import Breadcrumb, find_breadcrumb, same_title, without_article
from wxsearch.ingest.byline import NO_BYLINE, Byline, is_outlet, joined, read_byline, read_byline_at
from wxsearch.ingest.fields.times import find_time
from wxsearch.ingest.fields.trail import Trail
from wxsearch.ingest.frame import ends_article, is_tools
from wxsearch.ingest.head import Head, Marks, Top, find_head
from wxsearch.ingest.neighbours import read_neighbours
from wxsearch.models import Link, Precision

_BELOW = 12
# For each line that seems to end an article all that follows is looked at.
_MOST_MARKS = 8
# The masthead of a printed page, in lines, and the length of one.
_MASTHEAD = 80
_PRINTED_PAGE = re.compile(r"第?\s?[A-Z]?\d{1,3}\s?版")
# The source at the end of the last paragraph, and the reporter in its first words.
_CREDIT = re.compile(
    r"[（(【\[](?:文章|稿件|资料|新闻)?(?:来源|來源|来自|据)[:：]?\s?([^（）()【】\[\]。，]{2,30})[）)】\]]。?$"
)
_ACCOUNT = re.compile(
    r"^.{0,20}?(?:来自|来源|转载自|转自|源自)(?:于|：|:)?\s?(?:微信)?公众(?:号|平台)[:：]?\s?[“「\"『]?([^“”「」『』\"，。（）()【】]{2,20})"
)
# What names the cell of a form, in front of a letter or its answer.
_CELL = re.compile(r"(?:来信|信件|留言|咨询|投诉|提问|诉求|问题|回复|答复|办理)内容(?:\s*[:：]\s*|\s+|$)")
_REPORTER = re.compile(
    r"^.{0,40}?[（(](?:本报|本网|本社|见习|实习)?(?:全媒体)?记者\s?([一-鿿·、 ]{2,30})[）)]"
    # （中央社記者林小華台北2日電）
    r"|^[（(][一-鿿]{2,6}[記记]者([一-鿿]{3})[一-鿿]{2,3}\d{1,2}日(?:[專专特])?[電电][）)]"
)


class Hints(NamedTuple):
    """What the mark-up of a page says of its lines.

    `body` are the lines among which the paragraphs stand, `fallback` is the title for want of
    a line that is; `trails` are rows that may be the breadcrumb, the surest first, and `year`
    is that of times without one. No time is after `latest`, as ISO 8601 with +08:00.
    """

    body: range | None = None
    marks: Marks = Marks()
    fallback: str = ""
    trails: Sequence[Trail] = ()
    year: int | None = None
    latest: str | None = None


NO_HINTS = Hints()


class Page(NamedTuple):
    """The parts of a page; `tail` is what stands below the text, as the lines of the head above it.

    `issue` is the day of a printed page, 第03版, that its masthead tells.
    """

    head: Head
    tail: Byline
    labels: tuple[str, ...]
    trust: float
    paragraphs: tuple[str, ...]
    previous: Link | None
    next: Link | None
    credit: str | None
    reporter: str | None
    issue: tuple[str, Precision] | None


def find_page(lines: Sequence[str], hints: Hints = NO_HINTS) -> Page:
    """Finds the parts among the lines; raises NotAnArticle with a reason."""
    spaced = [line.strip("\ufeff\u200b \t\r\n\xa0\u3000") for line in lines]
    # Empty lines go, and a range counts on without them.
    texts = [text for text in spaced if text]
    within = None
    if hints.body is not None:
        within = range(sum(map(bool, spaced[: hints.body.start])), sum(map(bool, spaced[: hints.body.stop])))
    if not texts:
        raise NotAnArticle("is empty")
    crumb, trust = _breadcrumb(texts, within, hints.trails)
    top = Top(texts, crumb.end, crumb.labels, within, hints.year, hints.latest)
    head = find_head(top, hints.marks, hints.fallback)
    paragraphs, cut, tail, end = _body(texts, head, within, hints.year)
    if not paragraphs and not head.byline.published:
        raise NotAnArticle("has a title but no text" if head.title else "has no title and no text")
    previous, following = _neighbours(texts, range(head.end, len(texts)))
    if previous is None and following is None:
        # Weblogs print them above the title.
        previous, following = _neighbours(texts, range(crumb.end, head.end))
    reporter = _REPORTER.match(paragraphs[0]) if paragraphs else None
    return Page(
        head,
        joined(tail, _below(texts, end, hints.year)),
        without_article(crumb.labels, head.title),
        trust if crumb.labels else 0.0,
        tuple(paragraphs),
        previous,
        following,
        _credit([*paragraphs[-3:], *cut]),
        reporter and (reporter[1] or reporter[2]).strip(),
        _issue(texts[: _MASTHEAD if within is None else within.start]),
    )


def _issue(texts: Sequence[str]) -> tuple[str, Precision] | None:
    """The day that stands above a page of a printed paper."""
    top = [text for text in texts[-_MASTHEAD:] if len(text) <= _MASTHEAD]
    if not any(map(_PRINTED_PAGE.search, top)):
        return None
    time = next((time for text in top if (time := find_time(text))), None)
    return (time.published, "day") if time else None


def _credit(paragraphs: Sequence[str]) -> str | None:
    """The source that the last paragraphs, or what was cut off below them, name in passing."""
    for paragraph in paragraphs:
        if found := _CREDIT.search(paragraph[-60:]) or _ACCOUNT.match(paragraph):
            return found[1].strip()
    return None


def _breadcrumb(
    texts: Sequence[str], within: range | None, trails: Sequence[Trail]
) -> tuple[Breadcrumb, float]:
    """The breadcrumb by lines or by elements, the surer of them, and how sure it is."""
    crumb = None if within is None else find_breadcrumb(texts[: within.start], guess=True)
    crumb = crumb or find_breadcrumb(texts if within is None else texts[: within.stop], guess=within is None)
    trust = (0.9 if crumb.is_labelled else 0.7) if crumb else 0.0
    size = len(crumb.labels) if crumb else 0
    above = texts if within is None else texts[: within.stop]
    for trail in trails:
        if trail.confidence < trust and len(trail.labels) <= size:
            break
        # What stands below the text is the site's.
        if end := _end_of(trail.labels, above):
            return Breadcrumb(trail.labels, end, is_labelled=False), trail.confidence
    return crumb or Breadcrumb((), 0, is_labelled=False), trust


def _end_of(labels: Sequence[str], texts: Sequence[str]) -> int:
    """The first line after those that show the labels; 0 where they are not found."""
    first = next((number for number, text in enumerate(texts) if labels[0] in text), None)
    while first is not None:
        for number in range(first, min(first + 2 * len(labels) + 2, len(texts))):
            if labels[-1] in texts[number]:
                return number + 1
        after = range(first + 1, len(texts))
        first = next((number for number in after if labels[0] in texts[number]), None)
    return 0


def _body(
    lines: Sequence[str], head: Head, within: range | None, year: int | None
) -> tuple[list[str], list[str], Byline, int]:
    """The paragraphs, lines cut off below them, what bylines there say, and the first line below all."""
    # Where the paragraphs' own element is known, what stands above it is no paragraph.
    paragraphs = [line for line in head.lead if not is_outlet(line)] if within is None else []
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
        is_site = is_tools(line) or is_beside(line) or (len(paragraphs) == lead and is_invitation(line))
        if not is_end and not is_repeated and not is_site:
            cell = _CELL.match(line)
            paragraphs += filter(None, [line[cell.end() :] if cell else line])
        number += 1
    cut, tail = _cut_tail(paragraphs, year)
    return paragraphs, cut, tail, number


def _cut_tail(paragraphs: list[str], year: int | None) -> tuple[list[str], Byline]:
    """Takes what is the site's off the end of the paragraphs: its lines, and what bylines there say."""
    tail = NO_BYLINE
    cut: list[str] = []
    while len(paragraphs) > 1:
        found = read_byline(paragraphs[-1], year)
        is_labelled_time = found and found.labelled and found.published
        if found and (found.source or found.author or found.editor or is_labelled_time):
            tail = joined(found, tail)
        elif not is_tail(paragraphs[-1]):
            break
        cut.append(paragraphs.pop())
    if paragraphs:
        paragraphs[-1] = without_button(paragraphs[-1])
    return cut[::-1], tail


def _below(lines: Sequence[str], start: int, year: int | None) -> Byline:
    """What labelled lines below the text say, before lists of other articles begin."""
    tail = NO_BYLINE
    number = start
    while number < min(len(lines), start + _BELOW) and not ends_article(lines[number]):
        found, after = read_byline_at(lines, number, year) or (NO_BYLINE, number + 1)
        tail = joined(tail, found) if found.labelled else tail
        number = after
    return tail


def _neighbours(lines: Sequence[str], within: range) -> tuple[Link | None, Link | None]:
    previous = following = None
    for number in within:
        if found := read_neighbours(lines, number):
            previous, following = previous or found.previous, following or found.next
    return previous, following
