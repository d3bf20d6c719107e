r"""From typed text to tokens: stretches, quoted strings, filters, brackets and operators.

What reads as an operator only from some other place is text: a minus inside a word, OR at
an end, a colon inside a stretch, a bracket without its partner or without anything in it.
Inside "…" only \" and \\ are special. Linear in the input.
"""

import re
from typing import Literal, NamedTuple

from wxsearch.analysis.fold import fold
from wxsearch.analysis.numbers import fold_with_numbers
from wxsearch.analysis.runs import is_ideograph
from wxsearch.query.fields import FIELDS, FilterName
from wxsearch.query.notes import Code, Note
from wxsearch.query.tree import Field

Kind = Literal["stretch", "quoted", "filter", "open", "close", "and", "or", "not"]


class Token(NamedTuple):
    """A piece of a query, and where it begins.

    Text is folded and not empty where the kind has one, of a stretch but for the signs inside
    numbers; that of a filter is its value as it was typed, trimmed. `piece` is a filter as a whole.
    `prefix`: a star ended the stretch.
    """

    kind: Kind
    text: str = ""
    negated: bool = False
    place: int = 0
    field: Field = ""
    prefix: bool = False
    filter: FilterName | None = None
    piece: str = ""


_ENDS = r'\s"“「()（）'
# An open quote runs to the end, a lone backslash there is dropped.
_QUOTED = r""" "(?P<straight>(?:[^"\\]++|\\.)*+)\\?"? | “(?P<curly>[^”]*+)”? | 「(?P<corner>[^」]*+)」? """
_PIECE = re.compile(rf'{_QUOTED} | (?P<bracket>[()（）]) | [^"“「()（）]++', re.VERBOSE | re.DOTALL)
_BEGINS = r"(?<![^\s(（])"
_NAMES = "|".join(name for name in FIELDS if FIELDS[name] != "category")
_TOKEN = re.compile(
    rf"""(?P<minus>{_BEGINS}-(?=[^\s)）]))?+
        (?:(?(minus)|{_BEGINS})(?P<field>(?ai:{_NAMES}|(?P<path>category|分类)))[:：])?+
        (?: {_QUOTED} | (?P<open>[(（]) | (?P<close>[)）])
          | {_BEGINS}(?P<operator>AND|OR|NOT)(?=[\s)）]|\Z)
          | (?P<stretch>[^{_ENDS}]++
                # Around the > of a category white space may stand.
                (?(path)(?:(?:(?<=>)\s++|\s*+>\s*+)[^{_ENDS}]++)*+))
          | (?(field)(?P<hollow>)|(?!))
        )""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}
_BRACKETS: dict[str, Kind] = {"open": "open", "close": "close"}
_QUOTES = ("straight", "curly", "corner")
_STARS = ("*", "＊")


class Lexed(NamedTuple):
    """The tokens of a query; and notes, each with its place, of what was read as text."""

    tokens: list[Token]
    notes: list[tuple[int, Note]]


def lex(typed: str) -> Lexed:
    """Takes a query apart: brackets pair and are not empty, "or" stands between operands.

    There are no "and" and "not": the first is what standing side by side means, the second
    became the `negated` of what follows it.
    """
    lexer = _Lexer(typed)
    found = [
        token for match in _TOKEN.finditer(lexer.with_paired_brackets()) for token in lexer.tokens(match)
    ]
    kept = [token for token in found if token.text or token.kind in ("open", "close")]
    return Lexed(lexer.with_placed_operators(kept), lexer.notes)


class _Lexer:
    def __init__(self, typed: str) -> None:
        self._typed = typed
        self.notes: list[tuple[int, Note]] = []

    def with_paired_brackets(self) -> str:
        """The text with a stroke, which is no sign of a number, in place of each bracket that is text."""
        signs = list(self._typed)
        opened: list[tuple[int, bool]] = []
        for match in _PIECE.finditer(self._typed):
            bracket, place = match["bracket"], match.start()
            if bracket is None:
                if opened and not opened[-1][1]:
                    opened[-1] = opened[-1][0], fold(match.group()) != ""
            elif bracket in "(（":
                opened.append((place, False))
            elif not opened:
                signs[place] = "/"
                self._note("unpaired_bracket", place, bracket)
            else:
                begin, filled = opened.pop()
                if not filled:
                    signs[begin] = signs[place] = "/"
                elif opened:
                    opened[-1] = opened[-1][0], True
        for begin, _ in opened:
            signs[begin] = "/"
            self._note("unpaired_bracket", begin, self._typed[begin])
        return "".join(signs)

    def tokens(self, match: re.Match[str]) -> list[Token]:
        """What matched as one token; the name of a field that is but text, as one before it."""
        group, negated = str(match.lastgroup), match["minus"] is not None
        if group in _QUOTES and not self._is_closed(match, group):
            self._note("open_quote", match.start(group) - 1, self._typed[match.start(group) - 1])
        if match["field"] is None:
            return [self._token(match, group, negated)]
        name = FIELDS[match["field"].lower()]
        place = match.start("field")
        if name == "title":
            token = self._token(match, group, negated)._replace(place=place, field="title")
            if token.text or token.kind == "open":
                return [token]
        elif group in (*_QUOTES, "stretch") and (value := self._value(match, group)):
            piece = self._typed[place : match.end()]
            return [Token("filter", value, negated, place, filter=name, piece=piece)]
        self._note("empty_field", place, self._typed[place : match.end("field") + 1])
        alone = Token("stretch", fold(match["field"]), negated, place)
        return [alone, Token(_BRACKETS[group], place=match.start(group))] if group in _BRACKETS else [alone]

    def with_placed_operators(self, found: list[Token]) -> list[Token]:
        """Tokens without "and" and "not", those that stand where they cannot as the text they are."""
        read: list[Token] = []
        negate = False
        for place, token in enumerate(found):
            following = found[place + 1] if place + 1 < len(found) else Token("close")
            if token.kind not in ("and", "or", "not"):
                read.append(token._replace(negated=True) if negate else token)
                negate = False
            elif token.kind == "not" and _is_operand(following) and not following.negated:
                negate = True
            elif _stands_between(read, token, following):
                if token.kind == "or":
                    read.append(token)
            else:
                self._note("operator_as_text", token.place, token.text)
                read.append(Token("stretch", fold(token.text), place=token.place))
        return read

    def _token(self, match: re.Match[str], group: str, negated: bool) -> Token:
        place = match.start()
        if group in _BRACKETS:
            return Token(_BRACKETS[group], negated=negated, place=place)
        if group == "operator":
            return Token(_OPERATORS[match[group]], match[group], place=place)
        if group == "stretch":
            text, prefix = self._read_star(match[group], match.start(group))
            return Token("stretch", text, negated, place, prefix=prefix)
        return Token("quoted", fold(self._value(match, group)), negated, place)

    def _read_star(self, stretch: str, place: int) -> tuple[str, bool]:
        """The folded stretch, and whether a star right behind a run of letters or digits ends it.

        Behind ideographs a star says what is so without it.
        """
        read = fold_with_numbers(stretch)
        if not any(star in stretch for star in _STARS):
            return read, False
        text = fold(stretch)
        body = stretch[:-1] if stretch.endswith(_STARS) else stretch
        # Where nothing separates, a digit more is folded right behind.
        ends = body != stretch and text != "" and fold(body + "0") == text + "0"
        if not ends or any(star in body for star in _STARS):
            self._note("star_as_text", place, self._typed[place : place + len(stretch)])
        return read, ends and not is_ideograph(text[-1])

    def _value(self, match: re.Match[str], group: str) -> str:
        """What was typed, without the quotes, trimmed; a bracket in it that is text as it is."""
        value = self._typed[slice(*match.span(group))]
        if group == "straight":
            value = re.sub(r'\\(["\\])', r"\1", value)
        return value.strip()

    def _is_closed(self, match: re.Match[str], group: str) -> bool:
        return match.end() > match.end(group) and self._typed[match.end() - 1] in '"”」'

    def _note(self, code: Code, place: int, piece: str) -> None:
        self.notes.append((place, Note(code, piece)))


def _is_operand(token: Token) -> bool:
    return token.kind in ("stretch", "quoted", "filter", "open")


def _stands_between(before: list[Token], token: Token, following: Token) -> bool:
    # A "not" begins an operand also where it turns out to be text.
    return (
        token.kind != "not"
        and bool(before)
        and before[-1].kind in ("stretch", "quoted", "filter", "close")
        and (_is_operand(following) or following.kind == "not")
    )
