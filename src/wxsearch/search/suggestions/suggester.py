"""Did you mean: other queries that find more than the typed one, as offers."""

from collections.abc import Callable, Iterator, Sequence
from heapq import nlargest
from operator import itemgetter

from msgspec.structs import replace

from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.errors import LimitExceeded
from wxsearch.index.snapshot import Snapshot
from wxsearch.limits import Limits
from wxsearch.models import Suggestion
from wxsearch.query.parser import parse
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Leaf, Query, QueryTerm, terms
from wxsearch.search.suggestions.pieces import Piece
from wxsearch.search.suggestions.spellings import Spellings

OFFERS = 3
"""How many queries are offered at most."""

# Queries that are asked to find the offers, and spellings of one piece among them.
_TRIED = 8
_SPELLINGS = 8
# How much likelier than the typed text a spelling has to be (a logarithm), where the typed text has hits
# and where it has none.
_CLEARLY_LIKELIER = 0.5
_HARDLY_LIKELIER = -6.0
# Offers so much less likely than the first are chance.
_FAR_BEHIND = 5.0

Count = Callable[[SearchRequest], int | None]
"""The exact total of a request, or None where the time was over before it was known."""


class Suggester:
    """Offers other spellings of queries, by the language of one snapshot; safe for threads."""

    def __init__(self, snapshot: Snapshot, limits: Limits) -> None:
        """Takes a third of a second where the tables of sounds are not loaded yet."""
        self._limits = limits
        self._spellings = Spellings(snapshot)

    def suggest(
        self,
        request: SearchRequest,
        pieces: Sequence[Piece],
        vocabulary: Vocabulary,
        total: int,
        count: Count,
    ) -> tuple[Suggestion, ...]:
        """Up to OFFERS queries with more hits than `total`, the likeliest first.

        `pieces` are those of the request's query, which asks for all of its words, as the offers do; it is
        read with the vocabulary. The filters stay.
        """
        found: list[Suggestion] = []
        best = None
        least = _CLEARLY_LIKELIER if total else _HARDLY_LIKELIER
        for typed, gain in self._candidates(request.query, pieces, vocabulary, least):
            if best is not None and gain < best - _FAR_BEHIND:
                break
            asked = self._read(typed, request, vocabulary)
            if asked is None:
                continue
            more = count(asked)
            if more is None:
                break
            if more > total:
                found.append(Suggestion(typed, more))
                best = gain if best is None else best
            if len(found) == OFFERS:
                break
        return tuple(found)

    def _read(self, typed: str, request: SearchRequest, vocabulary: Vocabulary) -> SearchRequest | None:
        """The request with another query, or None where more has changed than words."""
        try:
            query = parse(typed, self._limits, vocabulary)
        except LimitExceeded:
            return None
        # The piece may stand in quotes or be unwanted, and what comes of it may be an operator.
        return replace(request, query=query) if _fixed(query) == _fixed(request.query) else None

    def _candidates(
        self, query: Query, pieces: Sequence[Piece], vocabulary: Vocabulary, least: float
    ) -> Iterator[tuple[str, float]]:
        """Other texts for what was typed, and by how much each is likelier; the likeliest first."""
        # The likeliest are among the likeliest of the pieces before, each with a spelling of the next one.
        found: list[tuple[float, tuple[tuple[Piece, str], ...]]] = [(0.0, ())]
        left = self._limits.suggestion_characters
        for piece in pieces:
            left -= len(piece.text)
            if left < 0:
                break
            others = self._spellings.of(piece, vocabulary.cutter, _SPELLINGS, least)
            changed = [
                (before + gain, (*changes, (piece, text)))
                for before, changes in found
                for text, gain in others
            ]
            found = nlargest(_TRIED + 1, (*found, *changed), key=itemgetter(0))
        for gain, changes in found:
            if changes:
                yield _with(changes, query.typed), gain


def _with(changes: Sequence[tuple[Piece, str]], typed: str) -> str:
    for piece, text in reversed(changes):
        typed = typed[: piece.start] + text + typed[piece.end :]
    return typed


def _fixed(query: Query) -> set[QueryTerm]:
    """The terms that no suggestion changes: quoted ones, and those that are taken away."""
    quoted = (term for term in terms(query.root) if isinstance(term, Leaf) and term.quoted)
    return {*quoted, *terms(query.root, wanted=False)}
