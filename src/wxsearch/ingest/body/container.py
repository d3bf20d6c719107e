"""The lines of a page among which the paragraphs of its article stand.

Each line has a worth. Of all blocks' best runs of lines the best is the article, with its opening
where that stands apart, and without what is the site's among them.
"""

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from wxsearch.ingest.body.line_runs import LEAST_SCORE, Run, best_runs, greatest
from wxsearch.ingest.body.opening import find_opening, with_opening
from wxsearch.ingest.body.prose import is_about, is_link, worth
from wxsearch.ingest.body.surroundings import find_surroundings
from wxsearch.ingest.byline import read_byline
from wxsearch.ingest.rendering import Rendering

# Among lines of a page that may be its title, shorter ones are labels of a channel.
_LEAST_TITLE = 6
# Between title and text stand a byline, tools and a summary.
_NEAR, _NEAR_BELOW = 15, 2
# A run may begin with the title and the lines below it that are no text.
_NEAR_HEAD = 3
_HEADINGS = frozenset(("h1", "h2"))
# What text is worth above a title that is marked as a heading, and above one that is not.
_ABOVE_HEADING, _ABOVE = 0.2, 0.5
_LEAST_VERSE = 6
# What kind of thread or page it is, in front of a title.
_KIND = re.compile(r"^[\[【][^\]】]{1,8}[\]】]\s{0,4}")
_NEIGHBOUR = re.compile(r"\W{0,9}[上前下后]一[篇条则]")
# The headline under which another outlet had the text, in a box of its own above it.
_ORIGINAL = re.compile(r"[（(【\[]?原标题\s?[:：]\s?\S{2}")
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
    runs = best_runs(rendering, values)
    best = greatest(runs)
    if best.score < LEAST_SCORE:
        return None
    rivals = [run.score for run in runs if run.end <= best.begin or run.begin >= best.end]
    below = titles or ([] if heading is None else [heading])
    if opening := find_opening(rendering, values, below, runs, best):
        best, doubt = with_opening(rendering, opening, best)
        rivals.append(doubt)
    within = range(_below_head(lines, _below_heading(rendering, best, titles, values), titles), best.end)
    above = within.start - 1
    if above >= 0 and not rendering.linked[above] and _ORIGINAL.match(lines[above]):
        within = range(above, within.stop)
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


def _below_heading(rendering: Rendering, run: Run, titles: Sequence[int], values: Sequence[float]) -> Run:
    """A run from the heading in its midst on that is the title, where hardly any text stands above that."""
    headings = (number for number in titles if rendering.blocks[rendering.places[number]].tag in _HEADINGS)
    first = next(headings, -1)
    is_inside = run.begin < first < run.end - 1
    if not is_inside or sum(values[run.begin : first]) > sum(values[first : run.end]):
        return run
    return run._replace(begin=first)


def _below_head(lines: Sequence[str], run: Run, titles: Sequence[int]) -> int:
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
