"""Categories and sources to narrow by, and the chips of what is chosen already."""

from collections.abc import Sequence

from msgspec import Struct

from wxsearch.categories import Path, written_path
from wxsearch.models import CategoryCount, SourceCounts
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Everything
from wxsearch.service.language import Speak
from wxsearch.service.links import Address
from wxsearch.service.moments import range_label

# Choices that are shown at once; the rest are behind a click.
_SHOWN = 8
# A tree of no more nodes than this is shown unfolded.
_SMALL_TREE = 24


class Choice(Struct, frozen=True):
    """Something to narrow by; its link adds it or, where it is chosen, takes it away."""

    key: str
    label: str
    count: int
    selected: bool
    href: str
    children: "tuple[Choice, ...]" = ()
    unfolded: bool = False


Split = tuple[Sequence[Choice], Sequence[Choice]]
"""Choices to show at once, and those behind a click."""


class Chip(Struct, frozen=True):
    """A chosen condition, and the same search without it."""

    kind: str
    label: str
    href: str


def category_choices(tree: Sequence[CategoryCount], request: SearchRequest, address: Address) -> list[Choice]:
    """The category tree as links."""
    small = sum(_size(node) for node in tree) <= _SMALL_TREE
    return [_category(node, request.categories, address, small=small) for node in tree]


def source_choices(counts: SourceCounts, request: SearchRequest, address: Address) -> list[Choice]:
    """The sources as links."""
    choices = []
    for bucket in counts.buckets:
        others = [value for value in request.sources if value != bucket.value]
        href = address.search({"source": others if bucket.selected else [*request.sources, bucket.value]})
        choices.append(Choice(bucket.value, bucket.value, bucket.count, bucket.selected, href))
    return choices


def split(choices: Sequence[Choice]) -> Split:
    """The choices to show at once and those to fold away; a chosen one is never folded."""
    if len(choices) <= _SHOWN + 2:
        return choices, ()
    ahead: list[Choice] = []
    folded: list[Choice] = []
    for place, choice in enumerate(choices):
        (ahead if place < _SHOWN or _holds_selected(choice) else folded).append(choice)
    return ahead, folded


def chips(request: SearchRequest, address: Address, speak: Speak) -> list[Chip]:
    """Every condition that is in force, in the order of the filters, then how hits are listed."""
    found = [
        Chip("category", " › ".join(path), address.search({"category": _written(request.categories, path)}))
        for path in request.categories
    ]
    for source in request.sources:
        left = [value for value in request.sources if value != source]
        found.append(Chip("source", source, address.search({"source": left})))
    if request.since is not None or request.until is not None:
        label = range_label(request.since, request.until, speak)
        found.append(Chip("time", label, address.cleared("from", "to", "interval")))
    if request.sort == "oldest" or (
        request.sort == "newest" and not isinstance(request.query.root, Everything)
    ):
        label = speak("chip_sort", label=speak(f"sort_{request.sort}"))
        found.append(Chip("sort", label, address.cleared("sort")))
    if request.match != "auto":
        label = speak("chip_match", label=speak(f"match_{request.match}"))
        found.append(Chip("match", label, address.cleared("match")))
    if request.collapse is not None:
        found.append(Chip("collapse", speak("collapse"), address.cleared("collapse")))
    return found


def only_category(path: Path, address: Address) -> str:
    """This search inside one category alone."""
    return address.search({"category": written_path(path)})


def _category(node: CategoryCount, chosen: Sequence[Path], address: Address, *, small: bool) -> Choice:
    # A path inside a chosen one would change nothing beside it, so it takes its place.
    others = [
        path for path in chosen if path[: len(node.path)] != node.path and node.path[: len(path)] != path
    ]
    if node.selected:
        href = address.search({"category": _written(chosen, node.path)})
    else:
        href = address.search({"category": [written_path(path) for path in (*others, node.path)]})
    children = tuple(_category(child, chosen, address, small=small) for child in node.children)
    unfolded = small or node.selected or any(_holds_selected(child) for child in children)
    return Choice(written_path(node.path), node.label, node.count, node.selected, href, children, unfolded)


def _written(paths: Sequence[Path], without: Path) -> list[str]:
    return [written_path(path) for path in paths if path != without]


def _holds_selected(choice: Choice) -> bool:
    return choice.selected or any(_holds_selected(child) for child in choice.children)


def _size(node: CategoryCount) -> int:
    return 1 + sum(_size(child) for child in node.children)
