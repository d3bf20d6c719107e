"""The query language: words, "quoted strings", -word, word*, fields, OR, AND, NOT and brackets.

Words side by side are all asked for; AND binds tighter than OR. Every text is a query:
what cannot be read as an operator is text. Linear in the input and without recursion.
"""

from typing import NamedTuple

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.leaves import Cut, wording
from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.errors import LimitExceeded, Problem
from wxsearch.limits import Limits
from wxsearch.query.expansion import Expansion
from wxsearch.query.fields import UnreadableValue, read_filter
from wxsearch.query.lexer import Token, lex
from wxsearch.query.notes import Code, Note
from wxsearch.query.relaxed import any_of
from wxsearch.query.tree import (
    And,
    Everything,
    Field,
    InSpan,
    Leaf,
    Node,
    Not,
    Nothing,
    Optional,
    Or,
    Query,
    size,
)


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


class _Level(NamedTuple):
    """An open bracket: whether it is negated, where its leaves look, and the sides of OR so far.

    What is in it is `wanted` unless an odd number of negations is around it.
    """

    negated: bool
    wanted: bool
    field: Field
    sides: list[list[_Unit]]


def parse(typed: str, limits: Limits, vocabulary: Vocabulary, *, match_any: bool = False) -> Query:
    """Reads what a person typed, cut by a vocabulary; the empty string asks for every article.

    With `match_any` one wanted leaf is enough. What was understood, read in the same way,
    gives the same tree. Raises LimitExceeded.
    """
    if len(typed) > (most := limits.query_characters):
        raise _exceeded(f"q has {len(typed)} characters; {most} are allowed (limits.query_characters)", most)
    if not typed:
        return Query(typed, Everything(), "")
    parser = _Parser(typed, limits, vocabulary)
    units = parser.units()
    if not units:
        return Query(typed, Nothing(), "", (*parser.notes(), Note("no_letters")))
    root, understood, _ = _all_of(units)
    if (count := size(root)) > limits.query_leaves:
        raise _exceeded(f"q has {count} words; {limits.query_leaves} are allowed (limits.query_leaves)")
    root = any_of(root, vocabulary.cutter) if match_any else root
    return Query(typed, root, understood, parser.notes(), tuple(parser.wording))


def _exceeded(detail: str, place: int | None = None) -> LimitExceeded:
    return LimitExceeded(detail, (Problem("q", detail, place),))


class _Parser:
    """Makes units of the tokens of one query."""

    def __init__(self, typed: str, limits: Limits, vocabulary: Vocabulary) -> None:
        self._tokens, self._notes = lex(typed)
        self._limits = limits
        self._vocabulary = vocabulary
        self.wording: dict[str, None] = {}
        self._expansion = Expansion(vocabulary)

    def notes(self) -> tuple[Note, ...]:
        """What there is to say, each once, in the order of the places that it is about; variants last."""
        read = dict.fromkeys(note for _, note in sorted(self._notes))
        return (*read, *self._expansion.notes())

    def units(self) -> list[_Unit]:
        """What the whole query asks for, as the units of one And."""
        depth = self._limits.query_depth
        levels = [_Level(negated=False, wanted=True, field="", sides=[[]])]
        for token in self._tokens:
            here = levels[-1]
            if token.kind == "open":
                if len(levels) > depth:
                    detail = f"brackets in q are more than {depth} deep (limits.query_depth)"
                    raise _exceeded(detail, token.place)
                wanted = here.wanted != token.negated
                levels.append(_Level(token.negated, wanted, token.field or here.field, [[]]))
            elif token.kind == "close":
                units = _any_of(levels.pop().sides)
                levels[-1].sides[-1] += [_negated(units)] if here.negated else units
            elif token.kind == "or":
                here.sides.append([])
            elif token.kind == "filter":
                here.sides[-1] += self._filter(token, here)
            else:
                here.sides[-1] += self._text(token, here)
        return _any_of(levels[0].sides)

    def _text(self, token: Token, here: _Level) -> list[_Unit]:
        field = token.field or here.field
        # What only the title has to hold says nothing of the rest.
        wanted = here.wanted != token.negated and not field
        if token.kind == "quoted":
            if wanted:
                self.wording.update(dict.fromkeys(token.text.split(SEPARATOR)))
            return _quoted(token, field)
        cuts = self._vocabulary.cut(token.text)
        if wanted:
            self.wording.update(dict.fromkeys(wording(token.text, [cut for cut in cuts if cut.required])))
        return _stretch(token, field, cuts, self._vocabulary, self._expansion)

    def _filter(self, token: Token, here: _Level) -> list[_Unit]:
        """What a filter narrows to; one with a value that it cannot have is text."""
        assert token.filter is not None
        try:
            node, text = read_filter(token.filter, token.text)
        except UnreadableValue as unreadable:
            self._note(unreadable.code, token)
            return self._text(token._replace(kind="stretch", text=fold(token.piece)), here)
        if isinstance(node, InSpan) and node.is_empty:
            self._note("empty_span", token)
        return [_Unit((Not(node),), f"-{text}") if token.negated else _Unit((node,), text)]

    def _note(self, code: Code, token: Token) -> None:
        self._notes.append((token.place, Note(code, token.piece)))


def _quoted(token: Token, field: Field) -> list[_Unit]:
    leaf, text = Leaf(token.text, quoted=True, field=field), f'{_before(field)}"{token.text}"'
    return [_Unit((Not(leaf),), f"-{text}") if token.negated else _Unit((leaf,), text)]


def _stretch(
    token: Token, field: Field, cuts: list[Cut], vocabulary: Vocabulary, expansion: Expansion
) -> list[_Unit]:
    """The leaves of a stretch, apart from each other where they are cut in the same way so."""
    groups = _with_function_words(cuts)
    texts = [",".join(cut.text for cut in group) for group in groups]
    if len(groups) > 1 and vocabulary.cut(",".join(texts)) != cuts:
        groups, texts = [cuts], [token.text.replace(" ", ",")]
    starred = cuts[-1] if token.prefix else None
    nodes = [[_node(cut, field, expansion, prefix=cut is starred) for cut in group] for group in groups]
    if token.prefix:
        texts[-1] += "*"
    if token.negated:
        whole = _all_of([_Unit(tuple(group), "") for group in nodes])
        return [_Unit((Not(whole.node),), f"-{_before(field)}{','.join(texts)}")]
    return [_Unit(tuple(group), _before(field) + text) for group, text in zip(nodes, texts, strict=True)]


def _before(field: Field) -> str:
    return f"{field}:" if field else ""


def _with_function_words(cuts: list[Cut]) -> list[list[Cut]]:
    """Each required leaf with the function words after it, the first also with those before."""
    groups: list[list[Cut]] = [[]]
    for cut in cuts:
        if cut.required and any(before.required for before in groups[-1]):
            groups.append([])
        groups[-1].append(cut)
    return groups


def _node(cut: Cut, field: Field, expansion: Expansion, *, prefix: bool) -> Node:
    leaf = Leaf(cut.text, field=field, prefix=prefix)
    if not cut.required:
        return Optional(leaf)
    return leaf if prefix else expansion.of(leaf)


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
