"""An article as the page shows it: its text with marks, and the articles beside it."""

from msgspec import Struct

from wxsearch.addresses import same_address
from wxsearch.engines.base import Engine
from wxsearch.errors import LimitExceeded, NotFound
from wxsearch.ingest.identity import derived_id
from wxsearch.limits import Limits
from wxsearch.models import Article, Link, Passage, Relative
from wxsearch.query.parser import parse
from wxsearch.query.tree import Leaf
from wxsearch.search.highlight import mark, marked_leaves
from wxsearch.service.language import Speak
from wxsearch.service.links import Address, outward
from wxsearch.service.marked import Piece, paragraphs, pieces
from wxsearch.service.moments import Moment, moment
from wxsearch.service.results import Crumb, breadcrumb


class Neighbour(Struct, frozen=True):
    """The article before or after; without `href` only its title is known."""

    label: str
    title: str
    href: str | None
    outside: bool


class Copy(Struct, frozen=True, kw_only=True):
    """A member of the article's family; `current` is the article itself."""

    title: str
    href: str
    source: str | None
    moment: Moment | None
    current: bool


class Reading(Struct, frozen=True, kw_only=True):
    """All that the template of an article needs."""

    article: Article
    title: list[Piece]
    paragraphs: list[list[Piece]]
    moment: Moment | None
    breadcrumb: list[Crumb]
    source_href: str
    keywords: list[Crumb]
    original: str | None
    neighbours: list[Neighbour]
    copies: list[Copy]
    copies_in_all: int
    back: str


def open_article(article: Article, engine: Engine, address: Address, limits: Limits, speak: Speak) -> Reading:
    """Marks what the address asks to mark and finds out where its links lead."""
    asked = _asked_leaves(address.one("q"), engine, limits)
    anywhere = [leaf for leaf in asked if not leaf.field]
    marks = mark(article.body[: limits.highlight_characters], anywhere).marks
    family = engine.family(article.id)
    neighbours = ((article.previous, "previous_article"), (article.next, "next_article"))
    return Reading(
        article=article,
        title=pieces(mark(article.title, asked)),
        paragraphs=paragraphs(Passage(article.body, 0, marks)),
        moment=moment(article.published, article.precision),
        breadcrumb=breadcrumb(article.breadcrumb, address, fresh=True),
        source_href=address.start(source=article.source or ""),
        keywords=[Crumb(word, address.start(q=word)) for word in article.keywords],
        original=outward(article.url),
        neighbours=[_neighbour(link, speak(label), engine, address) for link, label in neighbours if link],
        copies=[_copy(each, article, address) for each in family.members] if family else [],
        copies_in_all=family.size if family else 0,
        back=address.search(),
    )


def _copy(member: Relative, article: Article, address: Address) -> Copy:
    return Copy(
        title=member.title,
        href=address.article(member.id),
        source=member.source,
        moment=moment(member.published, member.precision),
        current=member.id == article.id,
    )


def _asked_leaves(typed: str, engine: Engine, limits: Limits) -> list[Leaf]:
    try:
        return marked_leaves(parse(typed, limits, engine.vocabulary()).root)
    except LimitExceeded:
        # Too long to search for, so nothing is marked either.
        return []


def _neighbour(link: Link, label: str, engine: Engine, address: Address) -> Neighbour:
    """Leads to our copy if the article is held here, else to its own page, else nowhere."""
    if (held := _held_id(link, engine)) is not None:
        return Neighbour(label, link.title, address.article(held), outside=False)
    return Neighbour(label, link.title, outward(link.url), outside=outward(link.url) is not None)


def _held_id(link: Link, engine: Engine) -> str | None:
    """The id of the neighbour if it is held under the id that its address gives.

    One that came with an id of its own is not found: only a search could, and that costs
    more than the rest of the page.
    """
    if not link.url:
        return None
    article_id = derived_id(link.url, link.title, None, "")
    try:
        return article_id if same_address(engine.get(article_id).url, link.url) else None
    except NotFound:
        return None
