"""The query language: words, "quoted strings", -word, word*, fields, OR, AND, NOT and brackets.

Words side by side are all asked for; AND binds tighter than OR. Every text is a query:
what cannot be read as an operator is text. Linear in the input and without recursion.
"""

from typing import NamedTuple

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.leaves import Cut, all_small, wording
from wxsearch.analysis.numbers import fold_with_numbers
from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.errors import LimitExceeded, Problem
from wxsearch.limits import Limits
from wxsearch.query.expansion import Expansion
from wxsearch.query.fields import UnreadableValue, read_filter
from wxsearch.query.lexer import Token, lex
from wxsearch.query.notes import Code, Note
from wxsearch.query.relaxed import any_of
from wxsearch.query.tree import (
    Everything,
    Field,
    InSpan,
    Leaf,
    Node,
    Not,
    Nothing,
    Optional,
    Query,
    size,
)
from wxsearch.query.units import Unit, all_of, negated, one_of


class _Words(NamedTuple):
    """A stretch and its leaves, the field that they look in, and whether it is part of the wording."""

    token: Token
    cuts: list[Cut]
    field: Field
    is_worded: bool


_Side = list[Unit | _Words]
"""What stands side by side; its words are read when all of them are known."""


class _Level(NamedTuple):
    """An open bracket: whether it is negated, where its leaves look, and the sides of OR so far.

    What is in it is `wanted` unless an odd number of negations is around it.
    """

    negated: bool
    wanted: bool
    field: Field
    sides: list[_Side]


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
    root, understood, _ = all_of(units)
    if (count := size(root)) > limits.query_leaves:
        raise _exceeded(f"q has {count} words; {limits.query_leaves} are allowed (limits.query_leaves)")
    root = any_of(root, vocabulary.cutter) if match_any else root
    return Query(typed, root, understood, parser.notes(), parser.wording())


def _exceeded(detail: str, place: int | None = None) -> LimitExceeded:
    return LimitExceeded(detail, (Problem("q", detail, place),))


class _Parser:
    """Makes units of the tokens of one query."""

    def __init__(self, typed: str, limits: Limits, vocabulary: Vocabulary) -> None:
        self._tokens, self._notes = lex(typed)
        self._limits = limits
        self._vocabulary = vocabulary
        self._worded: list[tuple[int, tuple[str, ...]]] = []
        self._expansion = Expansion(vocabulary)

    def notes(self) -> tuple[Note, ...]:
        """What there is to say, each once, in the order of the places that it is about; variants last."""
        read = dict.fromkeys(note for _, note in sorted(self._notes))
        return (*read, *self._expansion.notes())

    def wording(self) -> tuple[str, ...]:
        """The pieces of the wording, each once, in the order typed."""
        return tuple(dict.fromkeys(piece for _, pieces in sorted(self._worded) for piece in pieces))

    def units(self) -> list[Unit]:
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
                units = self._one_of(levels.pop().sides)
                levels[-1].sides[-1] += [negated(units)] if here.negated else units
            elif token.kind == "or":
                here.sides.append([])
            elif token.kind == "filter":
                here.sides[-1].append(self._filter(token, here))
            else:
                here.sides[-1].append(self._text(token, here))
        return self._one_of(levels[0].sides)

    def _text(self, token: Token, here: _Level) -> Unit | _Words:
        field = token.field or here.field
        # What only the title has to hold says nothing of the rest.
        is_worded = here.wanted != token.negated and not field
        if token.kind == "quoted":
            if is_worded:
                self._worded.append((token.place, tuple(token.text.split(SEPARATOR))))
            return _quoted(token, field)
        words = _Words(token, self._vocabulary.cut(token.text), field, is_worded)
        return self._unwanted(words) if token.negated else words

    def _filter(self, token: Token, here: _Level) -> Unit | _Words:
        """What a filter narrows to; one with a value that it cannot have is text."""
        assert token.filter is not None
        try:
            node, text = read_filter(token.filter, token.text)
        except UnreadableValue as unreadable:
            self._note(unreadable.code, token)
            return self._text(token._replace(kind="stretch", text=fold_with_numbers(token.piece)), here)
        if isinstance(node, InSpan) and node.is_empty:
            self._note("empty_span", token)
        return Unit((Not(node),), f"-{text}") if token.negated else Unit((node,), text)

    def _one_of(self, sides: list[_Side]) -> list[Unit]:
        return one_of([self._read(side) for side in sides])

    def _read(self, side: _Side) -> list[Unit]:
        """The units of a side: small words in it are read by what else looks where they do."""
        others = {item.field for item in side if isinstance(item, _Words) and not all_small(item.cuts)}
        units: list[Unit] = []
        for item in side:
            if isinstance(item, Unit):
                units.append(item)
            else:
                units += self._stretch(item, small=item.field not in others)
        return units

    def _unwanted(self, words: _Words) -> Unit:
        """What takes a stretch away; its words have nothing beside them but each other."""
        units = self._stretch(words, small=all_small(words.cuts))
        text = "/".join(unit.text for unit in units)
        return Unit((Not(all_of(units).node),), f"-{_before(words.field)}{text}")

    def _stretch(self, words: _Words, *, small: bool) -> list[Unit]:
        """The leaves of a stretch, each by itself where it is cut in the same way so.

        With `small` there are only small words, which are asked for then.
        """
        (token, cuts, field, is_worded), vocabulary = words, self._vocabulary
        starred = cuts[-1] if token.prefix else None
        is_one = len(cuts) == 1
        if not small:
            cuts = vocabulary.without_questions(cuts)
        if is_worded:
            asked = [cut for cut in cuts if cut.required or small]
            self._worded.append((token.place, wording(token.text, asked)))
        nodes = [self._node(cut, field, small=small, prefix=cut is starred) for cut in cuts]
        before = "" if token.negated else _before(field)
        star = "*" if token.prefix else ""
        if not is_one and vocabulary.cut("/".join(cut.text for cut in cuts)) != cuts:
            return [Unit(tuple(nodes), before + token.text.replace(SEPARATOR, "/") + star, small=small)]
        texts = [cut.text + (star if cut is starred else "") for cut in cuts]
        return [Unit((node,), before + text, small=small) for node, text in zip(nodes, texts, strict=True)]

    def _node(self, cut: Cut, field: Field, *, small: bool, prefix: bool) -> Node:
        leaf = Leaf(cut.folded, field=field, prefix=prefix)
        if not (cut.required or small):
            return Optional(leaf)
        return leaf if prefix else self._expansion.of(leaf)

    def _note(self, code: Code, token: Token) -> None:
        self._notes.append((token.place, Note(code, token.piece)))


def _quoted(token: Token, field: Field) -> Unit:
    leaf, text = Leaf(token.text, quoted=True, field=field), f'{_before(field)}"{token.text}"'
    return Unit((Not(leaf),), f"-{text}") if token.negated else Unit((leaf,), text)


def _before(field: Field) -> str:
    return f"{field}:" if field else ""
