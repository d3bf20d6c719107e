"""`python -m wxsearch.benchmarks.families`: are reprints found, and is nothing else taken for one?

All articles are indexed, and in the same run, in an order drawn by chance, a reprint of some of them.
A pair of a family that holds a reprint is right where both come from one article, or from articles that
are of one family without any reprint.
"""

import random
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from wxsearch.benchmarks.command import run_command
from wxsearch.benchmarks.corpus import corpora_folder, lines_of, write_lines
from wxsearch.benchmarks.reprints import EDITS, LEAST_CHARACTERS, reprinted
from wxsearch.dates import DAY, epoch, printed
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.models import Article
from wxsearch.query.request import SearchRequest, read_request
from wxsearch.settings import Settings, load_settings

_SEED = 20211019
_REPRINT = "#reprint"
_LATEST_DAYS = 10
_OWN = "{}（转载）"


class Outcome(Struct, frozen=True, kw_only=True):
    """Of the reprints the share that is of the family of its article; of their pairs the share that is right.

    `by_edit` has the first for the reprints with each edit. `families`, the articles in them (`related`)
    and the `largest` are of the articles without reprints.
    """

    articles: int
    reprints: int
    recall: float
    precision: float
    by_edit: dict[str, float]
    families: int
    related: int
    largest: int
    microseconds_an_article: float


def measure(articles: Sequence[Article], count: int, folder: Path, settings: Settings) -> Outcome:
    """Reprints `count` of the articles, indexes all, and compares families with what was done."""
    chance = random.Random(_SEED)  # noqa: S311 - repeatable, not secret
    fitting = [article for article in articles if len(article.body) >= 2 * LEAST_CHARACTERS]
    edits: dict[str, tuple[str, ...]] = {}
    copies = []
    for article in chance.sample(fitting, min(count, len(fitting))):
        body, made = reprinted(article.body, chance)
        copy = _reprint(article, body, chance)
        copies.append(copy)
        edits[copy.id] = made
    before = _families(articles, folder / "before", settings)
    everything = [*articles, *copies]
    chance.shuffle(everything)
    began = time.process_time()
    after = _families(everything, folder / "after", settings)
    seconds = time.process_time() - began
    found = {key for key in edits if _same(after, key, key.removesuffix(_REPRINT))}
    sizes = Counter(before.values())
    return Outcome(
        articles=len(articles),
        reprints=len(copies),
        recall=len(found) / len(edits),
        precision=_precision(before, after),
        by_edit={
            edit.__name__: _share([key in found for key, made in edits.items() if edit.__name__ in made])
            for edit in EDITS
        },
        families=len(sizes),
        related=sizes.total(),
        largest=max(sizes.values(), default=1),
        microseconds_an_article=1e6 * seconds / len(everything),
    )


def _reprint(article: Article, body: str, chance: random.Random) -> Article:
    published = article.published
    if published is not None:
        published = printed(epoch(published) + chance.randint(60, _LATEST_DAYS * DAY))
    return replace(
        article,
        id=article.id + _REPRINT,
        title=_OWN.format(article.title[:12]),
        body=body,
        published=published,
    )


def _families(articles: Iterable[Article], folder: Path, settings: Settings) -> dict[str, str]:
    """The id of the family of each article that has one."""
    with closing(EmbeddedEngine(folder, settings)) as engine:
        engine.index(articles)
        request: SearchRequest = read_request({"highlight": ["false"]}, settings.limits, engine.vocabulary())
        return {hit.id: hit.family.id for hit in engine.scan(request) if hit.family is not None}


def _same(families: dict[str, str], one: str, other: str) -> bool:
    return one in families and families[one] == families.get(other)


def _precision(before: dict[str, str], after: dict[str, str]) -> float:
    members: dict[str, list[str]] = {}
    for key, family in after.items():
        members.setdefault(family, []).append(key)
    right = []
    for group in members.values():
        for one, other in combinations(group, 2):
            if _REPRINT in one + other:
                first, second = one.removesuffix(_REPRINT), other.removesuffix(_REPRINT)
                right.append(first == second or _same(before, first, second))
    return _share(right)


def _share(outcomes: Sequence[bool]) -> float:
    return sum(outcomes) / len(outcomes) if outcomes else 1.0


@click.command()
@click.option("--articles", type=click.IntRange(min=10), help="Only so many articles, from the first on.")
@click.option("--reprints", type=click.IntRange(min=1), default=4_000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of lines.")
def families(articles: int | None, reprints: int, *, as_json: bool) -> None:
    """Measure how well near-copies are told from other articles.

    The articles are those of $WXSEARCH_CORPORA where that is set, else generated.
    """
    with TemporaryDirectory(prefix="wxsearch-families-") as folder:
        settings = load_settings()
        lines = Path(folder) / "articles.jsonl"
        write_lines(corpora_folder(), articles, lines)
        read = [item for item in lines_of(lines, settings.limits) if isinstance(item, Article)]
        outcome = measure(read, reprints, Path(folder), settings)
    told: dict[str, Any] = msgspec.to_builtins(outcome)
    if as_json:
        click.echo(msgspec.json.encode(told))
        return
    for name, value in [*told.pop("by_edit").items(), *told.items()]:
        click.echo(f"{name:>24}  {value:.4g}" if isinstance(value, float) else f"{name:>24}  {value:,}")


if __name__ == "__main__":
    run_command(families, "python -m wxsearch.benchmarks.families")
