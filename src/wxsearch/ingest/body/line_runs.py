"""Runs of lines: of each block of a page, those of its children that together are worth most.

Paragraphs join freely, other blocks only with their like, so that text, sidebar and
comments, each in a block of its own kind, do not become one.
"""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from wxsearch.ingest.rendering import Block, Rendering

# Blocks that are a paragraph of the block around them; others may hold paragraphs.
_PARAGRAPHS = (
    frozenset(("p", "blockquote", "pre", "center", "figure", "figcaption"))
    | frozenset(("h2", "h3", "h4", "h5", "h6"))
    | frozenset(("ul", "ol", "li", "dl", "dt", "dd"))
    | frozenset(("table", "tbody", "tr"))
)
_CELLS = frozenset(("td", "th"))
_BETWEEN = -5
_NEUTRAL = -3
# A block alone is taken before a run that adds hardly anything to it.
_NEARLY_ALL = 0.97
LEAST_SCORE = 12
"""What a run is worth that can be a text."""

_score = attrgetter("score")
_begin = attrgetter("begin")


class Run(NamedTuple):
    """Lines from `begin` to before `end`, and what the blocks among them have in common."""

    score: float
    begin: int
    end: int
    kind: str = ""


_NOTHING = Run(0, 0, 0)


def greatest(runs: Iterable[Run]) -> Run:
    """The run with the greatest score, an empty one where there is none."""
    return max(runs, key=_score, default=_NOTHING)


class _Item(NamedTuple):
    """A child of a block: a line or a block, with its best run if it is no paragraph."""

    run: Run
    begin: int
    end: int
    likeness: str


def best_runs(rendering: Rendering, values: Sequence[float]) -> list[Run]:
    """The best run of each block."""
    blocks = rendering.blocks
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    items: list[list[_Item]] = [[] for _ in blocks]
    for line, place in enumerate(rendering.places):
        items[place].append(_Item(Run(values[line], line, line + 1), line, line + 1, ""))
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
                run = Run(sums[block.end] - sums[block.begin], block.begin, block.end)
            items[block.parent].append(_Item(run, block.begin, block.end, likeness))
    return runs


def _best_of(items: list[_Item]) -> Run:
    """The best run among children, or that of one child alone if the others add hardly anything."""
    if len(items) == 1:
        run = items[0].run
        return run._replace(kind=items[0].likeness) if run.score > 0 else _NOTHING
    items.sort(key=_begin)
    run = _best_run(items)
    inner = greatest(item.run for item in items if item.likeness)
    is_several = inner.end - inner.begin > 1
    return inner if is_several and inner.score >= run.score * _NEARLY_ALL else run


def _likeness(block: Block, number: int) -> str:
    """What blocks that may hold the same text have in common; "" for a paragraph."""
    if block.tag in _PARAGRAPHS:
        return ""
    return f"{block.tag} {number}" if block.tag in _CELLS else f"{block.tag} {block.names}"


def _best_run(items: Sequence[_Item]) -> Run:
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
    return Run(best[0], start, stop, kind)


def _is_neutral(item: _Item) -> bool:
    return not item.likeness and _NEUTRAL <= item.run.score <= 0
