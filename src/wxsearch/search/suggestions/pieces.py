"""The pieces of a typed query that may be misspelt: its unquoted words, and where they were typed."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.folded import Folded
from wxsearch.analysis.runs import PIECE, word_places
from wxsearch.query.fields import FIELDS
from wxsearch.query.tree import Query, each_leaf, terms

Kind = Literal["ideographs", "letters"]


class Piece(NamedTuple):
    """A folded piece of unquoted text: [start, end) in what was typed, in code points.

    Ideographs stand side by side. Words of letters that only blanks separate are one piece,
    with one separator between them: pinyin is typed in both ways.
    """

    kind: Kind
    text: str
    start: int
    end: int


def find_pieces(query: Query) -> list[Piece]:
    """The pieces of a query in order.

    Words stand in quotes too, or behind a minus: a change there has to be told from the query
    that comes of it.
    """
    folded = Folded(query.typed)
    asked = bytearray(len(folded.text))
    for term in terms(query.root):
        leaf, *_ = each_leaf(term)
        for start, end in () if leaf.quoted else word_places(leaf.text, folded.text):
            asked[start:end] = b"\1" * (end - start)
    found: list[Piece] = []
    for piece in _runs(folded, asked):
        if _names_a_field(query.typed, piece):
            continue
        if found and _goes_on(query.typed, found[-1], piece):
            before = found.pop()
            piece = Piece(piece.kind, before.text + SEPARATOR + piece.text, before.start, piece.end)  # noqa: PLW2901
        found.append(piece)
    return found


def _runs(folded: Folded, asked: bytearray) -> Iterator[Piece]:
    """Stretches of one kind that leaves cover from end to end."""
    for match in PIECE.finditer(folded.text):
        kind, place = match.lastgroup, match.start()
        if kind not in ("ideographs", "letters"):
            continue
        for part in bytes(asked[place : match.end()]).split(b"\0"):
            if part:
                start, end = folded.original_span(place, place + len(part))
                yield Piece(kind, folded.text[place : place + len(part)], start, end)  # type: ignore[arg-type]
            place += len(part) + 1


def _names_a_field(typed: str, piece: Piece) -> bool:
    """Whether it is the name of a filter that is text for its value: date:昨天."""
    return piece.text in FIELDS and typed[piece.end : piece.end + 1] in (":", "：")


def _goes_on(typed: str, before: Piece, piece: Piece) -> bool:
    return before.kind == piece.kind == "letters" and typed[before.end : piece.start].isspace()
