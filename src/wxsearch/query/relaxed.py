"""A query of which one wanted leaf is enough."""

from wxsearch.analysis.leaves import words_of
from wxsearch.analysis.runs import is_ideograph
from wxsearch.analysis.segment import Cutter
from wxsearch.query.tree import (
    And,
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
        return [node, *(Unranked(Leaf(piece)) for piece in _pieces(node, cutter))]
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


def _pieces(term: QueryTerm, cutter: Cutter) -> list[str]:
    """The words that a typed leaf was joined of, and the bigrams of its characters that are words alone.

    Those beside letters and digits say too little.
    """
    leaf, *_ = each_leaf(term)
    if not _is_plain(leaf):
        return []
    words = words_of(leaf.text, cutter)
    if len(words) == 1:
        return []
    pieces = [word for word in words if len(word) > 1 and all(map(is_ideograph, word))]
    if all(map(is_ideograph, leaf.text)):
        end = 0
        for word in words:
            end += len(word)
            if len(word) == 1:
                beside = leaf.text[max(end - 2, 0) : end + 1]
                pieces += [beside[:2], beside[-2:]]
    return [piece for piece in dict.fromkeys(pieces) if piece != leaf.text]


def _is_plain(leaf: Leaf) -> bool:
    """Whether a leaf is a word as it was typed, with no sign about it."""
    return not (leaf.quoted or leaf.field or leaf.prefix)


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
