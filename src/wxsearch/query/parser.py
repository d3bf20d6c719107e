r"""The query language, first form: words, "quoted strings", and -word to leave out.

A minus counts only at the start or after white space, since real queries are full of
inner hyphens; inside quotes only \" and \\ are special. Linear in the input.
"""

import re

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import words
from wxsearch.errors import LimitExceeded
from wxsearch.limits import Limits
from wxsearch.query.tree import And, Everything, Leaf, Node, Not, Nothing, Or, Query

# A closing quote is looked for once, by its opener; an open quote runs to the end.
_PART = re.compile(
    r"""(?P<minus>(?<!\S)-(?=\S))?
        (?: "(?P<straight>(?:[^"\\]|\\.|\\$)*)(?:"|$)
          | “(?P<curly>[^”]*)(?:”|$)
          | 「(?P<corner>[^」]*)(?:」|$)
          | (?P<bare>[^\s"“「]+)
        )""",
    re.VERBOSE | re.DOTALL,
)


def parse(typed: str, limits: Limits, *, match_any: bool = False) -> Query:
    """Reads what a person typed; the empty string asks for every article.

    With `match_any` one wanted leaf is enough. Raises LimitExceeded.
    """
    if len(typed) > limits.query_characters:
        raise LimitExceeded(
            f"q has {len(typed)} characters; {limits.query_characters} are allowed (limits.query_characters)"
        )
    if not typed:
        return Query(typed, Everything(), "")
    wanted, unwanted = _leaves(typed)
    if (count := len(wanted) + len(unwanted)) > limits.query_leaves:
        raise LimitExceeded(f"q has {count} words; {limits.query_leaves} are allowed (limits.query_leaves)")
    notes = [] if wanted or unwanted else ["there is no letter or digit in the query, so nothing can match"]
    return Query(
        typed, _tree(wanted, unwanted, match_any=match_any), _printed(wanted, unwanted), tuple(notes)
    )


def _leaves(typed: str) -> tuple[list[Leaf], list[Node]]:
    wanted: dict[Leaf, None] = {}
    unwanted: dict[Node, None] = {}
    for part in _PART.finditer(typed):
        quoted = part["bare"] is None
        if quoted:
            text = next(text for text in part.group("straight", "curly", "corner") if text is not None)
            text = re.sub(r'\\(["\\])', r"\1", text) if part["straight"] is not None else text
            found = [Leaf(fold(text), quoted=True)] if fold(text) else []
        else:
            found = [Leaf(word) for word, _ in words(fold(part["bare"]))]
        if part["minus"] and found:
            unwanted[found[0] if len(found) == 1 else And(tuple(found))] = None
        elif found:
            wanted.update(dict.fromkeys(found))
    return list(wanted), list(unwanted)


def _tree(wanted: list[Leaf], unwanted: list[Node], *, match_any: bool) -> Node:
    if not wanted and not unwanted:
        return Nothing()
    positive: list[Node] = list(wanted) or [Everything()]
    if match_any and len(positive) > 1:
        positive = [Or(tuple(positive))]
    parts = (*positive, *(Not(node) for node in unwanted))
    return parts[0] if len(parts) == 1 else And(parts)


def _printed(wanted: list[Leaf], unwanted: list[Node]) -> str:
    return " ".join([*map(_print, wanted), *(f"-{_print(node)}" for node in unwanted)])


def _print(node: Node) -> str:
    if isinstance(node, Leaf):
        return f'"{node.text}"' if node.quoted else node.text
    assert isinstance(node, And)
    return ",".join(_print(child) for child in node.children)
