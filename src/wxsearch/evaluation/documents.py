"""The documents of a collection as articles, and a hash that tells them from others.

They are docs.jsonl or docs.jsonl.zst: a JSON object a line with id, text and maybe title;
other keys say nothing here. A folder `docs` stands for what `wxsearch index` reads in it.
"""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from wxsearch.errors import IngestProblem, InvalidArticle, InvalidCollection
from wxsearch.evaluation.lines import read_lines, wrong_line
from wxsearch.ingest.characters import replace_unstorable
from wxsearch.ingest.intake import read_articles
from wxsearch.ingest.json_values import read_object
from wxsearch.ingest.paths import find_inputs
from wxsearch.ingest.record import article_of
from wxsearch.limits import Limits
from wxsearch.models import Article

OnBytes = Callable[[int], None]

_NAMES = ("docs.jsonl", "docs.jsonl.zst", "docs")


def find_documents(folder: Path) -> Path:
    """Where the documents of a collection are; raises InvalidCollection where there are none, or two."""
    found = [folder / name for name in _NAMES if (folder / name).exists()]
    if len(found) != 1:
        which = " and ".join(path.name for path in found) or "none"
        raise InvalidCollection(f"{folder}: one of {', '.join(_NAMES)} holds the documents; there is {which}")
    return found[0]


def fingerprint(documents: Path) -> str:
    """16 hexadecimal digits of the bytes of the documents, and of where each file of a folder lies."""
    total = hashlib.blake2b(digest_size=8)
    try:
        for file in _files(documents):
            with file.open("rb") as opened:
                content = hashlib.file_digest(opened, "sha256").digest()
            place = str(file.relative_to(documents.resolve())) if documents.is_dir() else ""
            total.update(f"{place}\0".encode("utf-8", "surrogateescape") + content)
    except OSError as error:
        raise InvalidCollection(f"{documents}: cannot be read ({error.strerror})") from None
    return total.hexdigest()


def total_size(documents: Path) -> int:
    """How many bytes `on_bytes` of read_documents will hear of."""
    return sum(file.stat().st_size for file in _files(documents))


def read_documents(documents: Path, limits: Limits, on_bytes: OnBytes | None = None) -> Iterator[Article]:
    """The documents as articles, each id once; raises InvalidCollection with file and line."""
    read = _from_articles if documents.is_dir() else _from_lines
    places: dict[str, str] = {}
    for place, article in read(documents, limits, on_bytes):
        if article.id.split() != [article.id]:
            raise InvalidCollection(f"{place}: the id {article.id!r} has white space in it")
        if article.id in places:
            raise InvalidCollection(
                f"{place}: the id {article.id!r} was that of {places[article.id]} already"
            )
        places[article.id] = place
        yield article


def _from_lines(path: Path, limits: Limits, on_bytes: OnBytes | None) -> Iterator[tuple[str, Article]]:
    for number, line in read_lines(path, limits, on_bytes):
        try:
            article = _article(line, limits)
        except IngestProblem as problem:
            raise wrong_line(path, number, problem.detail) from None
        if article is None:
            raise wrong_line(path, number, "has no id")
        yield f"{path}, line {number}", article


def _article(line: str, limits: Limits) -> Article | None:
    record = read_object(line)
    if not isinstance(record.get("text"), str | None):
        raise InvalidArticle("text must be text")
    shown = {"id": record.get("id"), "title": record.get("title"), "body": record.get("text")}
    shown, _ = replace_unstorable(shown)
    if shown["id"] in (None, ""):
        return None
    if shown["title"] in (None, "") and shown["body"] in (None, ""):
        # Nothing finds it, but it was judged, and counts among the documents.
        return Article(id=str(shown["id"]))
    return article_of(shown, limits)


def _from_articles(folder: Path, limits: Limits, on_bytes: OnBytes | None) -> Iterator[tuple[str, Article]]:
    try:
        for number, item in enumerate(read_articles([str(folder)], limits, on_bytes=on_bytes), 1):
            if not isinstance(item, Article):
                place = f"{item.path}, {item.place}" if item.place else item.path
                raise InvalidCollection(f"{place}: {item.reason}")
            yield f"{folder}, article {number}", item
    except IngestProblem as problem:
        raise InvalidCollection(problem.detail) from None


def _files(documents: Path) -> list[Path]:
    if not documents.is_dir():
        return [documents]
    try:
        return [Path(found.path).resolve() for found in find_inputs([str(documents)])]
    except IngestProblem as problem:
        raise InvalidCollection(problem.detail) from None
