"""A query of which one wanted leaf is enough."""

from wxsearch.query.tree import And, Everything, Filter, Node, Not, Optional, Or


def any_of(root: Node) -> Node:
    """Any of the wanted leaves, less what the whole query takes away, inside its filters.

    Nothing that the query matches is lost: what one side of an OR takes away is not taken
    from the others, and a side without a wanted leaf stays a choice. The filters of a side
    narrow its leaves alone.
    """
    top = root.children if isinstance(root, And) else (root,)
    unwanted = [node for node in top if isinstance(node, Not)]
    filters = [node for node in top if isinstance(node, Filter)]
    wanted = [node for node in top if not isinstance(node, Not | Filter)]
    found = [_one_of([choice for node in wanted for choice in _choices(node)])] if wanted else []
    return _all_of([*found, *filters, *unwanted])


def _choices(node: Node) -> list[Node]:
    """The wanted leaves below a node, and what is wanted without one."""
    if isinstance(node, Or):
        return [choice for child in node.children for choice in _choices(child)]
    if not isinstance(node, And):
        return [node]
    filters = [child for child in node.children if isinstance(child, Filter)]
    wanted = [child for child in node.children if not isinstance(child, Not | Filter | Everything)]
    if not wanted:
        return [node]
    choices = [choice for child in wanted for choice in _choices(child)]
    return [_all_of([_one_of(choices), *filters])] if filters else choices


def _all_of(nodes: list[Node]) -> Node:
    """All of the nodes, each once; the first may be an And of its own."""
    first = nodes[0].children if isinstance(nodes[0], And) else nodes[:1]
    once = tuple(dict.fromkeys((*first, *nodes[1:])))
    return once[0] if len(once) == 1 else And(once)


def _one_of(choices: list[Node]) -> Node:
    """Any of the choices, each once."""
    once = dict.fromkeys(choices)
    kept = [node for node in once if not (isinstance(node, Optional) and node.child in once)]
    return kept[0] if len(kept) == 1 else Or(tuple(kept))
