"""What a joined word is made of: the words of the dictionary in it, and pairs of its characters."""

from collections.abc import Sequence

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.leaves import words_of
from wxsearch.analysis.runs import are_ideographs
from wxsearch.analysis.segment import Cutter
from wxsearch.query.tree import And, Leaf, Node, Or, QueryTerm, Unranked, each_leaf


def pieces_of(term: QueryTerm, cutter: Cutter) -> list[Node]:
    """The words in a typed leaf, and the bigrams of its characters that are words alone; never ranked.

    Those beside letters and digits say too little: where all do, all of them together are a piece.
    """
    leaf, *_ = each_leaf(term)
    words = _words_in(leaf, cutter)
    pieces = [word for word in words if len(word) > 1 and are_ideographs(word)]
    if are_ideographs(leaf.text):
        end = 0
        for word in words:
            end += len(word)
            if len(word) == 1:
                beside = leaf.text[max(end - 2, 0) : end + 1]
                pieces += [beside[:2], beside[-2:]]
    found: list[Node] = [Unranked(Leaf(piece)) for piece in dict.fromkeys(pieces) if piece != leaf.text]
    # Any of the words has to find what all of them do.
    if not found and (together := _words_apart(leaf, words)):
        found.append(_all_of([Unranked(Leaf(word)) for word in together]))
    return found


def apart(term: QueryTerm, cutter: Cutter) -> Node:
    """A term, or all words in its typed leaf; of one without words all its bigrams."""
    leaf, *_ = each_leaf(term)
    words = _words_apart(leaf, _words_in(leaf, cutter))
    if not words:
        return term
    # Its variants stay a choice, and a text that has it whole ranks above one that has it in pieces.
    return Or((term, _all_of([Leaf(word) for word in words])))


def _all_of(words: Sequence[Leaf | Unranked]) -> Node:
    """All of the words: of 5.5 there is but one."""
    return And(tuple(words)) if len(words) > 1 else words[0]


def _words_apart(leaf: Leaf, words: list[str]) -> list[str]:
    """What is asked for of a leaf taken apart, each once: its words, or where none is one, its bigrams."""
    if all(len(word) == 1 for word in words) and SEPARATOR not in leaf.text:
        words = [leaf.text[at : at + 2] for at in range(len(leaf.text) - 1)] if len(words) > 2 else []
    return list(dict.fromkeys(words))


def _words_in(leaf: Leaf, cutter: Cutter) -> list[str]:
    """The words that a leaf is joined of, where it has no sign about it; none of one that is a word."""
    if leaf.quoted or leaf.field or leaf.prefix:
        return []
    words = words_of(leaf.text, cutter)
    return words if len(words) > 1 else []
