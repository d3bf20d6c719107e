"""Units of a query: what an And is made of, each with a text that is read as just that."""

from typing import NamedTuple

from wxsearch.query.tree import And, Everything, Field, Leaf, Node, Not, Optional, Or, Synonyms, each_leaf


class Unit(NamedTuple):
    """What an And has from one place: nodes, and a text that is read as just these.

    Of an Or the unit knows its choices, so that one inside another can become one. `small` ones are
    small words that are asked for because there were no others at their place.
    """

    nodes: tuple[Node, ...]
    text: str
    choices: "tuple[Choice, ...]" = ()
    small: bool = False


class Choice(NamedTuple):
    """One side of an Or: its node, its text, and the units that it is made of."""

    node: Node
    text: str
    units: list[Unit]


def negated(units: list[Unit]) -> Unit:
    """A unit that takes away what an And of units matches."""
    node, text, _ = all_of(units)
    return Unit((Not(node),), f"-({text})")


def one_of(sides: list[list[Unit]]) -> list[Unit]:
    """The units of an And that asks for one of the sides; the same side twice is there once."""
    if len(sides) == 1:
        return sides[0]
    choices: dict[Node, Choice] = {}
    for side in sides:
        choice = all_of(side)
        for flat in choice.units[0].choices if len(choice.units) == 1 else ():
            choices.setdefault(flat.node, flat)
        if not isinstance(choice.node, Or):
            choices.setdefault(choice.node, choice)
    if len(choices) == 1:
        return next(iter(choices.values())).units
    text = " OR ".join(choice.text for choice in choices.values())
    return [Unit((Or(tuple(choices)),), text, tuple(choices.values()))]


def all_of(units: list[Unit]) -> Choice:
    """The And of units, what is unwanted last; a unit that adds nothing is left out."""
    required = {node for unit in units for node in unit.nodes if not isinstance(node, Optional)}
    wanted: dict[Node, None] = {}
    unwanted: dict[Node, None] = {}
    kept: list[Unit] = []
    for unit in sorted(units, key=lambda unit: isinstance(unit.nodes[0], Not)):
        nodes = unwanted if isinstance(unit.nodes[0], Not) else wanted
        before = len(nodes)
        nodes.update(
            (node, None) for node in unit.nodes if not (isinstance(node, Optional) and node.child in required)
        )
        if len(nodes) > before:
            kept.append(unit)
    children = (*(wanted or (Everything(),)), *unwanted)
    node = children[0] if len(children) == 1 else And(children)
    return Choice(node, " ".join(_texts(kept)), kept)


def _texts(units: list[Unit]) -> list[str]:
    """The texts of the units of one And; in brackets each that would else be read as something else."""
    fields = {field for unit in units if not unit.small for field in _fields(unit)}
    return [
        f"({unit.text})"
        if (unit.choices and len(units) > 1) or (unit.small and not fields.isdisjoint(_fields(unit)))
        else unit.text
        for unit in units
    ]


def _fields(unit: Unit) -> set[Field]:
    """Where the unquoted words of a unit look."""
    asked = (each_leaf(node)[0] for node in unit.nodes if isinstance(node, Leaf | Synonyms))
    return {leaf.field for leaf in asked if not leaf.quoted}
