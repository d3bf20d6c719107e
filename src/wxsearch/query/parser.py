"""The query language: words, "quoted strings", -word, OR, AND, NOT and brackets.

Words side by side are all asked for; AND binds tighter than OR. Every text is a query:
what cannot be read as an operator is text. Linear in the input and without recursion.
"""

from typing import NamedTuple

from wxsearch.analysis.function_words import FUNCTION_WORDS
from wxsearch.analysis.leaves import Cut, cut_leaves
from wxsearch.errors import LimitExceeded
from wxsearch.limits import Limits
from wxsearch.query.lexer import Token, lex
from wxsearch.query.relaxed import any_of
from wxsearch.query.tree import And, Everything, Leaf, Node, Not, Nothing, Optional, Or, Query


class _Unit(NamedTuple):
    """What an And has from one place: nodes, and a text that is read as just these.

    Of an Or the unit knows its choices, so that one inside another can become one.
    """

    nodes: tuple[Node, ...]
    text: str
    choices: "tuple[_Choice, ...]" = ()


class _Choice(NamedTuple):
    """One side of an Or: its node, its text, and the units that it is made of."""

    node: Node
    text: str
    units: list[_Unit]


def parse(typed: str, limits: Limits, *, match_any: bool = False) -> Query:
    """Reads what a person typed; the empty string asks for every article.

    With `match_any` one wanted leaf is enough. What was understood, read in the same way,
    gives the same tree. Raises LimitExceeded.
    """
    if len(typed) > limits.query_characters:
        raise LimitExceeded(
            f"q has {len(typed)} characters; {limits.query_characters} are allowed (limits.query_characters)"
        )
    if not typed:
        return Query(typed, Everything(), "")
    units = _read(lex(typed), limits)
    if not units:
        notes = ("there is no letter or digit in the query, so nothing can match",)
        return Query(typed, Nothing(), "", notes)
    root, understood, _ = _all_of(units)
    if (count := _count_leaves(root)) > limits.query_leaves:
        raise LimitExceeded(f"q has {count} words; {limits.query_leaves} are allowed (limits.query_leaves)")
    return Query(typed, any_of(root) if match_any else root, understood)


def _read(tokens: list[Token], limits: Limits) -> list[_Unit]:
    """What the whole query asks for, as the units of one And."""
    # For each open bracket whether it is negated, and the sides of OR inside it so far.
    levels: list[tuple[bool, list[list[_Unit]]]] = [(False, [[]])]
    for token in tokens:
        if token.kind == "open":
            if len(levels) > limits.query_depth:
                raise LimitExceeded(
                    f"brackets in q are more than {limits.query_depth} deep (limits.query_depth)"
                )
            levels.append((token.negated, [[]]))
        elif token.kind == "close":
            negated, sides = levels.pop()
            units = _any_of(sides)
            levels[-1][1][-1] += [_negated(units)] if negated else units
        elif token.kind == "or":
            levels[-1][1].append([])
        else:
            levels[-1][1][-1] += _quoted(token) if token.kind == "quoted" else _stretch(token)
    return _any_of(levels[0][1])


def _quoted(token: Token) -> list[_Unit]:
    leaf, text = Leaf(token.text, quoted=True), f'"{token.text}"'
    return [_Unit((Not(leaf),), f"-{text}") if token.negated else _Unit((leaf,), text)]


def _stretch(token: Token) -> list[_Unit]:
    """The leaves of a stretch, apart from each other where they are cut in the same way so."""
    cuts = cut_leaves(token.text, FUNCTION_WORDS)
    groups = _with_function_words(cuts)
    texts = [",".join(cut.text for cut in group) for group in groups]
    if len(groups) > 1 and cut_leaves(",".join(texts), FUNCTION_WORDS) != cuts:
        groups, texts = [cuts], [token.text.replace(" ", ",")]
    units = [_Unit(tuple(map(_node, group)), text) for group, text in zip(groups, texts, strict=True)]
    if token.negated:
        return [_Unit((Not(_all_of(units).node),), f"-{','.join(texts)}")]
    return units


def _with_function_words(cuts: list[Cut]) -> list[list[Cut]]:
    """Each required leaf with the function words after it, the first also with those before."""
    groups: list[list[Cut]] = [[]]
    for cut in cuts:
        if cut.required and any(before.required for before in groups[-1]):
            groups.append([])
        groups[-1].append(cut)
    return groups


def _node(cut: Cut) -> Node:
    return Leaf(cut.text) if cut.required else Optional(Leaf(cut.text))


def _negated(units: list[_Unit]) -> _Unit:
    node, text, _ = _all_of(units)
    return _Unit((Not(node),), f"-({text})")


def _any_of(sides: list[list[_Unit]]) -> list[_Unit]:
    """The units of an And that asks for one of the sides; the same side twice is there once."""
    if len(sides) == 1:
        return sides[0]
    choices: dict[Node, _Choice] = {}
    for side in sides:
        choice = _all_of(side)
        for flat in choice.units[0].choices if len(choice.units) == 1 else ():
            choices.setdefault(flat.node, flat)
        if not isinstance(choice.node, Or):
            choices.setdefault(choice.node, choice)
    if len(choices) == 1:
        return next(iter(choices.values())).units
    text = " OR ".join(choice.text for choice in choices.values())
    return [_Unit((Or(tuple(choices)),), text, tuple(choices.values()))]


def _all_of(units: list[_Unit]) -> _Choice:
    """The And of units, what is unwanted last; a unit that adds nothing is left out."""
    required = {node for unit in units for node in unit.nodes if not isinstance(node, Optional)}
    wanted: dict[Node, None] = {}
    unwanted: dict[Node, None] = {}
    kept: list[_Unit] = []
    for unit in sorted(units, key=lambda unit: isinstance(unit.nodes[0], Not)):
        nodes = unwanted if isinstance(unit.nodes[0], Not) else wanted
        before = len(nodes)
        nodes.update(
            (node, None) for node in unit.nodes if not (isinstance(node, Optional) and node.child in required)
        )
        if len(nodes) > before:
            kept.append(unit)
    children = (*(wanted or (Everything(),)), *unwanted)
    texts = [f"({unit.text})" if unit.choices and len(kept) > 1 else unit.text for unit in kept]
    return _Choice(children[0] if len(children) == 1 else And(children), " ".join(texts), kept)


def _count_leaves(node: Node) -> int:
    if isinstance(node, And | Or):
        return sum(map(_count_leaves, node.children))
    return _count_leaves(node.child) if isinstance(node, Not | Optional) else int(isinstance(node, Leaf))
