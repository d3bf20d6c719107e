"""The head of an article in the lines of its page: title and byline, and what is between.

Sites order it as title, subtitle, byline; some leave the title to the breadcrumb, some
print the byline first, some have none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from wxsearch.errors import NotAnArticle
from wxsearch.ingest.breadcrumb import names_article, same_title
from wxsearch.ingest.byline import NO_BYLINE, Byline, is_outlet, joined, read_byline, read_byline_at
from wxsearch.ingest.fields.title import writing
from wxsearch.ingest.frame import is_masthead, is_paragraph, is_tools

# Between a breadcrumb and the byline stand a title, subtitles and tools; above a title
# without a breadcrumb stand lines of navigation.
_NEAR, _FAR = 12, 80
# Visible text has all the menus of its page above the article.
_FARTHEST = 300
# A title below its byline stands among the first lines there.
_BELOW = 3
_LONGEST_TITLE = 100
_SHORT_LABEL = 6
_LEAST_TITLE = 5
_REPORTER = re.compile(r"(?:\w{0,8}(?:社|报|网|台)?\s?)?(?:全媒体)?(?:记者|实习生|通讯员)[\s:：]")
_NEAR_RECORD = 1
# What the record of an official document says above it.
_RECORD = re.compile(
    r"(?:索\s*引\s*号|发文字号|文\s*号|主题(?:词|分类)|信息分类|公开(?:日期|时间|形式|方式|范围|类[别型]|属性|目录|主体|程序)"
    r"|有效性|体裁分类|组配分类)(?:\s*[:：]|\s+\S)"
    # 公开招聘 and a blank begin a title.
    r"|公开\w{2}\s*[:：]"
)
# A cell of a form, and what else its row holds: 来信标题 …, 标题：… 文号：….
_TITLE_CELL = re.compile(
    r"(?:(?:来信|信件|留言|咨询|提问|诉求|问题|文章|新闻|信息|文件|公告)(?:标\s*题|主\s*题|题\s*目)\s*[:：]?|标\s*题\s*[:：])"
    r"\s*(?P<title>\S.{3,}?)(?:\s[一-鿿]{2,6}\s?[:：].*)?"
)
_STOP = re.compile(r"[。；;]$")


class Top(NamedTuple):
    """Where to look for a title: the lines after the breadcrumb, and its labels."""

    lines: Sequence[str]
    start: int
    labels: tuple[str, ...]
    within: range | None
    year: int | None = None
    latest: str | None = None

    def byline_at(self, number: int) -> tuple[Byline, int] | None:
        """The byline of a line, and the first line after; a time to come is a slip, and none."""
        found = read_byline_at(self.lines, number, self.year)
        if found and self.latest and str(found[0].published or "") > self.latest:
            return found[0]._replace(published=None, precision=None), found[1]
        return found

    @property
    def last_label(self) -> str:
        """The label that may be the title."""
        return self.labels[-1] if self.labels and not names_article(self.labels[-1]) else ""


class Marks(NamedTuple):
    """What the mark-up says of titles: `headings` are the title, the surest first; `possible` may be it."""

    headings: Sequence[str] = ()
    possible: Sequence[str] = ()


class Head(NamedTuple):
    """Title and byline found: `lead` stands between them, the body from `end` on.

    `origin` says where the title was found: in a line that is a `heading` of the page, in
    the `text`, in the `breadcrumb`, or not in a line but in the head of the page.
    """

    title: str
    lead: tuple[str, ...]
    byline: Byline
    end: int
    origin: str = "text"


def find_head(top: Top, marks: Marks, fallback: str) -> Head:
    """Finds title and byline; raises NotAnArticle where there is neither.

    `fallback` is the title where no line is.
    """
    first, end, byline = _find_byline(top)
    has_byline = end > first
    limit = first if top.within is None else max(first, top.within.start)
    above = [line for line in top.lines[top.start : limit] if not is_masthead(line) and not read_byline(line)]
    if found := _marked(top, above, marks, byline, end if has_byline else None):
        return found
    untitled = Head(fallback, (), byline, end if has_byline else top.start, "title element")
    if fallback and not top.labels:
        return untitled
    try:
        found = _with_byline(top, above, untitled) if has_byline else _without_byline(top)
    except NotAnArticle:
        if not fallback:
            raise
        return untitled
    # A sentence is the first of the text rather than what the head of the page does not say.
    return untitled if fallback and is_paragraph(found.title) else found


def _marked(top: Top, above: list[str], marks: Marks, byline: Byline, end: int | None) -> Head | None:
    """The title that the mark-up of the page points at, above the byline or right below."""
    lines = [writing(line) for line in above]
    asked = [writing(heading) for heading in marks.headings]
    for heading in asked:
        for number, line in enumerate(lines):
            if line.shows(heading):
                return _titled(top, above, number, byline, end)
    below = () if end is None else list(enumerate(top.lines[end : end + _BELOW], end))
    for number, text in below:
        if any(writing(text).shows(heading) for heading in asked):
            return Head(text, (), byline, number + 1, "heading")
    last = writing(top.last_label)
    if any(last.shows(heading) for heading in asked):
        return Head(top.last_label, (), byline, top.start if end is None else end, "breadcrumb")
    if (found := _named_or_last(top, above, marks.possible, byline, end)) is not None:
        return found
    under = (number for number, text in below if text in marks.possible)
    return next((Head(top.lines[number], (), byline, number + 1, "heading") for number in under), None)


def _named_or_last(
    top: Top, above: list[str], possible: Sequence[str], byline: Byline, end: int | None
) -> Head | None:
    """The title that a cell of a form names, or the last line above the byline that may be one."""
    for number, text in enumerate(above):
        if cell := _TITLE_CELL.fullmatch(text):
            return _titled(top, above, number, byline, end)._replace(title=cell["title"])
    for number in reversed(range(len(above))):
        if above[number] in possible:
            return _titled(top, above, number, byline, end)
    return None


def _titled(top: Top, above: list[str], number: int, byline: Byline, end: int | None) -> Head:
    """The head whose title is a line of those above; `end` is that of the byline, if there is one."""
    title = above[number]
    if end is None:
        return Head(title, (), byline, top.lines.index(title, top.start) + 1, "heading")
    return Head(title, _lead(above[number + 1 :], title), byline, end, "heading")


def _with_byline(top: Top, above: list[str], head: Head) -> Head:
    """The title above the byline; else that of the breadcrumb; else the line below."""
    last = top.last_label
    above = [line for line in above if len(line) <= 2 * _LONGEST_TITLE]
    for number, line in enumerate(above):
        if last and same_title(last, line):
            return head._replace(origin="text", title=line, lead=_lead(above[number + 1 :], line))
    above = [line for line in above if line not in top.labels and not _RECORD.match(line)]
    if above and not (all(map(is_outlet, above)) and _is_title_below(top.lines[head.end : head.end + 2])):
        number = _title_among(above, from_top=bool(top.labels))
        title = above[number]
        return head._replace(origin="text", title=title, lead=_lead(above[number + 1 :], title))
    if head.end + 1 < len(top.lines) and len(top.lines[head.end]) < _LEAST_TITLE:
        # A command stands between: 关注.
        head = head._replace(end=head.end + 1)
    below = top.lines[head.end] if head.end < len(top.lines) else ""
    is_short = 0 < len(below) <= _LONGEST_TITLE and not _STOP.search(below)
    if is_short and (len(last) <= _SHORT_LABEL or same_title(last, below)):
        outlets = tuple(filter(is_outlet, above[-1:]))
        return head._replace(origin="text", title=below, end=head.end + 1, lead=outlets)
    if not last or len(top.labels) < 2:
        raise NotAnArticle("has a time but no title near it")
    return head._replace(origin="breadcrumb", title=last)


def _title_among(lines: list[str], *, from_top: bool) -> int:
    """Which line above a byline is most like a title: the first below a breadcrumb, else the last."""
    likely = [number for number, line in enumerate(lines) if _is_like_title(line)]
    likely = likely or list(range(len(lines)))
    if from_top:
        return likely[0]
    place = len(likely) - 1
    while place and _continues(lines[likely[place - 1]], lines[likely[place]]):
        place -= 1
    return likely[place]


def _is_title_below(lines: Sequence[str]) -> bool:
    """Whether one of the lines right below a byline reads like a title, and not like a paragraph."""
    return any(
        _is_like_title(line) and not _STOP.search(line) and len(line) <= _LONGEST_TITLE for line in lines
    )


def _continues(line: str, below: str) -> bool:
    """Whether a line is the subtitle of the one above it, or the same once more."""
    return below.startswith(("—", "-", "–")) or below == line


def _is_like_title(line: str) -> bool:
    """Whether a line has the words of a title: not 行情, 9 23, 本报记者 某 or 某日报."""
    if sum(map(str.isalpha, line)) < _LEAST_TITLE or _REPORTER.match(line) or is_outlet(line):
        return False
    words = line.split()
    return len(words) < 3 or max(map(len, words)) > _SHORT_LABEL


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
        return Head(last, (), NO_BYLINE, first, "breadcrumb")
    raise NotAnArticle("has no breadcrumb, no time and no line that could be a title")


def _find_byline(top: Top) -> tuple[int, int, Byline]:
    """The first run of lines with time or source: where it begins and ends, and what it says.

    Without one, begin and end are where the search ended.
    """
    lines, start = top.lines, top.start
    stop = min(len(lines), start + (_NEAR if top.labels else _FARTHEST))
    if top.within is not None:
        stop = min(len(lines), top.within.start + _NEAR)
        start = max(start, top.within.start - _FAR)
    text = start if top.within is None else top.within.start
    stop = next((number for number in range(text, stop) if is_paragraph(lines[number])), stop)
    stop = min(stop, max(text, _middle(top)))
    found = [row for number in range(start, stop) if (row := _at_top(top, number))]
    if not found:
        return stop, stop, NO_BYLINE
    first = _first_of(found)
    end, byline = _run_from(top, first)
    if not byline.published:
        # Some print the time above the title, and who wrote it below.
        above = [row.byline for row in found if row.byline.published and first - _BELOW <= row.start < first]
        byline = joined(byline, above[-1]) if above else byline
    return first, end, _with_others(byline, found, range(first, end))


def _middle(top: Top) -> int:
    """The line from which on more of the text stands above than below: who signs there signs at the end.

    Where the text is not known, its sentences are.
    """
    lines, within = top.lines, top.within
    is_known = within is not None
    searched = within if within is not None else range(top.start, len(lines))
    worths = [len(lines[number]) if is_known or _STOP.search(lines[number]) else 0 for number in searched]
    left, above = sum(worths), 0
    for number, worth in zip(searched, worths, strict=True):
        if above > left - above:
            return number
        above += worth
    return searched.stop


def _run_from(top: Top, first: int) -> tuple[int, Byline]:
    """The lines of a byline from `first` on: the first line after them, and what they say."""
    lines, end, byline = top.lines, first, NO_BYLINE
    while end < len(lines):
        more, after = top.byline_at(end) or (None, end)
        # A second date that stands alone is the first line of a chronicle.
        if more is not None and (more.labelled or more.source or not byline.published):
            byline, end = joined(byline, more), after
        elif is_tools(lines[end]) or _RECORD.match(lines[end]):
            end += 1
        elif byline.published and not byline.source and is_outlet(lines[end]):
            byline, end = byline._replace(source=lines[end]), end + 1
        else:
            break
    return end, byline


def _with_others(byline: Byline, found: Sequence["_Row"], run: range) -> Byline:
    """A byline with what others say: below it, and where one of them is the record of a document."""
    is_record = any(row.is_record for row in found if row.start in run)
    for row in (row for row in found if row.byline.labelled and row.start not in run):
        is_below = row.start >= run.stop
        if is_record and is_below and not row.is_record:
            byline = joined(row.byline, byline)
        elif is_below or row.is_record:
            byline = joined(byline, row.byline)
    return byline


def _first_of(found: Sequence["_Row"]) -> int:
    """The line with which the byline begins, among those that may be one."""
    # A date alone may be today's, in the site's masthead.
    certain = [
        row for row in found if row.byline.precision != "day" or row.byline.labelled or row.byline.source
    ]
    # A source or an author without a time may be a label of a form for searching.
    timed = [row for row in certain if row.byline.published]
    timed.sort(key=lambda row: (row.byline.is_indirect, row.is_record))
    first = (timed or certain or found)[0].start
    starts = {row.end: row.start for row in found}
    while first in starts:
        first = starts[first]
    return first


class _Row(NamedTuple):
    """A line, or two, of a byline, and whether it stands in the record of a document."""

    start: int
    end: int
    byline: Byline
    is_record: bool


def _at_top(top: Top, number: int) -> _Row | None:
    if is_masthead(top.lines[number]):
        return None
    byline, end = top.byline_at(number) or (NO_BYLINE, number)
    told = byline.published or byline.source or byline.author
    if not told:
        return None
    around = top.lines[max(0, number - _NEAR_RECORD) : end + _NEAR_RECORD]
    return _Row(number, end, byline, any(map(_RECORD.search, around)))


def _lead(lines: Sequence[str], title: str) -> tuple[str, ...]:
    return tuple(line for line in lines if not same_title(line, title))
