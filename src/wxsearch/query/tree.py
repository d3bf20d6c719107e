"""The query tree: what an engine is asked, without the language it was typed in."""

from typing import Literal

from msgspec import Struct

from wxsearch.categories import Path
from wxsearch.query.notes import Note

Field = Literal["", "title"]
"""Where a leaf has to stand: in title or body, or in the title."""


class Leaf(Struct, frozen=True):
    """One thing asked for: a word, or with `quoted` a whole string. Text is folded.

    With `prefix` the run of letters or digits that ends an unquoted leaf may go on.
    """

    text: str
    quoted: bool = False
    field: Field = ""
    prefix: bool = False


class Synonyms(Struct, frozen=True):
    """A leaf as it was typed, and behind it its variants: what any of them matches.

    For the rank it is one term: occurrences are added up, and its document frequency is the largest of
    theirs. It stands wherever a leaf may, but not in an Optional.
    """

    children: tuple[Leaf, ...]


QueryTerm = Leaf | Synonyms
"""What counts for the rank as one."""


class Optional(Struct, frozen=True):
    """A leaf that adds to the rank and makes no difference to what matches.

    It stands only in an And, an Or or an AtLeast, beside at least one child that is not Optional; the
    others decide alone.
    """

    child: Leaf


class Unranked(Struct, frozen=True):
    """A leaf that matches and never counts for the rank: a piece of a word that is asked for. Never typed.

    It stands wherever a leaf may, but not in an Optional.
    """

    child: Leaf


class And(Struct, frozen=True):
    """All of the children; a Not among them takes away."""

    children: "tuple[Node, ...]"


class Or(Struct, frozen=True):
    """Any of the children."""

    children: "tuple[Node, ...]"


class AtLeast(Struct, frozen=True):
    """So many of the children or more; one that is there twice counts twice. It is never typed."""

    count: int
    children: "tuple[Node, ...]"


class Not(Struct, frozen=True):
    """Whatever the child does not match."""

    child: "Node"


class Everything(Struct, frozen=True):
    """Every article, unranked."""


class Nothing(Struct, frozen=True):
    """No article: the query held nothing that can be searched for."""


class FromSource(Struct, frozen=True):
    """Articles whose source is this very text."""

    name: str


class InCategory(Struct, frozen=True):
    """Articles at a category path or below it."""

    path: Path


class InSpan(Struct, frozen=True):
    """Articles whose time, as wide as its precision, overlaps [since, until); None is no bound."""

    since: int | None
    until: int | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is inside, not even of a day that reaches beyond both ends."""
        return self.since is not None and self.until is not None and self.since >= self.until

    @property
    def is_whole(self) -> bool:
        """Whether everything is inside, and what has no time."""
        return self.since is None and self.until is None


Filter = FromSource | InCategory | InSpan
"""What narrows a search and never counts for the rank."""

Node = Leaf | Synonyms | Optional | Unranked | And | Or | AtLeast | Not | Filter | Everything | Nothing


class Query(Struct, frozen=True):
    """A query as typed, as read, and as printed back, with notes for the person.

    `wording` is the folded text of what is wanted, apart where signs or question words stand between.
    """

    typed: str
    root: Node
    understood: str
    notes: tuple[Note, ...] = ()
    wording: tuple[str, ...] = ()


_GROUPS = (And, Or, AtLeast)


_TERMS = (Leaf, Synonyms)


def terms(node: Node, *, wanted: bool = True) -> list[QueryTerm]:
    """What counts for the rank, Optional leaves too, each once, in the order typed.

    What a Not takes away does not count; what a Not inside a Not gives back does.
    """
    counted = [each for each, is_wanted in _walk(node) if is_wanted is wanted and isinstance(each, _TERMS)]
    return list(dict.fromkeys(counted))


def leaves(node: Node, *, wanted: bool = True) -> list[Leaf]:
    """The leaves of the terms, variants too, each once."""
    return list(dict.fromkeys(leaf for term in terms(node, wanted=wanted) for leaf in each_leaf(term)))


def each_leaf(term: QueryTerm) -> tuple[Leaf, ...]:
    """The leaves of a term, what was typed first."""
    return (term,) if isinstance(term, Leaf) else term.children


def takes_away(node: Node) -> bool:
    """Whether a Not stands anywhere in the tree."""
    return any(isinstance(each, Not) for each, _ in _walk(node))


def size(node: Node) -> int:
    """How many terms and filters there are, each as often as it stands there."""
    return sum(isinstance(each, (*_TERMS, Filter)) for each, _ in _walk(node))


def _walk(node: Node) -> list[tuple[Node, bool]]:
    """A node and all below it in the order typed, and whether each is wanted; without recursion."""
    left: list[tuple[Node, bool]] = [(node, True)]
    found: list[tuple[Node, bool]] = []
    while left:
        each, wanted = left.pop()
        found.append((each, wanted))
        # Asked for first: most nodes are leaves.
        if isinstance(each, Leaf):
            continue
        if isinstance(each, _GROUPS):
            left += [(child, wanted) for child in reversed(each.children)]
        elif isinstance(each, Optional):
            left.append((each.child, wanted))
        elif isinstance(each, Not):
            left.append((each.child, not wanted))
    return found
