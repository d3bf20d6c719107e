"""A query of which one wanted leaf is enough."""

from wxsearch.query.tree import And, Everything, Node, Not, Optional, Or


def any_of(root: Node) -> Node:
    """Any of the wanted leaves, less what the whole query takes away.

    Nothing that the query matches is lost: what one side of an OR takes away is not taken
    from the others, and a side that only takes away stays a choice.
    """
    top = root.children if isinstance(root, And) else (root,)
    unwanted = [node for node in top if isinstance(node, Not)]
    choices: dict[Node, None] = {}
    for node in top:
        if not isinstance(node, Not):
            choices.update(dict.fromkeys(_choices(node)))
    kept = tuple(node for node in choices if not (isinstance(node, Optional) and node.child in choices))
    wanted = kept[0] if len(kept) == 1 else Or(kept)
    return And((wanted, *unwanted)) if unwanted else wanted


def _choices(node: Node) -> list[Node]:
    """The wanted leaves below a node, and what is wanted without one."""
    if isinstance(node, And) and isinstance(node.children[0], Everything):
        return [node]
    if isinstance(node, And | Or):
        return [choice for child in node.children if not isinstance(child, Not) for choice in _choices(child)]
    return [node]
