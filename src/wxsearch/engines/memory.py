"""The oracle: what every engine has to answer, found by looking at each article.

Slow and plain on purpose. It shares with other engines what a request means: how text is folded and
cut, where runs and announced headlines end, the query tree, the trees of fewer words and what is said of
them, the calendar; what is shown of a hit: the marking of passages, the names of the parts of a score; and
the sketch of an article with what makes two texts alike. What matches, what it scores and in which order
is found by code of its own.
"""
# ruff: noqa: D102, ARG002 - what the methods promise stands in engines/base.py

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from wxsearch import models
from wxsearch.analysis.fold import fold
from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.analysis.vocabulary_files import default_vocabulary
from wxsearch.categories import category_path
from wxsearch.dates import epoch
from wxsearch.engines import memory_facets as facets
from wxsearch.engines.base import Progress
from wxsearch.engines.matching import occurrences_in_fields
from wxsearch.engines.memory_evidence import evidence, head_of
from wxsearch.engines.memory_families import (
    Families,
    families_of,
    family_counts,
    members_of,
    named,
    precedence,
    without_copies,
)
from wxsearch.engines.memory_ranking import Fields, gains, rounded, scores
from wxsearch.engines.memory_recency import recency
from wxsearch.errors import NotFound
from wxsearch.limits import Limits
from wxsearch.models import Article, Hit, Rejection
from wxsearch.query.notes import sentences
from wxsearch.query.relaxed import relaxable, relaxed, typed_word
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import (
    And,
    AtLeast,
    Everything,
    FromSource,
    InCategory,
    InSpan,
    Leaf,
    Node,
    Not,
    Optional,
    Or,
    Synonyms,
    Unranked,
    each_leaf,
    terms,
)
from wxsearch.search.explanation import explained
from wxsearch.search.highlight import highlight, marked_leaves
from wxsearch.search.scoring import Gain
from wxsearch.settings import RankingSettings

_SHOWN = ("id", "url", "title", "published", "precision", "source", "breadcrumb")

Articles = dict[str, Article]


class _Listed(NamedTuple):
    """Articles in order, with their scores, what their terms gain and what else was added."""

    articles: list[Article]
    scores: dict[str, float]
    gained: dict[str, list[Gain]]
    added: dict[str, dict[str, float]]
    families: Families


class MemoryEngine:
    """Holds articles in a dictionary."""

    name = "memory"

    def __init__(self, limits: Limits, ranking: RankingSettings, relax_below: int) -> None:
        self._limits = limits
        self._relax_below = relax_below
        self._ranking = ranking
        self._folded = cache(fold)
        # Number and articles of the newest generation: replaced as one, never changed.
        self._newest: tuple[int, Articles] = (0, {})
        # The articles whose families were asked for last, and those.
        self._grouped: tuple[Articles, Families] = ({}, {})

    def preload(self) -> None:
        pass

    def index(
        self, items: Iterable[Article | Rejection], *, rebuild: bool = False, progress: Progress | None = None
    ) -> models.IndexSummary:
        read, before = list(items), self._newest[1]
        given = [item for item in read if isinstance(item, Article)]
        rejections = tuple(item for item in read if isinstance(item, Rejection))
        counts: dict[str, Any] = {
            "read": len(read),
            "added": 0,
            "updated": 0,
            "unchanged": 0,
            "rejected": len(rejections),
        }
        # A run of nothing but rejects replaces nothing.
        rebuild = rebuild and bool(given or not rejections)
        articles = {} if rebuild else dict(before)
        for article in given:
            # Against the version just before, of this run or an earlier one.
            held, articles[article.id] = articles.get(article.id), article
            counts["added" if held is None else "unchanged" if held == article else "updated"] += 1
        counts["duplicates"] = len(given) - len({article.id for article in given})
        counts |= self._publish(articles, changed=rebuild or articles != before)
        return models.IndexSummary(**counts, seconds=0, rejections=rejections[: self._limits.rejections])

    def delete(self, ids: Sequence[str]) -> models.DeleteSummary:
        before = self._newest[1]
        left = {article_id: article for article_id, article in before.items() if article_id not in ids}
        missing = tuple(article_id for article_id in dict.fromkeys(ids) if article_id not in before)
        counts = self._publish(left, changed=left != before)
        return models.DeleteSummary(deleted=len(before) - len(left), missing=missing, **counts)

    def _publish(self, articles: Articles, *, changed: bool) -> dict[str, int]:
        if changed:
            self._newest = self._newest[0] + 1, articles
        return {"total": len(articles), "generation": self._newest[0]}

    def search(self, request: SearchRequest) -> models.SearchResult:
        generation, articles = self._newest
        request, relaxation = self._relaxed(articles, request)
        matched = self._matched(articles, request)
        # What is picked in a facet narrows everything but that facet's own counts.
        by_category = [article for article in matched if facets.in_categories(article, request.categories)]
        by_source = [article for article in matched if facets.of_sources(article, request.sources)]
        found = [article for article in by_category if facets.of_sources(article, request.sources)]
        limits = self._limits
        counters: dict[str, Callable[[], Any]] = {
            "category": lambda: facets.category_tree(by_source, request.categories),
            "date": lambda: facets.histogram(found, request, limits.date_buckets),
            "source": lambda: facets.source_counts(by_category, request.sources, limits.source_buckets),
            "family": lambda: family_counts(self._families(articles), found, limits.family_buckets),
        }
        listed = self._listed(articles, found, request)
        page = slice(request.offset, request.offset + request.size)
        return models.SearchResult(
            query=request.query.typed,
            total=len(listed.articles),
            hits=tuple(self._hits(listed, found, request, page)),
            facets=models.Facets(**{name: counters[name]() for name in request.facets}),
            query_understood=models.Understanding(request.query.understood, sentences(request.query.notes)),
            relaxed=relaxation,
            generation=generation,
        )

    def scan(self, request: SearchRequest) -> Iterator[Hit]:
        articles = self._newest[1]
        request, _ = self._relaxed(articles, request)
        matched = self._matched(articles, request)
        by_source = [article for article in matched if facets.of_sources(article, request.sources)]
        found = [article for article in by_source if facets.in_categories(article, request.categories)]
        return self._hits(self._listed(articles, found, request), found, request, slice(None))

    def get(self, article_id: str) -> Article:
        if article_id not in self._newest[1]:
            raise NotFound(f"there is no article with the id {article_id!r}")
        return self._newest[1][article_id]

    def family(self, article_id: str) -> models.FamilyMembers | None:
        article = self.get(article_id)
        return members_of(self._families(self._newest[1]), article.id, self._limits.family_members)

    def vocabulary(self) -> Vocabulary:
        return default_vocabulary(self._limits)

    def generation(self) -> int:
        return self._newest[0]

    def degraded(self) -> str | None:
        return None

    def statistics(self) -> models.Statistics:
        generation, articles = self._newest
        # Canonical times sort as text.
        times = sorted(article.published for article in articles.values() if article.published)
        return models.Statistics(
            engine=self.name,
            articles=len(articles),
            undated=len(articles) - len(times),
            categories=len({category_path(article.breadcrumb) for article in articles.values()} - {()}),
            sources=len({article.source for article in articles.values()} - {None}),
            first=times[0] if times else None,
            last=times[-1] if times else None,
            generation=generation,
            segments=1,
            bytes=0,
        )

    def check(self, progress: Progress | None = None) -> models.CheckReport:
        generation, held = self._newest
        return models.CheckReport(
            state="sound", articles=len(held), generation=generation, problems=(), seconds=0
        )

    def close(self) -> None:
        pass

    def _relaxed(
        self, articles: Articles, request: SearchRequest
    ) -> tuple[SearchRequest, models.Relaxation | None]:
        """The request with as many of its words as enough articles have, whatever its filters are."""
        root = request.query.root
        if request.match != "auto":
            return request, None

        def having(node: Node) -> list[Article]:
            return [article for article in articles.values() if self._matches(node, article)]

        cutter = self.vocabulary().cutter
        rung = relaxed(root, cutter, self._relax_below, lambda node: len(having(node)))
        if rung is None:
            return request, None
        found = having(rung.root)
        dropped = [
            word for word in relaxable(root) if not all(self._matches(word, article) for article in found)
        ]
        told = models.Relaxation(rung.name, tuple(map(typed_word, dropped)))
        return replace(request, query=replace(request.query, root=rung.root)), told

    def _matched(self, articles: Articles, request: SearchRequest) -> list[Article]:
        dated = (
            article for article in articles.values() if facets.in_span(article, request.since, request.until)
        )
        return [article for article in dated if self._matches(request.query.root, article)]

    def _matches(self, node: Node, article: Article) -> bool:
        match node:
            case Leaf() | Synonyms() | Unranked():
                term = node.child if isinstance(node, Unranked) else node
                fields = self._fields(article)
                return any(any(occurrences_in_fields(leaf, *fields)) for leaf in each_leaf(term))
            case And(children):
                return all(self._matches(child, article) for child in _deciding(children))
            case Or(children):
                return any(self._matches(child, article) for child in _deciding(children))
            case AtLeast(count, children):
                return sum(self._matches(child, article) for child in _deciding(children)) >= count
            case Not(child):
                return not self._matches(child, article)
        return isinstance(node, Everything) or _passes(node, article)

    def _listed(self, articles: Articles, found: list[Article], request: SearchRequest) -> _Listed:
        """In order: by score where ranked, then by time with undated articles last, then by id."""
        families = self._families(articles)
        asked = terms(request.query.root)
        gained: dict[str, list[Gain]] = {}
        added: dict[str, dict[str, float]] = {}
        if request.ranked and found:
            texts = {key: self._fields(article) for key, article in articles.items()}
            gained = gains(texts, asked, self._ranking)
        ranked = scores(gained)
        step = 1 if request.sort == "oldest" else -1

        def place(article: Article) -> tuple[float, bool, int, str]:
            instant = epoch(article.published) if article.published else 0
            return -ranked.get(article.id, 0), article.published is None, step * instant, article.id

        if ranked:
            head = head_of(sorted(found, key=place), texts, self._ranking)
            best = {article.id: ranked[article.id] for article in head}
            added = self._added(best, articles, texts, request.query.wording)
            best |= {key: rounded(best[key] + sum(parts.values())) for key, parts in added.items()}
            # Where nothing is looked at more closely, nothing is put before its copies either.
            closer = bool(request.query.wording or self._ranking.recency)
            for key, value in precedence(best, families, self._ranking).items() if closer else ():
                added[key]["first"] = value
                best[key] = rounded(best[key] + value)
            ranked |= best
        ordered = sorted(found, key=place)
        if request.collapse is not None:
            ordered = without_copies(families, ordered)
        return _Listed(ordered, ranked, gained, added, families)

    def _hits(
        self, listed: _Listed, found: list[Article], request: SearchRequest, page: slice
    ) -> Iterator[Hit]:
        marked = marked_leaves(request.query.root)
        asked = terms(request.query.root)
        explains = request.explain and request.ranked
        families = listed.families
        matching = {article.id for article in found}
        for article in listed.articles[page]:
            relatives = [each for each in families.get(article.id, ()) if each.id in matching]
            yield Hit(
                **{name: getattr(article, name) for name in _SHOWN},
                score=listed.scores.get(article.id),
                family=named(families, article.id, len(relatives) - 1 if request.collapse else None),
                highlights=highlight(article, marked, self._limits) if request.highlight else None,
                explanation=explained(
                    list(zip(asked, listed.gained[article.id], strict=True)), listed.added.get(article.id, {})
                )
                if explains
                else UNSET,
            )

    def _added(
        self, best: dict[str, float], articles: Articles, texts: dict[str, Fields], wording: Sequence[str]
    ) -> dict[str, dict[str, float]]:
        """What the best articles get beside what their terms gain, by the names of the parts."""
        added: dict[str, dict[str, float]] = {key: {} for key in best}
        if wording:
            added = evidence(best, articles, texts, wording, self._ranking)
        for key, value in recency(best, articles, self._ranking).items():
            added[key]["recency"] = value
        return added

    def _families(self, articles: Articles) -> Families:
        if self._grouped[0] is not articles:
            self._grouped = articles, families_of(articles.values())
        return self._grouped[1]

    def _fields(self, article: Article) -> Fields:
        return self._folded(article.title), self._folded(article.body)


def _passes(node: Node, article: Article) -> bool:
    match node:
        case FromSource(name):
            return facets.of_sources(article, (name,))
        case InCategory(path):
            return facets.in_categories(article, (path,))
        case InSpan(since, until):
            return facets.in_span(article, since, until)
    return False


def _deciding(children: tuple[Node, ...]) -> list[Node]:
    return [child for child in children if not isinstance(child, Optional)]
