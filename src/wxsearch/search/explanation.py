"""The parts of a score in words: one for each field in which a term stands, and those of the second stage.

What a part adds comes from the code that ranks; here it is only named and rounded.
"""

from collections.abc import Mapping, Sequence

from wxsearch.analysis.numbers import with_signs
from wxsearch.models import ScorePart
from wxsearch.query.tree import Leaf, QueryTerm, each_leaf
from wxsearch.search.scoring import SIGNIFICANT_DIGITS, Gain

SENTENCES = {
    "title": "{term}: {count} × in the title",
    "body": "{term}: {count} × in the body",
    "characters": "the characters of the query, each by itself",
    "bigrams": "pairs of characters that stand side by side as in the query",
    "longer": "three and four characters in sequence as in the query",
    "lead": "near the beginning of the article",
    "window": "close together in one place",
    "headline": "what others got by a headline that they announce and that is not their own text",
    "recency": "being new, beside the newest article of all",
    "first": "published first, before copies that score about the same",
}
"""By the code of a part. Stable: they may be added to, never renamed."""


# A part smaller than this share of the score cannot be seen in it.
_LEAST_SHARE = 10.0 ** -(SIGNIFICANT_DIGITS + 1)


def explained(terms: Sequence[tuple[QueryTerm, Gain]], added: Mapping[str, float]) -> tuple[ScorePart, ...]:
    """The parts of the score of one article, from its terms and, by their codes, what else was added.

    What adds nothing that can be seen is left out.
    """
    parts = []
    for term, gain in terms:
        name = printed_term(term)
        fields = ("title", gain.in_title, gain.by_title), ("body", gain.in_body, gain.by_body)
        for code, count, value in fields:
            text = SENTENCES[code].format(term=name, count=count)
            parts.append(ScorePart(code, text, _rounded(value), name, count))
    parts += [ScorePart(code, SENTENCES[code], _rounded(value)) for code, value in added.items()]
    least = _LEAST_SHARE * sum(part.value for part in parts)
    return tuple(part for part in parts if part.value > least)


def printed_term(term: QueryTerm) -> str:
    """A term as somebody may type it, its variants beside it."""
    return " / ".join(map(_printed, each_leaf(term)))


def _printed(leaf: Leaf) -> str:
    field = f"{leaf.field}:" if leaf.field else ""
    text = f'"{leaf.text}"' if leaf.quoted else with_signs(leaf.text)
    return field + text + "*" * leaf.prefix


def _rounded(value: float) -> float:
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
