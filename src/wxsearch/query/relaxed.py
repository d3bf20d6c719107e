"""Queries that ask for less than all of their words: for any of them, or step by step for fewer."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from wxsearch.analysis.numbers import with_signs
from wxsearch.analysis.segment import Cutter
from wxsearch.query.pieces import apart, pieces_of
from wxsearch.query.tree import (
    And,
    AtLeast,
    Everything,
    Filter,
    Leaf,
    Node,
    Not,
    Optional,
    Or,
    QueryTerm,
    Synonyms,
    Unranked,
    each_leaf,
)

# Of so many words a third may be missing; of fewer, most are all.
_FEWEST_OF_MOST = 3


class Rung(NamedTuple):
    """A query relaxed: how many of its words are asked for, and as which tree."""

    name: Literal["most", "any"]
    root: Node


def relaxed(root: Node, cutter: Cutter, least: int, count: Callable[[Node], int]) -> Rung | None:
    """The first rung of a query that `least` articles match; None where the query as it is has them.

    Where no rung has so many, the one with the most of them, the strictest of these. `count`
    says how many articles match a tree; it is asked, and words are cut, only as far as needed.
    """
    most = count(root)
    chosen, below = None, rungs(root, cutter)
    while most < least and (rung := next(below, None)):
        found = count(rung.root)
        if found > most:
            chosen, most = rung, found
    return chosen


def rungs(root: Node, cutter: Cutter) -> Iterator[Rung]:
    """A query with its joined words apart, with most of its words, with any; none that changes nothing.

    What was marked stays as it is: strings, fields, filters, what is taken away, and an OR.
    """
    words = relaxable(root)
    if not words:
        return
    top = root.children if isinstance(root, And) else (root,)
    others = [node for node in top if node not in words]
    parts = tuple(apart(word, cutter) for word in words)
    if parts != tuple(words):
        yield Rung("most", _all_of([*parts, *others]))
    if len(words) >= _FEWEST_OF_MOST:
        enough = AtLeast(len(words) - max(1, len(words) // 3), parts)
        yield Rung("most", _all_of([enough, *others]))
    choices = [choice for word in words for choice in _choices(word, cutter)]
    if len(choices) > 1:
        yield Rung("any", _all_of([_one_of(choices), *others]))


def relaxable(root: Node) -> list[QueryTerm]:
    """The words of a query that may be given up, in the order typed: those without a sign about them."""
    top = root.children if isinstance(root, And) else (root,)
    terms = [node for node in top if isinstance(node, Leaf | Synonyms)]
    return [term for term in terms if not (each_leaf(term)[0].quoted or each_leaf(term)[0].field)]


def typed_word(term: QueryTerm) -> str:
    """A word as it is told to a person: folded, without variants."""
    leaf, *_ = each_leaf(term)
    return with_signs(leaf.text) + ("*" if leaf.prefix else "")


def any_of(root: Node, cutter: Cutter) -> Node:
    """Any of the wanted leaves, less what the whole query takes away, inside its filters.

    Nothing that the query matches is lost: what one side of an OR takes away is not taken
    from the others, and a side without a wanted leaf stays a choice. The filters of a side
    narrow its leaves alone. A leaf of several words matches by its pieces, too.
    """
    top = root.children if isinstance(root, And) else (root,)
    unwanted = [node for node in top if isinstance(node, Not)]
    filters = [node for node in top if isinstance(node, Filter)]
    wanted = [node for node in top if not isinstance(node, Not | Filter)]
    found = [_one_of([choice for node in wanted for choice in _choices(node, cutter)])] if wanted else []
    return _all_of([*found, *filters, *unwanted])


def _choices(node: Node, cutter: Cutter) -> list[Node]:
    """The wanted leaves below a node with their pieces, and what is wanted without one."""
    if isinstance(node, Leaf | Synonyms):
        return [node, *pieces_of(node, cutter)]
    if isinstance(node, Or):
        return [choice for child in node.children for choice in _choices(child, cutter)]
    if not isinstance(node, And):
        return [node]
    filters = [child for child in node.children if isinstance(child, Filter)]
    wanted = [child for child in node.children if not isinstance(child, Not | Filter | Everything)]
    if not wanted:
        return [node]
    choices = [choice for child in wanted for choice in _choices(child, cutter)]
    return [_all_of([_one_of(choices), *filters])] if filters else choices


def _all_of(nodes: list[Node]) -> Node:
    """All of the nodes, each once; the first may be an And of its own."""
    first = nodes[0].children if isinstance(nodes[0], And) else nodes[:1]
    once = tuple(dict.fromkeys((*first, *nodes[1:])))
    return once[0] if len(once) == 1 else And(once)


def _one_of(choices: list[Node]) -> Node:
    """Any of the choices, each once."""
    once = dict.fromkeys(choices)
    kept = [node for node in once if not (isinstance(node, Optional | Unranked) and node.child in once)]
    return kept[0] if len(kept) == 1 else Or(tuple(kept))
