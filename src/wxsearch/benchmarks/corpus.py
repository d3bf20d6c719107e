"""The articles of a run: raw lines on disk, and the same cut into words once for all rivals."""

import io
import json
import os
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
import zstandard
from msgspec import Struct

from wxsearch.analysis.fold import fold
from wxsearch.analysis.segment import preload, tokens
from wxsearch.benchmarks.copies import copied
from wxsearch.benchmarks.generated import generated_articles
from wxsearch.categories import Path as CategoryPath
from wxsearch.categories import category_path, prefixes
from wxsearch.dates import bucket_key, epoch
from wxsearch.errors import StartProblem
from wxsearch.ingest.intake import read_articles
from wxsearch.limits import Limits
from wxsearch.models import Article, Rejection

NEWS = "news-36k.jsonl.zst"
HOT_QUERIES = "hot-queries.jsonl.zst"
GENERATED_ARTICLES = 10_000


class CutArticle(Struct, frozen=True, kw_only=True):
    """What every rival is given: stored text, ready tokens, and numbers to count by.

    `category` is the number of the article's own path and `within` those of all its
    prefixes (see Corpus.paths); `month` is 202110; 0 stands for none in both.
    `published` is in seconds since 1970.
    """

    id: str
    url: str
    title: str
    body: str
    source: str
    title_tokens: list[str]
    body_tokens: list[str]
    published: int | None
    month: int
    category: int
    within: tuple[int, ...]


class Corpus(Struct, frozen=True, kw_only=True):
    """The articles on disk and what reading and cutting them took.

    The first `originals` articles are those of the origin, the rest are copies of them.
    `paths[number]` is a category path, the empty one first. Seconds are processor time.
    """

    lines: str
    cut: str
    origin: str
    articles: int
    originals: int
    tokens: int
    text_bytes: int
    paths: list[CategoryPath]
    reading_seconds: float
    cutting_seconds: float


def corpora_folder() -> Path | None:
    """The folder that WXSEARCH_CORPORA names, if it is set."""
    named = os.environ.get("WXSEARCH_CORPORA")
    return Path(named) if named else None


def write_lines(corpora: Path | None, count: int | None, target: Path, times: int = 1) -> str:
    """Writes the raw lines of the first `count` articles; returns where they are from.

    After the articles themselves come times - 1 copies of each, see copies.py. Raises
    StartProblem where the folder has no articles.
    """
    with target.open("w", encoding="utf-8") as file:
        file.writelines(_raw_lines(corpora, count))
        for number in range(1, times):
            file.writelines(copied(line, number) for line in _raw_lines(corpora, count))
    return NEWS if corpora else "generated"


def _raw_lines(corpora: Path | None, count: int | None) -> Iterator[str]:
    if corpora is not None:
        return islice(compressed_lines(corpora / NEWS), count)
    made = generated_articles(count or GENERATED_ARTICLES)
    return (json.dumps(article, ensure_ascii=False) + "\n" for article in made)


def compressed_lines(path: Path) -> Iterator[str]:
    """The lines of a .zst file; raises StartProblem where it cannot be opened."""
    try:
        opened = path.open("rb")
    except OSError as error:
        raise StartProblem(f"{path} cannot be read ({error.strerror}); see WXSEARCH_CORPORA") from None
    with opened, zstandard.ZstdDecompressor().stream_reader(opened) as stream:
        yield from io.TextIOWrapper(stream, encoding="utf-8")


def cut_corpus(lines: Path, target: Path, origin: str, limits: Limits, times: int = 1) -> Corpus:
    """Reads raw lines as the product does, folds and cuts them, writes `target`.

    `times` is that of `write_lines`.
    """
    preload()
    began = time.process_time()
    articles = _last_versions(lines_of(lines, limits))
    read = time.process_time()
    numbers: dict[CategoryPath, int] = {(): 0}
    encoder = msgspec.json.Encoder()
    cutting = 0.0
    token_count = text_bytes = 0
    with target.open("wb") as file:
        for article in articles:
            start = time.process_time()
            cut = [[token for token, _ in tokens(fold(text))] for text in (article.title, article.body)]
            cutting += time.process_time() - start
            token_count += len(cut[0]) + len(cut[1])
            text_bytes += len(article.title.encode()) + len(article.body.encode())
            file.write(encoder.encode(_numbered(article, cut, numbers)) + b"\n")
    return Corpus(
        lines=str(lines),
        cut=str(target),
        origin=origin,
        articles=len(articles),
        originals=len(articles) // times,
        tokens=token_count,
        text_bytes=text_bytes,
        paths=list(numbers),
        reading_seconds=read - began,
        cutting_seconds=cutting,
    )


def lines_of(path: Path, limits: Limits) -> Iterable[Article | Rejection]:
    """What the product reads out of a file of raw lines."""
    return read_articles((str(path),), limits, "jsonl", io.BytesIO())


def _last_versions(items: Iterable[Article | Rejection]) -> list[Article]:
    """The articles without those that a later one of the same id replaces, as in an index."""
    last: dict[str, Article] = {}
    for item in items:
        if isinstance(item, Article):
            last.pop(item.id, None)
            last[item.id] = item
    return list(last.values())


def cut_articles(path: str) -> Iterator[CutArticle]:
    """The articles that `cut_corpus` wrote."""
    decoder = msgspec.json.Decoder(CutArticle)
    with Path(path).open("rb") as file:
        yield from map(decoder.decode, file)


def _numbered(article: Article, cut: list[list[str]], numbers: dict[CategoryPath, int]) -> CutArticle:
    within = tuple(
        numbers.setdefault(path, len(numbers)) for path in prefixes(category_path(article.breadcrumb))
    )
    instant = None if article.published is None else epoch(article.published)
    return CutArticle(
        id=article.id,
        url=article.url or "",
        title=article.title,
        body=article.body,
        source=article.source or "",
        title_tokens=cut[0],
        body_tokens=cut[1],
        published=instant,
        month=0 if instant is None else int(bucket_key(instant, "month").replace("-", "")),
        category=within[-1] if within else 0,
        within=within,
    )
