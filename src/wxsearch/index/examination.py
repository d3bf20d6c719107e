"""Checking an index: every byte by its checksum, and structures against the stored articles."""

import re
import time
from collections.abc import Callable, Iterator

import numpy as np
from msgspec.structs import replace

from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.categories import category_path
from wxsearch.errors import Busy, IndexCorrupt, IndexMissing, IndexProblem
from wxsearch.index.families.families import Families
from wxsearch.index.families.upkeep import families_of
from wxsearch.index.segment.alphabet import OTHER
from wxsearch.index.segment.building import Builder, batches
from wxsearch.index.segment.segment import Segment
from wxsearch.index.snapshot import Snapshot, open_snapshot
from wxsearch.index.storage import Storage
from wxsearch.index.verification import check, restore
from wxsearch.models import CheckReport

# Where not all is compared: articles of a segment, and grams of each.
_SAMPLED_ARTICLES = 20
_SAMPLED_GRAMS = 100


def examine(storage: Storage, *, full: bool, on_article: Callable[[int], None]) -> CheckReport:
    """Reads every byte of the kept generations, then compares what they say of the same thing.

    With `full`, each segment is built again from its stored articles, and has to be the same byte
    for byte; else the columns and the lists of some articles are compared with their texts. Raises
    IndexIncompatible, or IndexProblem where the system refuses: neither is damage.
    """
    began = time.monotonic()
    problems: list[str] = []
    notes: tuple[str, ...] = ()
    articles = generation = 0
    try:
        report = check(storage)
        generation = report.generation or 0
        problems += [f"{finding.file}: {finding.detail}" for finding in report.findings]
        notes = (
            *(f"{name}: of a writer at work, or left by one that was killed" for name in report.leftovers),
            *(f"{name}: no file of an index" for name in report.unknown),
        )
        if report.sound:
            snapshot = open_snapshot(storage)
            articles = snapshot.total
            if articles != snapshot.manifest.articles:
                problems.append(
                    f"{articles} live articles, where the manifest says {snapshot.manifest.articles}"
                )
            if full:
                problems += _held_twice(snapshot)
            done = 0
            for live in snapshot.segments:
                problems += _compared(live.segment, _built_anew if full else _sampled)
                done += live.segment.count
                on_article(done)
            if full and not problems:
                problems += _grouped_otherwise(snapshot)
    except IndexMissing:
        return CheckReport(state="absent", articles=0, generation=0, problems=(), seconds=0.0)
    except IndexCorrupt as error:
        problems.append(error.detail)
    return CheckReport(
        state="damaged" if problems else "sound",
        articles=articles,
        generation=generation,
        problems=tuple(problems),
        notes=notes,
        seconds=round(time.monotonic() - began, 3),
    )


def repaired(storage: Storage, report: CheckReport) -> CheckReport:
    """Makes the newest whole generation the newest again; the report of the damage, and of that.

    Where nothing is whole, or another process writes, a problem more says so.
    """
    try:
        whole = restore(storage)
    except (IndexProblem, Busy) as problem:
        told = () if problem.detail in report.problems else (problem.detail,)
        return replace(report, problems=(*report.problems, *told))
    if whole.generation == report.generation:
        return report
    return replace(report, articles=whole.articles, restored=whole.generation)


def _held_twice(snapshot: Snapshot) -> Iterator[str]:
    seen: set[bytes] = set()
    for live in snapshot.segments:
        for _, article_id in live.ids():
            if article_id in seen:
                yield f"{live.segment.name}: {article_id.decode()!r} is held by another segment too"
            seen.add(article_id)


def _grouped_otherwise(snapshot: Snapshot) -> Iterator[str]:
    held = snapshot.families
    live = np.concatenate([np.empty(0, bool), *(each.mask for each in snapshot.segments)])
    anew = families_of([each.segment for each in snapshot.segments], live)
    if _as_sets(held) != _as_sets(anew):
        yield f"{snapshot.manifest.families or 'families'}: not the families that the stored articles make"


def _as_sets(families: Families) -> set[tuple[int, ...]]:
    return {tuple(each.tolist()) for each in np.split(families.members, families.ends[:-1])} - {()}


def _compared(segment: Segment, compare: Callable[[Segment], Iterator[str]]) -> Iterator[str]:
    try:
        yield from compare(segment)
    except Exception as error:  # noqa: BLE001 - there is no end to what reading nonsense may raise
        yield f"{segment.name}: cannot be read ({type(error).__name__}: {error})"


def _built_anew(segment: Segment) -> Iterator[str]:
    builder = Builder(None, lambda _: None, 2**62)
    for batch in batches(map(segment.article, range(segment.count))):
        builder.add(batch)
    built = builder.finished()
    for arrays, held in ((built.postings, segment.posting_arrays), (built.columns, segment.column_arrays)):
        for name, array in arrays.items():
            # How small a frame gets is up to the packer and its dictionary.
            if name != "frame_ends" and not np.array_equal(array, held[name]):
                yield f"{segment.name}: {name} is not what the stored articles say"


def _sampled(segment: Segment) -> Iterator[str]:
    for document in range(0, segment.count, max(1, segment.count // _SAMPLED_ARTICLES)):
        article = segment.article(document)
        texts = fold(article.title), fold(article.body)
        columns = segment.columns
        path = columns.paths[int(columns.path_codes[document])]
        told = (
            columns.find(article.id.encode()),
            columns.label(document),
            tuple(int(lengths[document]) for lengths in segment.lengths),
            path,
            columns.sources[int(columns.source_codes[document])],
        )
        true = (
            document,
            (article.id, article.title),
            tuple(map(len, texts)),
            category_path(article.breadcrumb),
            article.source or "",
        )
        if told != true:
            yield f"{segment.name}: the columns of {article.id!r} are not what its article says"
        if not all(_listed(segment, document, gram, texts) for gram in _some_grams(texts)):
            yield f"{segment.name}: the lists do not hold {article.id!r} as often as its text does"


def _some_grams(texts: tuple[str, str]) -> set[str]:
    grams = [
        text[place : place + size]
        for text in texts
        for size in (1, 2)
        for place in range(len(text) - size + 1)
    ]
    return {gram for gram in grams[:: max(1, len(grams) // _SAMPLED_GRAMS)] if gram != SEPARATOR}


def _listed(segment: Segment, document: int, gram: str, texts: tuple[str, str]) -> bool:
    numbers = segment.dictionary.numbers(gram)
    found = None if numbers is None else segment.dictionary.gram(numbers)
    if numbers is None or found is None:
        return False
    place = int(np.searchsorted(found.documents, document))
    if place == len(found.documents) or found.documents[place] != document:
        return False
    counts = found.counts(found.documents[place : place + 1], found.values[place : place + 1])
    overlapping = re.compile(f"(?={re.escape(gram)})")
    true = [sum(1 for _ in overlapping.finditer(text)) for text in texts]
    return OTHER in numbers or [int(count[0]) for count in counts] == true
