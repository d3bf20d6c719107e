"""The lines of a page among which the paragraphs of its article stand.

Each line has a worth; a block's best run is the one of its children with the greatest sum.
Paragraphs join freely, other blocks only with their like, so that text, sidebar and
comments, each in a block of its own kind, do not become one.
"""

import re
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from wxsearch.ingest.body.prose import is_about, is_lead_line, is_link, worth
from wxsearch.ingest.body.surroundings import find_surroundings
from wxsearch.ingest.byline import read_byline
from wxsearch.ingest.frame import ends_article, is_legal, is_tools
from wxsearch.ingest.rendering import Block, Rendering

# Blocks that are a paragraph of the block around them; others may hold paragraphs.
_PARAGRAPHS = frozenset(
    (
        *(
            "p",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "pre",
            "center",
        ),
        *("table", "tbody", "tr", "figure", "figcaption"),
    )
)
_CELLS = frozenset(("td", "th"))
_BETWEEN = -5
_NEUTRAL = -3
# Among lines of a page that may be its title, shorter ones are labels of a channel.
_LEAST_TITLE = 6
# Between title and text stand a byline, tools and a summary.
_NEAR, _NEAR_BELOW = 15, 2
# A run may begin with the title and the lines below it that are no text.
_NEAR_HEAD = 3
# A block alone is taken before a run that adds hardly anything to it.
_NEARLY_ALL = 0.97
_LEAST_SCORE = 12
_HEADINGS = frozenset(("h1", "h2"))
_SUBHEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
# A byline stands so near below its title; a shorter text right below both is but a lead.
_NEAR_BYLINE = 7
_LEAST_OPENING = 36
# A box of the site has a heading and one.
_LEAST_PARAGRAPHS = 2
# What text is worth above a title that is marked as a heading, and above one that is not.
_ABOVE_HEADING, _ABOVE = 0.2, 0.5
_LEAST_VERSE = 6
# What kind of thread or page it is, in front of a title.
_KIND = re.compile(r"^[\[【][^\]】]{1,8}[\]】]\s{0,4}")
_NEIGHBOUR = re.compile(r"\W{0,9}[上前下后]一[篇条则]")
_PICTURE = re.compile(r"figure|caption|img|image|pic|photo|tupian", re.IGNORECASE)


class Container(NamedTuple):
    """Where the paragraphs stand, which lines among them are not the article's, and how clear the choice was.

    `score`, `rival` and `total` are sums of worths: of the chosen lines, of the best lines
    elsewhere, and of all lines; `is_titled` and `is_dated` are whether the title stands near
    above, and a time or source near.
    """

    within: range
    beside: frozenset[int]
    score: float
    rival: float
    total: float
    is_titled: bool
    is_dated: bool


class _Run(NamedTuple):
    """Lines from `begin` to before `end`, and what the blocks among them have in common."""

    score: float
    begin: int
    end: int
    kind: str = ""


_NOTHING = _Run(0, 0, 0)


_score = attrgetter("score")
_begin = attrgetter("begin")


class _Item(NamedTuple):
    """A child of a block: a line or a block, with its best run if it is no paragraph."""

    run: _Run
    begin: int
    end: int
    likeness: str


def find_container(
    rendering: Rendering, title: str = "", *, verse: bool = False, without: range = range(0)
) -> Container | None:
    """The best run of lines of a page; None where there is hardly any text.

    `title` is what the head of the page calls it; lines above the first that begins it
    count less. `verse` is for pages of short lines: most of them must stand together
    below the title. Lines `without` which to look are taken for the site's.
    """
    lines = rendering.lines
    worths = [worth(line, linked, verse=verse) for line, linked in zip(lines, rendering.linked, strict=True)]
    titles = _titles(rendering, title)
    heading = _heading(rendering, titles)
    around = find_surroundings(rendering, worths, heading)
    values: list[float] = list(worths)
    for line in chain(without, *around):
        values[line] = -abs(worths[line]) / 4
    _weigh_titles(rendering, values, titles)
    runs = _best_runs(rendering, values)
    best = max(runs, key=_score)
    if best.score < _LEAST_SCORE:
        return None
    rivals = [run.score for run in runs if run.end <= best.begin or run.begin >= best.end]
    if opening := _opening(rendering, values, titles or ([] if heading is None else [heading]), runs, best):
        best, doubt = _with_opening(rendering, opening, best)
        rivals.append(doubt)
    within = range(_below_head(lines, best, titles), best.end)
    if verse and (len(within) < _LEAST_VERSE or not any(number < best.begin for number in titles)):
        return None
    return Container(
        within,
        _beside(rendering, within, around),
        best.score,
        max(rivals, default=0),
        sum(value for value in worths if value > 0),
        any(best.begin - _NEAR <= number <= best.begin for number in titles),
        any(map(is_about, lines[max(0, best.begin - _NEAR) : best.begin + _NEAR_BELOW])),
    )


def _with_opening(rendering: Rendering, opening: _Run, best: _Run) -> tuple[_Run, float]:
    """The article of a page whose best run is not its opening, and the score of what may be another."""
    if _is_foreign(rendering, opening, best):
        return (opening if opening.score >= _LEAST_OPENING else best), 0
    between = range(opening.end, best.begin)
    if not all(_is_heading(rendering, number) or is_tools(rendering.lines[number]) for number in between):
        return best, 0
    # A lead and the text; or, in doubt, the text and what the site says of itself.
    is_text = opening.end - opening.begin > 1
    return best._replace(begin=opening.begin), 2 * best.score if is_text else 0


def _opening(
    rendering: Rendering, values: Sequence[float], titles: Sequence[int], runs: Sequence[_Run], best: _Run
) -> _Run | None:
    """The text right below title and byline, where another run was found best and stands below."""
    lines = rendering.lines
    below = (
        number + 1
        for title in titles
        for number in range(title + 1, min(title + _NEAR_BYLINE, best.begin))
        if (byline := read_byline(lines[number])) and byline.published
    )
    top = next(below, None)
    if top is None:
        return None
    first = next((number for number in range(top, best.begin) if values[number] >= _LEAST_SCORE), None)
    if first is None:
        return None
    near = [run for run in runs if run.begin <= first < run.end <= best.begin and run.begin >= top]
    run = max(near, key=_score, default=_NOTHING)
    return run if is_lead_line(lines[run.end - 1]) else None


def _is_foreign(rendering: Rendering, opening: _Run, best: _Run) -> bool:
    """Whether a longer run below the opening of an article is not its rest: cards, comments, legal notes."""
    lines, linked = rendering.lines, rendering.linked
    if is_legal(lines[best.begin]):
        return True
    within = range(best.begin, best.end)
    between = range(opening.end, best.begin)
    if any(ends_article(lines[number]) for number in between):
        return True
    if any(linked[number] and not is_tools(lines[number]) for number in between):
        return True
    texts = sum(is_lead_line(lines[number]) for number in within)
    if texts < _LEAST_PARAGRAPHS and _is_heading(rendering, best.begin):
        return True
    if any(_is_heading(rendering, number) for number in between) and not _is_plain(rendering, within, texts):
        return True
    others = sum(linked[number] * 2 > len(lines[number]) or is_about(lines[number]) for number in within)
    return others * 4 >= len(within)


def _is_plain(rendering: Rendering, within: range, texts: int) -> bool:
    """Whether lines, so many of them `texts`, are paragraphs without a link: comments have names between."""
    others = sum(not _is_heading(rendering, number) for number in within) - texts
    is_text = texts >= _LEAST_PARAGRAPHS and others * 4 < texts
    return is_text and not any(rendering.linked[number] for number in within)


def _is_heading(rendering: Rendering, number: int) -> bool:
    return rendering.blocks[rendering.places[number]].tag in _SUBHEADINGS


def _below_head(lines: Sequence[str], run: _Run, titles: Sequence[int]) -> int:
    """Where a run begins without the title and the byline that it may begin with."""
    last = max((number for number in titles if number < run.begin + _NEAR_HEAD), default=-1)
    begin = max(run.begin, last + 1)
    while begin < run.end - 1 and begin <= last + _NEAR_HEAD and read_byline(lines[begin]):
        begin += 1
    return begin if begin < run.end else run.begin


def _titles(rendering: Rendering, title: str) -> list[int]:
    """The lines that are the title, as the head of the page calls it."""
    lines = (_KIND.sub("", line, count=1) for line in rendering.lines)
    return [
        number
        for number, line in enumerate(lines)
        if len(line) >= _LEAST_TITLE and (title.startswith(line) or title.endswith(line))
    ]


def _heading(rendering: Rendering, titles: Sequence[int]) -> int | None:
    """The line that is the title and no link elsewhere: of those the head names, else the first h1."""
    lines, linked = rendering.lines, rendering.linked
    headings = [number for number in titles if rendering.blocks[rendering.places[number]].tag in _HEADINGS]
    plain = (number for number in titles if linked[number] * 2 <= len(lines[number]))
    h1 = (number for number, place in enumerate(rendering.places) if rendering.blocks[place].tag == "h1")
    return next(chain(headings, plain, h1), None)


def _weigh_titles(rendering: Rendering, values: list[float], titles: Sequence[int]) -> None:
    """Weighs less what stands above the title, and titles not at all."""
    headings = [number for number in titles if rendering.blocks[rendering.places[number]].tag in _HEADINGS]
    first, share = (headings[0], _ABOVE_HEADING) if headings else (titles[0] if titles else 0, _ABOVE)
    for number in range(first):
        values[number] = values[number] * share if values[number] > 0 else values[number]
    for number in titles:
        values[number] = 0


def _best_runs(rendering: Rendering, values: Sequence[float]) -> list[_Run]:
    """The best run of each block."""
    blocks = rendering.blocks
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    items: list[list[_Item]] = [[] for _ in blocks]
    for line, place in enumerate(rendering.places):
        items[place].append(_Item(_Run(values[line], line, line + 1), line, line + 1, ""))
    runs = [_NOTHING] * len(blocks)
    # A block is numbered after the one around it.
    for number in range(len(blocks) - 1, -1, -1):
        block = blocks[number]
        own = items[number]
        if not own:
            continue
        runs[number] = run = _best_of(own)
        if number:
            likeness = _likeness(block, number)
            if not likeness:
                run = _Run(sums[block.end] - sums[block.begin], block.begin, block.end)
            items[block.parent].append(_Item(run, block.begin, block.end, likeness))
    return runs


def _best_of(items: list[_Item]) -> _Run:
    """The best run among children, or that of one child alone if the others add hardly anything."""
    if len(items) == 1:
        run = items[0].run
        return run._replace(kind=items[0].likeness) if run.score > 0 else _NOTHING
    items.sort(key=_begin)
    run = _best_run(items)
    inner = max((item.run for item in items if item.likeness), key=_score, default=_NOTHING)
    is_several = inner.end - inner.begin > 1
    return inner if is_several and inner.score >= run.score * _NEARLY_ALL else run


def _likeness(block: Block, number: int) -> str:
    """What blocks that may hold the same text have in common; "" for a paragraph."""
    if block.tag in _PARAGRAPHS:
        return ""
    return f"{block.tag} {number}" if block.tag in _CELLS else f"{block.tag} {block.names}"


def _best_run(items: Sequence[_Item]) -> _Run:
    """The run of children with the greatest sum, drawn out over short lines at its ends."""
    kinds: dict[str, float] = {}
    for item in items:
        if item.likeness:
            kinds[item.likeness] = kinds.get(item.likeness, 0) + max(item.run.score, 0)
    kind = max(kinds, key=kinds.__getitem__, default="")
    best = (0.0, 0, 0)
    begin, score = 0, 0.0
    for number, item in enumerate(items):
        score += item.run.score if item.likeness in ("", kind) or item.run.kind == kind else _BETWEEN
        if score > best[0]:
            best = (score, begin, number + 1)
        if score <= 0:
            begin, score = number + 1, 0.0
    if not best[0]:
        return _NOTHING
    first, end = best[1], best[2]
    while first and _is_neutral(items[first - 1]):
        first -= 1
    while end < len(items) and _is_neutral(items[end]):
        end += 1
    inner = items[best[1]], items[best[2] - 1]
    # At the ends a block gives its best run, inside all of it.
    start = items[first].begin if first < best[1] else inner[0].run.begin
    stop = items[end - 1].end if end > best[2] else inner[1].run.end
    return _Run(best[0], start, stop, kind)


def _is_neutral(item: _Item) -> bool:
    return not item.likeness and _NEUTRAL <= item.run.score <= 0


def _beside(rendering: Rendering, within: range, around: Sequence[range]) -> frozenset[int]:
    """The lines of a range that are links or stand in a block of the site."""
    beside: set[int] = set()
    for block in around:
        if block.start >= within.start and block.stop <= within.stop:
            beside.update(block)
    lines = rendering.lines
    for number in within:
        if is_link(lines[number], rendering.linked[number]) or (
            number > within.start and _is_doubled(rendering, number)
        ):
            beside.add(number)
    return frozenset(number for number in beside if not _is_neighbour(lines, number))


def _is_doubled(rendering: Rendering, number: int) -> bool:
    """Whether a line is the caption of the picture above once more."""
    if rendering.lines[number] != rendering.lines[number - 1]:
        return False
    places = (rendering.blocks[rendering.places[line]] for line in (number - 1, number))
    return any(block.tag == "figcaption" or _PICTURE.search(block.names) for block in places)


def _is_neighbour(lines: Sequence[str], number: int) -> bool:
    """Whether a line names the article before or after this one, or stands below the label of one."""
    if _NEIGHBOUR.match(lines[number]):
        return True
    return number > 0 and len(lines[number - 1]) <= 8 and _NEIGHBOUR.match(lines[number - 1]) is not None


def without_surroundings(lines: Sequence[str], container: Container) -> tuple[list[str], range]:
    """The lines of a page without those beside the article, and where its paragraphs then stand."""
    within, beside = container.within, container.beside
    kept = [line for number, line in enumerate(lines) if number not in beside]
    return kept, range(within.start, within.stop - len(beside))
