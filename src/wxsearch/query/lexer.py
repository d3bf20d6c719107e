r"""From typed text to tokens: stretches, quoted strings, brackets and operators.

What reads as an operator only from some other place is text: a minus inside a word, OR at
an end, a bracket without its partner or without anything in it. Inside "…" only \" and
\\ are special. Linear in the input.
"""

import re
from typing import Literal, NamedTuple

from wxsearch.analysis.fold import fold

Kind = Literal["stretch", "quoted", "open", "close", "and", "or", "not"]


class Token(NamedTuple):
    """A piece of a query. Text is folded and not empty where the kind has one."""

    kind: Kind
    text: str = ""
    negated: bool = False


# An open quote runs to the end, a lone backslash there is dropped.
_QUOTED = r""" "(?P<straight>(?:[^"\\]++|\\.)*+)\\?"? | “(?P<curly>[^”]*+)”? | 「(?P<corner>[^」]*+)」? """
_PIECE = re.compile(rf'{_QUOTED} | (?P<bracket>[()（）]) | [^"“「()（）]++', re.VERBOSE | re.DOTALL)
_BEGINS = r"(?<![^\s(（])"
_TOKEN = re.compile(
    rf"""(?P<minus>{_BEGINS}-(?=[^\s)）]))?+
        (?: {_QUOTED} | (?P<open>[(（]) | (?P<close>[)）])
          | {_BEGINS}(?P<operator>AND|OR|NOT)(?=\s)
          | (?P<stretch>[^\s"“「()（）]++)
        )""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not"}


def lex(typed: str) -> list[Token]:
    """The tokens of a query: brackets pair and are not empty, "or" stands between operands.

    There are no "and" and "not": the first is what standing side by side means, the second
    became the `negated` of what follows it.
    """
    found = []
    for match in _TOKEN.finditer(_with_paired_brackets(typed)):
        token = _token(match)
        if token.text or token.kind in ("open", "close"):
            found.append(token)
    return _with_placed_operators(found)


def _token(match: re.Match[str]) -> Token:
    group = str(match.lastgroup)
    text, negated = match[group], match["minus"] is not None
    if group == "stretch":
        return Token("stretch", fold(text), negated)
    if group == "open":
        return Token("open", negated=negated)
    if group == "close":
        return Token("close")
    if group == "operator":
        return Token(_OPERATORS[text], text)
    if group == "straight":
        text = re.sub(r'\\(["\\])', r"\1", text)
    return Token("quoted", fold(text), negated)


def _with_paired_brackets(typed: str) -> str:
    """The text with a comma in place of each bracket that is text."""
    signs = list(typed)
    opened: list[tuple[int, bool]] = []
    for match in _PIECE.finditer(typed):
        bracket, place = match["bracket"], match.start()
        if bracket is None:
            if opened and not opened[-1][1]:
                opened[-1] = opened[-1][0], fold(match.group()) != ""
        elif bracket in "(（":
            opened.append((place, False))
        elif not opened:
            signs[place] = ","
        else:
            begin, filled = opened.pop()
            if not filled:
                signs[begin] = signs[place] = ","
            elif opened:
                opened[-1] = opened[-1][0], True
    for begin, _ in opened:
        signs[begin] = ","
    return "".join(signs)


def _with_placed_operators(found: list[Token]) -> list[Token]:
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
            read.append(Token("stretch", fold(token.text)))
    return read


def _is_operand(token: Token) -> bool:
    return token.kind in ("stretch", "quoted", "open")


def _stands_between(before: list[Token], token: Token, following: Token) -> bool:
    # A "not" begins an operand also where it turns out to be text.
    return (
        token.kind != "not"
        and bool(before)
        and before[-1].kind in ("stretch", "quoted", "close")
        and (_is_operand(following) or following.kind == "not")
    )
