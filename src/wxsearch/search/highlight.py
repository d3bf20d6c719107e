"""Marks and passages: what in an article matched, and where to show it.

Offsets count code points of the original text, also where folding changed lengths.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from wxsearch.analysis import clusters
from wxsearch.analysis.folded import Folded
from wxsearch.analysis.runs import string_places, word_places
from wxsearch.limits import Limits
from wxsearch.models import Article, Highlights, Passage
from wxsearch.query.tree import And, AtLeast, Leaf, Node, Not, Nothing, Optional, Or, Unranked, leaves

# What closes a quotation or a bracket belongs to the sentence that ends inside it.
_SENTENCE_END = re.compile("[。！？!?\n]+[”’》」』）)】]*")
_PAUSES = frozenset("，、：；,;")
# How much is shown before the first mark where no sentence begins near enough.
_LEAD = 30

Match = tuple[int, int, int]
"""[start, end) in the original, and the number of the leaf that matched there."""


class _Sentences(NamedTuple):
    """The sentences of a body: where each begins, and where those end that have an end."""

    starts: list[int]
    ends: list[int]


def marked_leaves(root: Node) -> list[Leaf]:
    """The leaves of a query that are marked: those that decide, without function words beside them."""
    return leaves(_deciding(root))


def highlight(article: Article, leaves: Sequence[Leaf], limits: Limits) -> Highlights:
    """The whole title and the best passages of the body, with the leaves marked.

    Without leaves, or where the body has none, the passage is the body's beginning.
    """
    body = article.body[: limits.highlight_characters]
    size = limits.passage_characters
    matches = _cut(body, _matches(body, [leaf for leaf in leaves if not leaf.field]), size)
    sentences = _sentences(body)
    windows = _best_windows(body, matches, sentences, limits)
    if not windows and body.strip():
        start = len(body) - len(body.lstrip())
        windows = [_window(body, sentences, start, start, size)]
    passages = (
        Passage(body[start:end], start, _marks(matches, start, end)) for start, end in sorted(windows)
    )
    return Highlights(mark(article.title, leaves), tuple(passages))


def mark(text: str, leaves: Sequence[Leaf]) -> Passage:
    """A whole text as one passage with the leaves marked."""
    return Passage(text, 0, _marks(_matches(text, leaves), 0, len(text)))


def _matches(text: str, leaves: Sequence[Leaf]) -> list[Match]:
    """Where the leaves stand in a text, by place."""
    if not text or not leaves:
        return []
    folded = Folded(text)
    found = []
    for number, leaf in enumerate(leaves):
        if leaf.quoted:
            places = string_places(leaf.text, folded.text)
        else:
            places = word_places(leaf.text, folded.text, prefix=leaf.prefix)
        for place in places:
            start, end = folded.original_span(*place)
            # Fold drops marks: those of the last letter would be left outside.
            found.append((clusters.before(text, start), clusters.after(text, end), number))
    return sorted(found)


def _cut(body: str, matches: Iterable[Match], size: int) -> list[Match]:
    """The matches, each as far as a passage that begins with it can show it."""
    return [
        (first, _shown_end(body, first, size) if last - first > size else last, leaf)
        for first, last, leaf in matches
    ]


def _shown_end(body: str, start: int, size: int) -> int:
    """The end of what a passage from `start` on can show: passages end in no white space."""
    end = max(clusters.before(body, start + size), start + 1)
    return start + max(len(body[start:end].rstrip()), 1)


def _marks(matches: Iterable[Match], start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Matches inside [start, end), counted from `start`; touching ones are one mark."""
    joined: list[tuple[int, int]] = []
    for first, last, _ in matches:
        if first < start or last > end:
            continue
        first, last = first - start, last - start  # noqa: PLW2901
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def _best_windows(
    body: str, matches: Sequence[Match], sentences: _Sentences, limits: Limits
) -> list[tuple[int, int]]:
    """Up to `passages` windows; each after the first must show a leaf not yet shown."""
    candidates = _candidates(body, matches, sentences, limits.passage_characters)
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while candidates and len(chosen) < limits.passages:
        (start, end), here = max(
            candidates.items(), key=lambda item: (len(set(item[1]) - shown), len(item[1]), -item[0][0])
        )
        if chosen and not set(here) - shown:
            break
        chosen.append((start, end))
        shown.update(here)
        candidates = {
            window: found for window, found in candidates.items() if window[1] <= start or window[0] >= end
        }
    return chosen


def _candidates(
    body: str, matches: Sequence[Match], sentences: _Sentences, size: int
) -> dict[tuple[int, int], list[int]]:
    """Windows that matches open, with the leaves that each holds."""
    candidates: dict[tuple[int, int], list[int]] = {}
    starts, sentence, opened = sentences.starts, 0, -size
    ends: dict[int, int] = {}
    for first, last, leaf in matches:
        while sentence + 1 < len(starts) and starts[sentence + 1] <= first:
            sentence += 1
        begin = starts[sentence]
        if last - begin > size * 2 // 3:
            # What the window before shows in its first half opens none, nor what overlaps the
            # same leaf: in a text without sentences each character may begin a match.
            if last <= opened + size // 2 or first < ends.get(leaf, 0):
                continue
            begin = _pause_before(body, first, max(first - min(_LEAD, size // 3), last - size, begin))
        opened, ends[leaf] = begin, last
        window = _window(body, sentences, begin, last, size)
        if window not in candidates:
            found = _inside(matches, window)
            window = _without_padding(body, window, found, sentences)
            candidates[window] = [number for _, _, number in found]
    return candidates


def _inside(matches: Sequence[Match], window: tuple[int, int]) -> list[Match]:
    # Found by bisection: a long article may hold one leaf ten thousand times.
    place = bisect_left(matches, (window[0], 0, 0))
    found = []
    while place < len(matches) and matches[place][0] < window[1]:
        if matches[place][1] <= window[1]:
            found.append(matches[place])
        place += 1
    return found


def _window(body: str, sentences: _Sentences, start: int, shown: int, size: int) -> tuple[int, int]:
    """From `start` to the last sentence end in reach that is not before `shown`; never inside a character."""
    limit = start + size
    if limit >= len(body):
        return start, len(body.rstrip())
    place = bisect_left(sentences.ends, limit + 1) - 1
    if place >= 0 and sentences.ends[place] >= max(shown, start + size // 2 + 1):
        return start, start + len(body[start : sentences.ends[place]].rstrip())
    return start, max(clusters.before(body, limit), start + 1)


def _without_padding(
    body: str, window: tuple[int, int], found: Sequence[Match], sentences: _Sentences
) -> tuple[int, int]:
    """The window without the sentences behind its last match, as far as half of it stays.

    What follows at the end of an article is often its imprint.
    """
    start, end = window
    shown = max((last for _, last, _ in found), default=start)
    place = bisect_left(sentences.ends, max(shown, (start + end) // 2))
    if place == len(sentences.ends) or sentences.ends[place] >= end:
        return window
    return start, start + len(body[start : sentences.ends[place]].rstrip())


def _pause_before(body: str, position: int, earliest: int) -> int:
    for start in range(earliest, position):
        if body[start] in _PAUSES:
            return start + 1
    return min(clusters.after(body, earliest), position)


def _sentences(body: str) -> _Sentences:
    ends = [end.end() for end in _SENTENCE_END.finditer(body)]
    return _Sentences([_after_blanks(body, start) for start in (0, *ends)], ends)


def _after_blanks(body: str, start: int) -> int:
    while start < len(body) and body[start].isspace():
        start += 1
    return start


def _deciding(node: Node) -> Node:
    """A tree of the leaves that decide what matches, whether or not they count for the rank."""
    if isinstance(node, And | Or | AtLeast):
        return And(tuple(map(_deciding, node.children)))
    if isinstance(node, Not):
        return Not(_deciding(node.child))
    if isinstance(node, Unranked):
        return node.child
    return Nothing() if isinstance(node, Optional) else node
