"""A search over one snapshot: matching, filters, facets, order and the page of hits."""

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from msgspec import UNSET, Struct
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
from wxsearch.search.leaf_matching import LeafMatcher
from wxsearch.search.matches import Matches
from wxsearch.search.ranked_list import Place, RankedList, merged
from wxsearch.search.ranking import FEW, best_first, by_time
from wxsearch.search.scoring import Scores, inverse_frequency, rounded
from wxsearch.search.searcher import Searcher
from wxsearch.search.second_stage import PARTS, SecondStage


class _Found(Struct, frozen=True):
    """What a search has of one segment: how its leaves matched, and the documents that it counts."""

    evaluation: Evaluation
    scopes: Scopes


def _lacks(found: _Found, term: QueryTerm) -> bool:
    hits = found.scopes.hits
    return len(found.evaluation.documents(term, hits)) < len(hits)


class Search:
    """The answer to one request over one snapshot, worked out part by part."""

    def __init__(
        self, request: SearchRequest, searcher: Searcher, limits: Limits, deadline: Deadline
    ) -> None:
        self._request = request
        self._searcher = searcher
        self._limits = limits
        self._deadline = deadline
        self._terms = terms(request.query.root)
        self._ranked = request.sort == "relevance" and bool(self._terms)
        self._scored_in: dict[int, list[tuple[Matches, float]]] = {}
        self._weighed: list[tuple[QueryTerm, float]] | None = None
        self._found = [self._in_segment(number) for number in range(len(searcher.snapshot.segments))]
        self._hits = [found.scopes.hits for found in self._found]
        """What matches in each segment."""
        self.matches = sum(map(len, self._hits))
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
        return [term for term in terms if any(_lacks(found, term) for found in self._found)]

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
        return FacetCounter(self._searcher.catalog, [found.scopes for found in self._found])

    def facets(self) -> Facets:
        """The counts that the request names."""
        facets = render_facets(self.counter, self._searcher.catalog, self._request, self._limits)
        if "family" not in self._request.facets:
            return facets
        families = self._searcher.families
        counts = counted(families, self._searcher.snapshot.segments, self._hits)
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
            left = most - len(head)
            return [*head, *self._merged(self._lists(rest, left), left)] if left > 0 else head[:most]
        second = self._second_stage
        if second is None:
            return self._merged(self._lists(self._hits, most), most)
        return self._merged(second.reranked(self._lists(self._hits, max(most, second.head))), most)

    @cached_property
    def _collapsed(self) -> Collapsed:
        """The hits with one of each family."""
        second = self._second_stage
        head: list[Place] = []
        if second is not None:
            head = self._merged(second.reranked(self._lists(self._hits, second.head)), second.head)
        return collapsed(
            self._searcher.families,
            self._searcher.snapshot.segments,
            self._hits,
            self._first_scores,
            head,
            oldest=self._request.sort == "oldest",
        )

    def _first_scores(self, number: int, documents: Numbers) -> Scores:
        """The scores of documents of a segment before the second stage; 0 where nothing is ranked."""
        if not self._ranked or len(documents) == 0:
            return np.zeros(len(documents))
        return rounded(self._searcher.scorers[number].exact(documents, self._scored(number)))

    def _lists(self, hits: Sequence[Numbers], most: int) -> list[RankedList]:
        """The best of each segment, of these hits."""
        return [self._best_of(number, each, most) for number, each in enumerate(hits)]

    def _merged(self, lists: Sequence[RankedList], most: int) -> list[Place]:
        return merged(lists, most, oldest=self._request.sort == "oldest")

    def _in_segment(self, number: int) -> _Found:
        request, searcher = self._request, self._searcher
        live = searcher.snapshot.segments[number]
        columns = live.segment.columns
        filters = Filters(columns, searcher.catalog, number)
        matcher = LeafMatcher(live.segment, searcher.remembered[live.segment.name], self._deadline)
        evaluation = Evaluation(matcher, filters)
        span, within = None, None
        if request.since is not None or request.until is not None:
            span = InSpan(request.since, request.until)
            if evaluation.looks_up(request.query.root):
                # Texts outside the dates need not be looked into.
                within = filters.in_span(np.arange(live.segment.count), span)
        matching = evaluation.documents(request.query.root, within)
        if self._deadline.missed and takes_away(request.query.root):
            # What was not looked at might have been taken away: the total has to stay a lower bound.
            matching = matching[:0]
        if live.live is not None:
            matching = matching[live.live[matching]]
        if span is not None and within is None:
            matching = filters.in_span(matching, span)
        hits = by_category = by_source = matching
        if request.categories:
            hits = by_category = filters.at_or_below(matching, request.categories)
        if request.sources:
            by_source = filters.of_sources(matching, request.sources)
            hits = filters.of_sources(hits, request.sources)
        return _Found(evaluation, Scopes(columns, hits, by_category, by_source))

    def _best_of(self, number: int, hits: Numbers, most: int) -> RankedList:
        """The best of some hits of a segment by the leaves alone, or by time."""
        live = self._searcher.snapshot.segments[number]
        columns = live.segment.columns
        if not self._ranked or len(hits) == 0:
            ordered = by_time(columns, hits, most, newest=self._request.sort != "oldest")
            return RankedList(live, ordered, np.zeros(len(ordered)))
        ranked = self._scored(number)
        scorer = self._searcher.scorers[number]
        if len(hits) > max(FEW, most):
            hits = scorer.contenders(hits, ranked, most)
        return RankedList(live, *best_first(columns, hits, scorer.exact(hits, ranked), most))

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
            grams=grams_of(wording, searcher.gram_idf) if wording else None,
            k1=weights.k1,
            weights=weights.evidence,
            recency=weights.recency,
            newest=searcher.newest if weights.recency else None,
            scorers=searcher.scorers,
            families=families,
            copies=weights.copies,
        )

    def _scored(self, number: int) -> list[tuple[Matches, float]]:
        """What the terms that count match among the hits of a segment, with their idf."""
        known = self._scored_in.get(number)
        if known is None:
            term, hits = self._found[number].evaluation.term, self._hits[number]
            known = [(term(each, hits), idf) for each, idf in self._inverse_frequencies() if idf]
            self._scored_in[number] = known
        return known

    def _inverse_frequencies(self) -> Sequence[tuple[QueryTerm, float]]:
        """The terms that count for the rank, with their idf over the generation."""
        if self._weighed is not None:
            return self._weighed
        articles = self._searcher.averages.articles
        weighed = self._weighed = []
        for term in self._terms:
            if isinstance(term, Leaf):
                frequency = self._frequency(term)
            else:
                # As rare as what was typed; a variant that is rarer still counts no more.
                typed, *variants = term.children
                frequency = self._frequency(typed) or max(map(self._frequency, variants))
            weighed.append((term, inverse_frequency(frequency, articles)))
        return weighed

    def _frequency(self, leaf: Leaf) -> int:
        """The df of a leaf: that of its rarest part, over the generation."""
        segments = self._searcher.snapshot.segments
        if len(segments) == 1:
            return min(self._found[0].evaluation.matcher.frequencies(leaf, segments[0].live))
        each = [
            found.evaluation.matcher.frequencies(leaf, segment.live)
            for segment, found in zip(segments, self._found, strict=True)
        ]
        return min(map(sum, zip(*each, strict=True)))

    def _hit(self, place: Place) -> Hit:
        article = place.segment.segment.article(place.document)
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
        family = catalog.family(place.segment, place.document)
        if family is None or self._request.collapse is None:
            return family
        number = catalog.number(place.segment, place.document)
        return replace(family, others=int(self._collapsed.counts[number]) - 1)

    def _explanation(self, place: Place) -> tuple[ScorePart, ...]:
        """The parts of the score of a hit."""
        names = [each.segment.name for each in self._searcher.snapshot.segments]
        number = names.index(place.segment.segment.name)
        gains = self._searcher.scorers[number].gains(place.document, self._scored(number))
        counted = [term for term, idf in self._inverse_frequencies() if idf]
        # Behind the head nothing was added.
        added = dict(zip(PARTS, place.parts, strict=True)) if place.parts else {}
        return explained(list(zip(counted, gains, strict=True)), added)
