"""The query tree: what an engine is asked, without the language it was typed in."""

from msgspec import Struct


class Leaf(Struct, frozen=True):
    """One thing asked for: a word, or with `quoted` a whole string. Text is folded."""

    text: str
    quoted: bool = False


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


Node = Leaf | And | Or | Not | Everything | Nothing


class Query(Struct, frozen=True):
    """A query as typed, as read, and as printed back, with notes for the person."""

    typed: str
    root: Node
    understood: str
    notes: tuple[str, ...] = ()


def leaves(node: Node, *, wanted: bool = True) -> list[Leaf]:
    """The leaves that make an article match, each once, in the order typed."""
    if isinstance(node, Leaf):
        return [node] if wanted else []
    if isinstance(node, Not):
        return leaves(node.child, wanted=not wanted)
    if isinstance(node, And | Or):
        found = [leaf for child in node.children for leaf in leaves(child, wanted=wanted)]
        return list(dict.fromkeys(found))
    return []
