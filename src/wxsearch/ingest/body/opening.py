"""The opening: a text right below title and byline, where a longer run further down was found best.

It is the beginning of the article, or all of it, and what is longer belongs to the site.
"""

from collections.abc import Sequence

from wxsearch.ingest.body.line_runs import LEAST_SCORE, Run, greatest
from wxsearch.ingest.body.prose import is_about, is_lead_line
from wxsearch.ingest.byline import read_byline
from wxsearch.ingest.frame import ends_article, is_legal, is_tools
from wxsearch.ingest.rendering import Rendering

_SUBHEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
# A byline stands so near below its title; a shorter text right below both is but a lead.
_NEAR_BYLINE = 7
_LEAST_OPENING = 36
# A box of the site has a heading and one.
_LEAST_PARAGRAPHS = 2


def find_opening(
    rendering: Rendering, values: Sequence[float], titles: Sequence[int], runs: Sequence[Run], best: Run
) -> Run | None:
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
    first = next((number for number in range(top, best.begin) if values[number] >= LEAST_SCORE), None)
    if first is None:
        return None
    near = [run for run in runs if run.begin <= first < run.end <= best.begin and run.begin >= top]
    run = greatest(near)
    return run if is_lead_line(lines[run.end - 1]) else None


def with_opening(rendering: Rendering, opening: Run, best: Run) -> tuple[Run, float]:
    """The article of a page whose best run is not its opening, and the score of what may be another."""
    if _is_foreign(rendering, opening, best):
        return (opening if opening.score >= _LEAST_OPENING else best), 0
    between = range(opening.end, best.begin)
    if not all(_is_heading(rendering, number) or is_tools(rendering.lines[number]) for number in between):
        return best, 0
    # A lead and the text; or, in doubt, the text and what the site says of itself.
    is_text = opening.end - opening.begin > 1
    return best._replace(begin=opening.begin), 2 * best.score if is_text else 0


def _is_foreign(rendering: Rendering, opening: Run, best: Run) -> bool:
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
