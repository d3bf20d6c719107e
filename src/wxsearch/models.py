"""The nouns that cross every seam: articles in, hits and facets out. All frozen.

Field names are those of the JSON that users see; msgspec encodes these types and
derives the OpenAPI schemas from them.
"""

from typing import Any, Literal

from msgspec import UNSET, Struct, UnsetType, field

Precision = Literal["second", "minute", "day"]
Interval = Literal["year", "month", "day"]


class Link(Struct, frozen=True):
    """The article before or after, as its page names it."""

    title: str
    url: str | None = None


class Article(Struct, frozen=True, kw_only=True):
    """One thing to read.

    `published` is ISO 8601 with +08:00 and seconds; where `precision` is "day" it is
    the start of that day. `breadcrumb` is outermost first, without the title. `extra`
    keeps the keys of the input that have no field here.
    """

    id: str
    url: str | None = None
    title: str = ""
    body: str = ""
    published: str | None = None
    precision: Precision | None = None
    source: str | None = None
    breadcrumb: tuple[str, ...] = ()
    author: str | None = None
    keywords: tuple[str, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    extra: dict[str, Any] = field(default_factory=dict)


class Passage(Struct, frozen=True):
    """An unaltered slice of a title or body.

    `start` is its place in the whole, `marks` are [start, end) inside `text`; all three
    count code points.
    """

    text: str
    start: int
    marks: tuple[tuple[int, int], ...]


class Highlights(Struct, frozen=True):
    """The title and the best passages of the body, with the matches marked."""

    title: Passage
    body: tuple[Passage, ...]


class ScorePart(Struct, frozen=True):
    """A part of a score: what kind, words for a person, and what it adds, to six significant digits.

    Where one term of the query adds it, `term` has that and `count` how often it stands there.
    """

    part: str
    text: str
    value: float
    term: str | UnsetType = UNSET
    count: int | UnsetType = UNSET


class Family(Struct, frozen=True, kw_only=True):
    """An article and its near-copies, named by the first published of them.

    `others` is there in a collapsed list: how many more of the family match, and are not listed.
    """

    id: str
    size: int
    others: int | UnsetType = UNSET

    @property
    def copies(self) -> int:
        """How many copies a hit stands for in a collapsed list, and how many it has in any other."""
        return self.size - 1 if self.others is UNSET else self.others


class Relative(Struct, frozen=True, kw_only=True):
    """A member of a family, as the others name it."""

    id: str
    title: str
    url: str | None
    source: str | None
    published: str | None
    precision: Precision | None


class FamilyMembers(Struct, frozen=True, kw_only=True):
    """A family with its first members, first published first; `size` counts all of them."""

    id: str
    size: int
    members: tuple[Relative, ...]


class HeldArticle(Article, frozen=True, kw_only=True):
    """An article as it was indexed, and its family; null where it has no copies."""

    family: FamilyMembers | None = None


class Hit(Struct, frozen=True, kw_only=True):
    """An article in a list of results; `score` is null where nothing was ranked, `family` where it is alone.

    `explanation` is there where it was asked for and there is a score: the parts add up to
    it, but for a few units of its sixth digit, as each is rounded by itself.
    """

    id: str
    url: str | None
    title: str
    published: str | None
    precision: Precision | None
    source: str | None
    breadcrumb: tuple[str, ...]
    score: float | None
    family: Family | None = None
    highlights: Highlights | None = None
    explanation: tuple[ScorePart, ...] | UnsetType = UNSET


class CategoryCount(Struct, frozen=True, kw_only=True):
    """A node of the category tree: articles at this path and below it."""

    path: tuple[str, ...]
    label: str
    count: int
    selected: bool
    children: "tuple[CategoryCount, ...]" = ()


class DateBucket(Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """One bar of the histogram; `from` and `to` sent back unchanged give its count."""

    key: str
    since: str
    until: str
    count: int


class DateHistogram(Struct, frozen=True):
    """Articles over time in +08:00, empty buckets between the first and last included."""

    interval: Interval
    buckets: tuple[DateBucket, ...]
    undated: int


class SourceCount(Struct, frozen=True):
    """A source and its articles."""

    value: str
    count: int
    selected: bool


class SourceCounts(Struct, frozen=True):
    """The largest sources; `other` counts the articles of all the rest."""

    buckets: tuple[SourceCount, ...]
    other: int


class FamilyCount(Struct, frozen=True, kw_only=True):
    """A family by its head, how many of its members match, and how many there are."""

    id: str
    title: str
    count: int
    size: int


class Facets(Struct, frozen=True, kw_only=True):
    """Counts over the whole result; a facet that was not asked for is absent."""

    category: tuple[CategoryCount, ...] | UnsetType = UNSET
    date: DateHistogram | UnsetType = UNSET
    source: SourceCounts | UnsetType = UNSET
    family: tuple[FamilyCount, ...] | UnsetType = UNSET


class Understanding(Struct, frozen=True):
    """The query as it was read, printed back, and what there is to say about it."""

    query: str
    notes: tuple[str, ...] = ()


class Relaxation(Struct, frozen=True):
    """How far the demand for all words was given up, and for which words."""

    rung: Literal["most", "any"]
    dropped: tuple[str, ...]


class Suggestion(Struct, frozen=True):
    """Another query that has hits."""

    query: str
    total: int


class SearchResult(Struct, frozen=True, kw_only=True):
    """The answer to a search; with `partial`, `total` is a lower bound."""

    query: str
    total: int
    partial: bool = False
    hits: tuple[Hit, ...] = ()
    facets: Facets
    query_understood: Understanding
    relaxed: Relaxation | None = None
    did_you_mean: tuple[Suggestion, ...] = ()
    took_ms: float = 0.0
    generation: int = 0


class Rejection(Struct, frozen=True):
    """An input that did not become an article: which, where in it, and why."""

    path: str
    place: str | None
    code: str
    reason: str


class NoteCount(Struct, frozen=True):
    """What holds for so many `articles` of a run, by a stable code and field, and the first of them."""

    code: str
    field: str | None
    articles: int
    path: str
    place: str | None
    reason: str


class IndexSummary(Struct, frozen=True, kw_only=True):
    """What one run of indexing did; read = added + updated + unchanged + rejected.

    `duplicates` counts articles that a later one of the same id replaced within the run. `skipped`
    counts files that were not read, since they are what they were when they were read before; what came
    of them then is counted as unchanged and as rejected. `notes` counts articles of which
    something was not read.
    """

    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    duplicates: int
    total: int
    generation: int
    seconds: float
    skipped: int = 0
    rejections: tuple[Rejection, ...] = ()
    notes: tuple[NoteCount, ...] = ()


class DeleteSummary(Struct, frozen=True, kw_only=True):
    """What a deletion did; `missing` names the ids that were not there."""

    deleted: int
    missing: tuple[str, ...]
    total: int
    generation: int


class Statistics(Struct, frozen=True, kw_only=True):
    """What an engine holds; `bytes` is its size on disk, `first` and `last` are times."""

    engine: str
    articles: int
    undated: int
    categories: int
    sources: int
    first: str | None
    last: str | None
    generation: int
    segments: int
    bytes: int


class CheckReport(Struct, frozen=True, kw_only=True):
    """The outcome of a check; `problems` names each damaged part.

    `restored` is the generation that was made of the newest whole one, after damage;
    `articles` are then those that it has. `notes` names files that do no harm.
    """

    state: Literal["sound", "damaged", "absent"]
    articles: int
    generation: int
    problems: tuple[str, ...]
    seconds: float
    restored: int | None = None
    notes: tuple[str, ...] = ()
