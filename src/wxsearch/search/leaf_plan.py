"""How a leaf is looked for: by which terms of a dictionary, and what is left to look up in the text."""

from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal, NamedTuple

from wxsearch.analysis.runs import may_go_on, pieces
from wxsearch.query.tree import Field, Leaf

_BIGRAM = 2


class Term(NamedTuple):
    """Something that has a list: a string that stands anywhere, a whole run, or the beginning of one.

    With a field, as much of the list as is in it.
    """

    kind: Literal["string", "run", "prefix"]
    text: str
    field: Field = ""


class LeafPlan(NamedTuple):
    """A leaf as terms.

    `single` is the one term that matches just what the leaf does, or None; then the leaf
    stands where all `parts` do and it is found in the text. The document
    frequency of the leaf is the smallest of its parts', in whichever field. At each of the `seams`, a pair of
    characters, the leaf goes on from letters to digits or back: there it has the bigram of
    them, or a separator between. The runs at its `edges` have to be whole ones.
    """

    leaf: Leaf
    single: Term | None
    parts: tuple[Term, ...]
    seams: tuple[str, ...]
    edges: tuple[str, ...] = ()
    is_part: bool = False
    """Whether the leaf is its only part, in whichever field."""

    @property
    def is_string(self) -> bool:
        """Whether the leaf stands wherever its characters do."""
        return self.single is not None and self.single.kind == "string"

    @property
    def is_together(self) -> bool:
        """Whether the leaf stands only where its characters do as a string."""
        return self.is_string or (self.single is None and not self.seams)


@lru_cache(maxsize=4096)
def plan_leaf(leaf: Leaf) -> LeafPlan:
    """The plan of a leaf; the same in every segment."""
    found = pieces(leaf.text)
    if leaf.quoted or all(kind == "ideographs" for kind, _ in found):
        grams = _grams(leaf.text)
        whole = Term("string", leaf.text, leaf.field)
        return LeafPlan(leaf, whole, grams, (), is_part=grams == (whole,))
    parts: list[Term] = []
    for place, (kind, text) in enumerate(found):
        if kind == "ideographs":
            parts += _grams(text)
            continue
        if kind == "separator":
            continue
        open_end = place == len(found) - 1 and may_go_on(kind, text, prefix=leaf.prefix)
        parts.append(Term("prefix" if open_end else "run", text))
    seams = [
        before[-1] + text[0]
        for (kind, before), (next_kind, text) in pairwise(found)
        if {kind, next_kind} == {"letters", "digits"}
    ]
    single = parts[0]._replace(field=leaf.field) if len(found) == 1 else None
    edges = (
        (found[0][1] for part in parts[:1] if part.kind == "run"),
        (found[-1][1] for part in parts[-1:] if part.kind == "run"),
    )
    parts = list(dict.fromkeys(parts))
    return LeafPlan(leaf, single, tuple(parts), tuple(seams), tuple(chain(*edges)), is_part=parts == [single])


def _grams(text: str) -> tuple[Term, ...]:
    """The bigrams of a string, or its only character."""
    if len(text) <= _BIGRAM:
        return (Term("string", text),)
    return tuple(dict.fromkeys(Term("string", first + second) for first, second in pairwise(text)))
