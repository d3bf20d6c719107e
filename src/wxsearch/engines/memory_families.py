"""Families of the oracle: each article is compared with each.

Two are related where their sketches share two numbers and their bodies are alike, and so are those that a
chain of such pairs leads to. A family has the id of its first member: first published, undated
last, then by id.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations

from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.analysis.likeness import Body, alike, bodies_of
from wxsearch.analysis.sketch import Sketches, sketches_of
from wxsearch.dates import epoch
from wxsearch.index.families.candidates import SHARED
from wxsearch.models import Article, Family, FamilyCount, FamilyMembers, Relative
from wxsearch.settings import RankingSettings

_SHOWN = ("id", "title", "url", "source", "published", "precision")
# So much more shows in the six digits of a score.
_STEP = 1e-5

Families = Mapping[str, Sequence[Article]]
"""By the id of each article that has copies, the members of its family in order."""


def families_of(articles: Iterable[Article]) -> Families:
    """All families of two and more."""
    held = {article.id: article for article in articles}
    groups = {key: [article] for key, article in held.items()}
    # Articles of a series are candidates of many others.
    body = cache(lambda key: _body(held[key]))
    for one, other in _candidates(held):
        if groups[one] is not groups[other] and alike(body(one), body(other)):
            joined = groups[one] + groups[other]
            groups |= {article.id: joined for article in joined}
    return {key: sorted(group, key=_first_published) for key, group in groups.items() if len(group) > 1}


def _candidates(held: Mapping[str, Article]) -> Iterator[tuple[str, str]]:
    """Pairs of articles whose sketches share enough numbers."""
    holders: dict[int, list[str]] = {}
    for key, article in held.items():
        for number in set(_sketch(article).tolist()) - {0}:
            holders.setdefault(number, []).append(key)
    pairs = Counter(chain.from_iterable(combinations(keys, 2) for keys in holders.values()))
    return (pair for pair, count in pairs.items() if count >= SHARED)


def named(families: Families, article_id: str, others: int | None) -> Family | None:
    """The family of an article as a hit names it; `others` only in a collapsed list."""
    members = families.get(article_id)
    if members is None:
        return None
    family = Family(id=members[0].id, size=len(members))
    return family if others is None else Family(id=family.id, size=family.size, others=others)


def members_of(families: Families, article_id: str, most: int) -> FamilyMembers | None:
    """The family of an article with its first members."""
    members = families.get(article_id)
    if members is None:
        return None
    relatives = (Relative(**{name: getattr(each, name) for name in _SHOWN}) for each in members[:most])
    return FamilyMembers(id=members[0].id, size=len(members), members=tuple(relatives))


def family_counts(families: Families, found: Iterable[Article], most: int) -> tuple[FamilyCount, ...]:
    """The largest families among what was found, those of which one member alone was found left out.

    Of equal ones those come first whose head is newer, then by id.
    """
    counts: dict[str, int] = {}
    for article in found:
        if article.id in families:
            head = families[article.id][0].id
            counts[head] = counts.get(head, 0) + 1
    heads = (families[key][0] for key, count in counts.items() if count > 1)
    ordered = [
        head.id
        for head in sorted(
            heads,
            key=lambda head: (
                -counts[head.id],
                head.published is None,
                -epoch(head.published) if head.published else 0,
                head.id,
            ),
        )
    ]
    return tuple(
        FamilyCount(id=key, title=families[key][0].title, count=counts[key], size=len(families[key]))
        for key in ordered[:most]
    )


def without_copies(families: Families, ordered: Sequence[Article]) -> list[Article]:
    """Articles in order without those of a family of which there was one before."""
    seen: set[str] = set()
    kept = []
    for article in ordered:
        head = families[article.id][0].id if article.id in families else article.id
        if head not in seen:
            kept.append(article)
        seen.add(head)
    return kept


def precedence(best: Mapping[str, float], families: Families, ranking: RankingSettings) -> dict[str, float]:
    """What the first published of the best articles gets to go before copies that score about the same.

    Who has no time cannot be said to be the first, and who shares the first time is no later copy.
    """
    gained = {}
    for key, score in best.items():
        dated = [each for each in families.get(key, ()) if each.id in best and each.published]
        later = [best[each.id] for each in dated if each.published != dated[0].published]
        near = [copy for copy in later if score <= copy <= score * (1 + ranking.copies)]
        if dated and dated[0].id == key and near and ranking.copies:
            gained[key] = max(near) * (1 + _STEP) - score
    return gained


def _first_published(article: Article) -> tuple[bool, int, str]:
    return article.published is None, epoch(article.published) if article.published else 0, article.id


def _sketch(article: Article) -> Sketches:
    sketch: Sketches
    (sketch,) = sketches_of(fold_texts(["", article.body]))
    return sketch


def _body(article: Article) -> Body:
    (body,) = bodies_of([article.body], [epoch(article.published) if article.published else None])
    return body
