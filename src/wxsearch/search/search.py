"""A search over one snapshot: matching, filters, facets, order and the page of hits."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from msgspec import UNSET
from msgspec.structs import replace

from wxsearch.index.segment.decoding import Numbers
from wxsearch.limits import Limits
from wxsearch.models import Facets, Family, Hit, ScorePart
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import InSpan, Leaf, QueryTerm, takes_away, terms
from wxsearch.search.collapsing import Collapsed, collapsed
from wxsearch.search.deadline import Deadline
from wxsearch.search.evaluation import Evaluation
from wxsearch.search.evidence import grams_of
from wxsearch.search.explanation import explained
from wxsearch.search.facets import FacetCounter, Scopes, render_facets
from wxsearch.search.families import counted, largest
from wxsearch.search.filters import Filters
from wxsearch.search.highlight import highlight, marked_leaves
from wxsearch.search.ranked_list import Place, RankedList
from wxsearch.search.ranking import FEW, best_first, by_time
from wxsearch.search.scored_leaves import ScoredLeaves
from wxsearch.search.scoring import Scores, inverse_frequency, rounded
from wxsearch.search.searcher import Searcher
from wxsearch.search.second_stage import PARTS, SecondStage


class Search:
    """The answer to one request over one snapshot, worked out part by part."""

    def __init__(
        self, request: SearchRequest, searcher: Searcher, limits: Limits, deadline: Deadline
    ) -> None:
        self._request = request
        self._searcher = searcher
        self._collection = searcher.collection
        self._limits = limits
        self._deadline = deadline
        # Kept by hand: in Python 3.11 a cached_property takes a lock.
        self._known_terms: list[QueryTerm] | None = None
        self._known_scored: ScoredLeaves | None = None
        self._weighed: list[tuple[QueryTerm, float]] | None = None
        filters, span = Filters(self._collection), InSpan(request.since, request.until)
        self._matcher = searcher.matcher(deadline)
        self._evaluation = Evaluation(self._matcher, filters, span)
        self._scopes = self._narrowed(filters, span)
        self._hits = self._scopes.hits
        self.matches = len(self._hits)
        """How many articles match."""

    @property
    def total(self) -> int:
        """How many articles are listed: all that match, or one of each family."""
        return self.matches if self._request.collapse is None else self._collapsed.total

    def instead(self, request: SearchRequest) -> "Search":
        """Another search over the same snapshot, in the time that is left of this one."""
        return Search(request, self._searcher, self._limits, self._deadline)

    def not_in_all(self, terms: Sequence[QueryTerm]) -> list[QueryTerm]:
        """Those of the terms that some hit does not have."""
        matching = self._evaluation.documents
        return [term for term in terms if len(matching(term, self._hits)) < self.matches]

    @cached_property
    def _marked(self) -> Sequence[Leaf]:
        """The leaves that are marked in hits."""
        return marked_leaves(self._request.query.root)

    @property
    def partial(self) -> bool:
        """Whether the time was over before everything was looked at; the total is then a lower bound."""
        return self._deadline.missed

    @property
    def counter(self) -> FacetCounter:
        """Counts by category, source and time."""
        return FacetCounter(self._collection, self._scopes)

    def facets(self) -> Facets:
        """The counts that the request names."""
        facets = render_facets(self.counter, self._request, self._limits)
        if "family" not in self._request.facets:
            return facets
        families = self._searcher.families
        counts = counted(families, self._hits)
        return replace(facets, family=largest(families, counts, self._limits.family_buckets))

    def page(self) -> tuple[Hit, ...]:
        """The hits from offset on, at most size."""
        if self._request.size == 0:
            return ()
        begin, end = self._request.offset, self._request.offset + self._request.size
        return tuple(map(self._hit, self.top(end)[begin:]))

    def all_hits(self) -> Iterator[Hit]:
        """Every hit in order."""
        yield from map(self._hit, self.top(self.total))

    def top(self, most: int) -> list[Place]:
        """The first `most` hits in order."""
        if self.matches == 0:
            return []
        if self._request.collapse is not None:
            head, rest, _ = self._collapsed
            places = list(head.places(self._collection, most))
            left = most - len(places)
            if left > 0:
                places += self._best_of(rest, left).places(self._collection, left)
            return places
        second = self._second_stage
        if second is None:
            return list(self._best_of(self._hits, most).places(self._collection, most))
        ranked = second.reranked(self._best_of(self._hits, max(most, second.head)))
        return list(ranked.places(self._collection, most))

    @cached_property
    def _collapsed(self) -> Collapsed:
        """The hits with one of each family."""
        second = self._second_stage
        head = RankedList(self._hits[:0], np.zeros(0))
        if second is not None and self.matches:
            head = second.reranked(self._best_of(self._hits, second.head))
        return collapsed(
            self._searcher.families,
            self._collection.starts,
            self._hits,
            self._first_scores,
            head,
            oldest=self._request.sort == "oldest",
        )

    def _first_scores(self, documents: Numbers) -> Scores:
        """The scores of documents before the second stage; 0 where nothing is ranked."""
        if not self._ranked or len(documents) == 0:
            return np.zeros(len(documents))
        return rounded(self._searcher.scorer.exact(documents, self._scored))

    def _narrowed(self, filters: Filters, span: InSpan) -> Scopes:
        """What matches, narrowed by the filters of the request."""
        request, live = self._request, self._collection.live
        matching = self._evaluation.documents(request.query.root)
        if self._deadline.missed and takes_away(request.query.root):
            # What was not looked at might have been taken away: the total has to stay a lower bound.
            matching = matching[:0]
        if live is not None:
            matching = matching.take(live.take(matching).nonzero()[0])
        matching = filters.in_span(matching, span)
        hits = for_sources = for_categories = matching
        if request.categories:
            hits = for_sources = filters.at_or_below(matching, request.categories)
        if request.sources:
            for_categories = filters.of_sources(matching, request.sources)
            hits = filters.of_sources(hits, request.sources)
        return Scopes(hits, for_categories, for_sources)

    def _best_of(self, hits: Numbers, most: int) -> RankedList:
        """The best of some hits by the leaves alone, or by time."""
        collection = self._collection
        if not self._ranked or len(hits) == 0:
            ordered = by_time(collection, hits, most, newest=self._request.sort != "oldest")
            return RankedList(ordered, np.zeros(len(ordered)))
        scorer = self._searcher.scorer
        if len(hits) > max(FEW, most):
            hits = scorer.contenders(hits, self._scored, most)
        return RankedList(*best_first(collection, hits, scorer.exact(hits, self._scored), most))

    @property
    def _second_stage(self) -> SecondStage | None:
        """What weighs the best more closely, where there is anything to weigh."""
        wording, searcher = self._request.query.wording, self._searcher
        weights = searcher.weights
        if not self._ranked or weights.evidence is None or self._deadline.missed:
            return None
        if not wording and weights.recency is None:
            return None
        families = searcher.families if weights.copies and len(searcher.families) else None
        return SecondStage(
            collection=self._collection,
            grams=grams_of(wording, searcher.gram_idf) if wording else None,
            k1=weights.k1,
            weights=weights.evidence,
            recency=weights.recency,
            newest=searcher.newest if weights.recency else None,
            scorer=searcher.scorer,
            families=families,
            copies=weights.copies,
        )

    @property
    def _terms(self) -> list[QueryTerm]:
        """What counts for the rank."""
        if self._known_terms is None:
            self._known_terms = terms(self._request.query.root)
        return self._known_terms

    @property
    def _ranked(self) -> bool:
        return self._request.sort == "relevance" and bool(self._terms)

    @property
    def _scored(self) -> ScoredLeaves:
        """What the terms that count match among the hits."""
        if self._known_scored is None:
            term, hits = self._evaluation.term, self._hits
            leaves = [(term(each, hits), idf) for each, idf in self._inverse_frequencies() if idf]
            self._known_scored = ScoredLeaves(leaves, self._collection.count)
        return self._known_scored

    def _inverse_frequencies(self) -> list[tuple[QueryTerm, float]]:
        """The terms of the query, with their idf over the generation."""
        if self._weighed is not None:
            return self._weighed
        articles = self._searcher.averages.articles
        weighed = []
        for term in self._terms:
            if isinstance(term, Leaf):
                frequency = self._frequency(term)
            else:
                # As rare as what was typed; a variant that is rarer still counts no more.
                typed, *variants = term.children
                frequency = self._frequency(typed) or max(map(self._frequency, variants))
            weighed.append((term, inverse_frequency(frequency, articles)))
        self._weighed = weighed
        return weighed

    def _frequency(self, leaf: Leaf) -> int:
        """The df of a leaf: that of its rarest part, over the generation."""
        return min(self._matcher.frequencies(leaf))

    def _hit(self, place: Place) -> Hit:
        article = place.segment.segment.article(place.document, extra=False)
        request = self._request
        return Hit(
            id=article.id,
            url=article.url,
            title=article.title,
            published=article.published,
            precision=article.precision,
            source=article.source,
            breadcrumb=article.breadcrumb,
            score=place.score if self._ranked else None,
            family=self._family(place),
            highlights=highlight(article, self._marked, self._limits) if request.highlight else None,
            explanation=self._explanation(place) if request.explain and self._ranked else UNSET,
        )

    def _family(self, place: Place) -> Family | None:
        catalog = self._searcher.families
        family = catalog.family(place.number)
        if family is None or self._request.collapse is None:
            return family
        number = catalog.number(place.number)
        return replace(family, others=int(self._collapsed.counts[number]) - 1)

    def _explanation(self, place: Place) -> tuple[ScorePart, ...]:
        """The parts of the score of a hit."""
        gains = self._searcher.scorer.gains(place.number, self._scored)
        counted = [term for term, idf in self._inverse_frequencies() if idf]
        # Behind the head nothing was added.
        added = dict(zip(PARTS, place.parts, strict=True)) if place.parts else {}
        return explained(list(zip(counted, gains, strict=True)), added)
