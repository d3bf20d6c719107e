"""The query tree: what an engine is asked, without the language it was typed in."""

from collections.abc import Iterator

from msgspec import Struct


class Leaf(Struct, frozen=True):
    """One thing asked for: a word, or with `quoted` a whole string. Text is folded."""

    text: str
    quoted: bool = False


class Optional(Struct, frozen=True):
    """A leaf that adds to the rank and makes no difference to what matches.

    It stands only in an And or an Or, beside at least one child that is not Optional; the
    others decide alone.
    """

    child: Leaf


class And(Struct, frozen=True):
    """All of the children; a Not among them takes away."""

    children: "tuple[Node, ...]"


class Or(Struct, frozen=True):
    """Any of the children."""

    children: "tuple[Node, ...]"


class Not(Struct, frozen=True):
    """Whatever the child does not match."""

    child: "Node"


class Everything(Struct, frozen=True):
    """Every article, unranked."""


class Nothing(Struct, frozen=True):
    """No article: the query held nothing that can be searched for."""


Node = Leaf | Optional | And | Or | Not | Everything | Nothing


class Query(Struct, frozen=True):
    """A query as typed, as read, and as printed back, with notes for the person."""

    typed: str
    root: Node
    understood: str
    notes: tuple[str, ...] = ()


def leaves(node: Node, *, wanted: bool = True) -> list[Leaf]:
    """The leaves that count for the rank, Optional ones too, each once, in the order typed.

    What a Not takes away does not count; what a Not inside a Not gives back does.
    """
    if isinstance(node, Leaf):
        return [node] if wanted else []
    if isinstance(node, Optional):
        return leaves(node.child, wanted=wanted)
    if isinstance(node, Not):
        return leaves(node.child, wanted=not wanted)
    if isinstance(node, And | Or):
        found = [leaf for child in node.children for leaf in leaves(child, wanted=wanted)]
        return list(dict.fromkeys(found))
    return []


def takes_away(node: Node) -> bool:
    """Whether a Not stands anywhere in the tree."""
    if isinstance(node, And | Or):
        return any(map(takes_away, node.children))
    return isinstance(node, Not)


def every_leaf(node: Node) -> Iterator[Leaf]:
    """All leaves, those that a Not takes away too."""
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Not | Optional):
        yield from every_leaf(node.child)
    elif isinstance(node, And | Or):
        for child in node.children:
            yield from every_leaf(child)
