"""A search result as the page shows it: hits, pages, orders, and what to try instead."""

from msgspec import UNSET, Struct

from wxsearch.categories import category_path, written_path
from wxsearch.limits import Limits
from wxsearch.models import Hit, ScorePart, SearchResult
from wxsearch.query.relaxed import relaxable
from wxsearch.query.request import SearchRequest
from wxsearch.query.tree import Everything, terms
from wxsearch.service import narrowing
from wxsearch.service.language import Speak
from wxsearch.service.links import Address, outward
from wxsearch.service.marked import Piece, pieces, snippet
from wxsearch.service.moments import Moment, bounds, moment
from wxsearch.service.timeline import Timeline, timeline

# Page numbers on either side of the present one.
_NEIGHBOURS = 2
_WITHOUT_QUOTES = dict.fromkeys(map(ord, '"“”「」'))


class Crumb(Struct, frozen=True):
    """A step of a breadcrumb, and the search inside it."""

    label: str
    href: str


class Reason(Struct, frozen=True):
    """A part of the score of a hit, in words, and what it adds."""

    text: str
    value: float


class Entry(Struct, frozen=True, kw_only=True):
    """A hit in the list; `outside` says whether its link leaves this site.

    `others` says how many copies it has, or stands for in a collapsed list; they are named beside the
    article.
    """

    href: str
    outside: bool
    copy: str
    title: list[Piece]
    snippet: list[Piece]
    moment: Moment | None
    source: str | None
    source_href: str
    breadcrumb: list[Crumb]
    reasons: list[Reason]
    others: str | None


class PageLink(Struct, frozen=True):
    """A page of the list, by its number."""

    number: int
    href: str
    current: bool


class Paging(Struct, frozen=True):
    """Pages around the present one; `window_end` is set where pages end before the hits do."""

    previous: str | None
    next: str | None
    pages: tuple[PageLink, ...]
    window_end: int


class Option(Struct, frozen=True):
    """One of several ways to list the hits."""

    label: str
    href: str
    current: bool


class Results(Struct, frozen=True, kw_only=True):
    """All that the template of a search page needs about its result."""

    result: SearchResult
    searched: bool
    heading: str
    page: str
    has_copies: bool
    entries: list[Entry]
    first_number: int
    paging: Paging | None
    sorts: list[Option]
    matches: list[Option]
    copies: list[Option]
    chips: list[narrowing.Chip]
    narrowed: int
    categories: narrowing.Split
    sources: narrowing.Split
    other_sources: int
    timeline: Timeline | None
    dates: tuple[str, str]
    suggestions: list[Option]
    notes: list[str]
    explain: Option | None


def show(
    result: SearchResult, request: SearchRequest, address: Address, limits: Limits, speak: Speak
) -> Results:
    """Turns an answer of the engine into what the page shows."""
    facets = result.facets
    category, source, date = facets.category, facets.source, facets.date
    chosen = narrowing.chips(request, address, speak)
    sources = [] if source is UNSET else narrowing.source_choices(source, request, address)
    categories = [] if category is UNSET else narrowing.category_choices(category, request, address)
    return Results(
        result=result,
        searched=not isinstance(request.query.root, Everything),
        heading=_heading(result, request, speak),
        page=speak("page", n=request.offset // request.size + 1) if request.offset and request.size else "",
        has_copies=_has_copies(result, request),
        entries=[_entry(hit, address, limits, speak) for hit in result.hits],
        first_number=request.offset + 1,
        paging=_paging(result.total, request, address, limits),
        sorts=_sorts(request, address, speak),
        matches=_matches(request, address, speak),
        copies=_copies(request, address, speak),
        chips=chosen,
        narrowed=sum(chip.kind in ("category", "source", "time") for chip in chosen),
        categories=narrowing.split(categories),
        sources=narrowing.split(sources),
        other_sources=0 if source is UNSET else source.other,
        timeline=None if date is UNSET else timeline(date, request, address, speak),
        dates=_date_fields(request),
        suggestions=_suggestions(request, chosen, address, speak),
        notes=[speak(f"note_{note.code}", piece=note.piece) for note in request.query.notes],
        explain=_explain(request, address, speak),
    )


def breadcrumb(labels: tuple[str, ...], address: Address, *, fresh: bool) -> list[Crumb]:
    """A breadcrumb whose steps narrow this search or, if `fresh`, begin a new one."""
    path = category_path(labels)
    steps = [path[: depth + 1] for depth in range(len(path))]
    if fresh:
        return [Crumb(step[-1], address.start(category=written_path(step))) for step in steps]
    return [Crumb(step[-1], narrowing.only_category(step, address)) for step in steps]


def _heading(result: SearchResult, request: SearchRequest, speak: Speak) -> str:
    if result.partial:
        return speak("found_partial", n=result.total)
    everything = isinstance(request.query.root, Everything) and not request.categories and not request.sources
    if everything and request.since is None and request.until is None:
        return speak("all_articles", n=result.total)
    return speak("found", n=result.total)


def _entry(hit: Hit, address: Address, limits: Limits, speak: Speak) -> Entry:
    copy = address.article(hit.id)
    link = outward(hit.url)
    marked = hit.highlights
    return Entry(
        href=link or copy,
        outside=link is not None,
        copy=copy,
        title=pieces(marked.title) if marked else [(hit.title, False)],
        snippet=snippet(marked.body, limits.passage_characters) if marked else [],
        moment=moment(hit.published, hit.precision),
        source=hit.source,
        source_href=address.search({"source": hit.source}),
        breadcrumb=breadcrumb(hit.breadcrumb, address, fresh=False),
        reasons=[_reason(part, speak) for part in hit.explanation or ()],
        others=speak("other_copies", n=hit.family.copies) if hit.family and hit.family.copies else None,
    )


def _reason(part: ScorePart, speak: Speak) -> Reason:
    values = {} if part.term is UNSET else {"term": part.term, "n": part.count}
    return Reason(speak(f"part_{part.part}", **values), part.value)


def _explain(request: SearchRequest, address: Address, speak: Speak) -> Option | None:
    """The same search with or without reasons, where there are scores."""
    if not request.ranked:
        return None
    name, value = ("hide_why", None) if request.explain else ("show_why", "true")
    # The hits stay the same: so does the page.
    changes = {"explain": value, "offset": str(request.offset) if request.offset else None}
    return Option(speak(name), address.search(changes), request.explain)


def _paging(total: int, request: SearchRequest, address: Address, limits: Limits) -> Paging | None:
    size, offset = request.size, request.offset
    if not size or (total <= size and not offset):
        return None
    last = min(-(-total // size), limits.window // size)
    current = offset // size + 1
    first_shown = max(1, min(current - _NEIGHBOURS, last - 2 * _NEIGHBOURS))
    shown = range(first_shown, min(last, first_shown + 2 * _NEIGHBOURS) + 1)
    numbers = sorted({*shown, 1}) if last else []
    return Paging(
        previous=_page(address, max(0, offset - size)) if offset else None,
        next=_page(address, offset + size) if current < last else None,
        pages=tuple(PageLink(n, _page(address, (n - 1) * size), n == current) for n in numbers),
        window_end=last * size if current >= last and total > limits.window else 0,
    )


def _page(address: Address, offset: int) -> str:
    return address.search({"offset": str(offset) if offset else None})


def _sorts(request: SearchRequest, address: Address, speak: Speak) -> list[Option]:
    # Without words nothing is relevant: the default is newest then.
    ranked = bool(terms(request.query.root))
    names = ("relevance", "newest", "oldest") if ranked else ("newest", "oldest")
    present = request.sort if request.sort in names else names[0]
    return [
        Option(
            speak(f"sort_{name}"),
            address.search({"sort": name if name != names[0] else None}),
            name == present,
        )
        for name in names
    ]


def _matches(request: SearchRequest, address: Address, speak: Speak) -> list[Option]:
    """The ways to match, where the query has several words to match."""
    if len(terms(request.query.root)) < 2:
        return []
    names = ("auto", "all", "any")
    return [
        Option(
            speak(f"match_{name}"),
            address.search({"match": name if name != "auto" else None}),
            name == request.match,
        )
        for name in names
    ]


def _copies(request: SearchRequest, address: Address, speak: Speak) -> list[Option]:
    """Copies one by one, or one of each family."""
    collapsed = request.collapse is not None
    return [
        Option(speak("copies_shown"), address.search({"collapse": None}), not collapsed),
        Option(speak("collapse"), address.search({"collapse": "family"}), collapsed),
    ]


def _has_copies(result: SearchResult, request: SearchRequest) -> bool:
    """Whether a page has several of one family that could be one."""
    families = [hit.family.id for hit in result.hits if hit.family]
    return request.collapse is None and len(set(families)) < len(families)


def _date_fields(request: SearchRequest) -> tuple[str, str]:
    """The range for two date fields, which know whole days only."""
    first, last = bounds(request.since, request.until)
    return first[:10].strip("…"), last[:10].strip("…")


def _any_may_help(request: SearchRequest, *, narrowed: bool) -> bool:
    """Whether any of the words may be there where all are not, and was not asked for already."""
    root = request.query.root
    if request.match == "any" or len(terms(root)) < 2:
        return False
    # By itself a search gives up words, but none with a sign about it, and with no regard to filters.
    return request.match == "all" or narrowed or len(relaxable(root)) < len(terms(root))


def _suggestions(
    request: SearchRequest, chosen: list[narrowing.Chip], address: Address, speak: Speak
) -> list[Option]:
    """What may bring hits where there are none, as links."""
    found = []
    narrowing_chips = [chip for chip in chosen if chip.kind in ("category", "source", "time")]
    if _any_may_help(request, narrowed=bool(narrowing_chips)):
        found.append(Option(speak("try_any"), address.search({"match": "any"}), current=False))
    found += [
        Option(speak("try_without", label=chip.label), chip.href, current=False) for chip in narrowing_chips
    ]
    if len(narrowing_chips) > 1:
        found.append(Option(speak("try_clear"), address.cleared(), current=False))
    unquoted = request.query.typed.translate(_WITHOUT_QUOTES)
    if unquoted != request.query.typed and unquoted.strip():
        found.append(Option(speak("try_unquote"), address.search({"q": unquoted}), current=False))
    return found
