"""wxsearch index: articles into the index."""

import sys
from collections.abc import Callable, Collection
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import click
from msgspec.structs import replace

from wxsearch.cli.index_run import IndexRun, joined
from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import (
    counted,
    print_json,
    progress_bar,
    say,
    tell_note,
    tell_note_counts,
    tell_rejection,
    tell_trouble,
)
from wxsearch.cli.reading_options import columns_option, jobs_option, open_rejects
from wxsearch.cli.upkeep import merge_due
from wxsearch.engines.base import Progress
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.index.names import LEDGER
from wxsearch.ingest.formats import NAMES, format_named
from wxsearch.ingest.intake import total_bytes
from wxsearch.ingest.ledger import Ledger, Outcome, forget
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.notes import NoteCounts
from wxsearch.ingest.paths import Input, find_inputs
from wxsearch.ingest.rules import rules_of
from wxsearch.ingest.table.columns import ColumnMap
from wxsearch.ingest.workers.pool import Pool, jobs_for
from wxsearch.models import IndexSummary
from wxsearch.settings import Settings

_NAMED_ON_TERMINAL = 20


@click.command(
    epilog="Exit codes: 0 done; 3 done, but some articles were rejected; 4 trouble with the index."
)
@click.argument("paths", nargs=-1, metavar="[PATH…|-]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(NAMES),
    default="auto",
    show_default=True,
    help="What the files are; auto goes by name and content.",
)
@columns_option
@index_option
@click.option(
    "--rebuild",
    is_flag=True,
    help="Replace everything that is in the index; without a PATH, by the articles that it has stored.",
)
@click.option(
    "--again", is_flag=True, help="Also read files of folders that are what they were when they were read."
)
@jobs_option
@json_option
def index(  # noqa: PLR0913, PLR0917 (one for each option)
    paths: tuple[str, ...],
    format_: str,
    columns: ColumnMap | None,
    directory: Path | None,
    rebuild: bool,
    again: bool,
    jobs: int | None,
    as_json: bool,
) -> None:
    """Index articles from files, folders or standard input (-).

    An article whose id is there already is updated. A run becomes searchable at its end,
    a long one over folders in parts; files of folders that were read are skipped the next time.

    \b
    Examples:
      wxsearch index sample
      wxsearch index news.jsonl.zst pages/ --index /srv/news
      zcat export.gz | wxsearch index - --format jsonl
      wxsearch index export.csv --columns map.toml
      wxsearch index --rebuild
    """
    if not paths and not rebuild:
        raise click.UsageError("name files or folders to index, or - for standard input")
    engine, settings = open_engine(directory)
    summary = (
        _indexed(
            engine,
            settings,
            paths,
            _Choice(
                Manner(format_, columns, settings.ingest.site_rules, settings.ingest.host),
                jobs,
                rebuild,
                again,
            ),
        )
        if paths
        else _rebuilt(engine)
    )
    tell_note_counts(summary.notes)
    if as_json:
        print_json(summary)
    else:
        _tell(summary)
    if summary.total:
        merge_due(engine)
    sys.exit(3 if summary.rejected else 0)


class _Choice(NamedTuple):
    """What is asked for beside the paths."""

    manner: Manner
    jobs: int | None
    rebuild: bool
    again: bool


def _indexed(
    engine: EmbeddedEngine, settings: Settings, paths: tuple[str, ...], choice: _Choice
) -> IndexSummary:
    limits = settings.limits
    inputs = find_inputs(paths, format_named(choice.manner.format), tell_note)
    notes = NoteCounts(tell_note)
    file = engine.directory / LEDGER
    if choice.rebuild:
        # What it says would not be true once the articles are replaced.
        forget(file)
    with progress_bar() as progress, closing(Ledger(file, rules_of(limits, choice.manner))) as ledger:
        done: dict[Input, Outcome] = {}
        if not choice.again:
            done = _done(inputs, ledger, progress)
        to_read = [found for found in inputs if found not in done]
        run = IndexRun(
            engine, ledger, open_rejects(engine, settings), choice.manner, limits.rejections, tell_trouble
        )
        jobs = jobs_for(to_read, choice.jobs or settings.ingest.jobs)
        with Pool(limits, choice.manner, jobs, _adder(progress, to_read), notes.hear) as pool:
            summary = run.index(
                to_read,
                pool.read(to_read),
                progress,
                part=None if choice.rebuild else settings.ingest.publish_articles,
                rebuild=choice.rebuild,
            )
    return replace(joined(_remembered(done.values()), summary, limits.rejections), notes=notes.counts())


def _done(inputs: list[Input], ledger: Ledger, progress: Progress) -> dict[Input, Outcome]:
    """The files of folders that need not be read, with what came of them."""
    done: dict[Input, Outcome] = {}
    for number, found in enumerate(inputs, 1):
        if not found.named and (outcome := ledger.find(found.path)) is not None:
            done[found] = outcome
        progress("comparing", number, len(inputs))
    return done


def _remembered(outcomes: Collection[Outcome]) -> IndexSummary:
    """What reading files again would have told."""
    articles = sum(outcome.articles for outcome in outcomes)
    rejections = tuple(chain.from_iterable(outcome.rejections for outcome in outcomes))
    return IndexSummary(
        read=articles + len(rejections),
        added=0,
        updated=0,
        unchanged=articles,
        rejected=len(rejections),
        duplicates=0,
        total=0,
        generation=0,
        seconds=0.0,
        skipped=len(outcomes),
        rejections=rejections,
    )


def _adder(progress: Progress, inputs: list[Input]) -> Callable[[int], None]:
    """Who hears of bytes one after the other, and shows their sum."""
    total = total_bytes(inputs)
    taken = 0

    def add(size: int) -> None:
        nonlocal taken
        taken += size
        progress("reading", taken, total)

    return add


def _rebuilt(engine: EmbeddedEngine) -> IndexSummary:
    with progress_bar() as progress:
        return engine.rebuild(progress)


def _tell(summary: IndexSummary) -> None:
    click.echo(
        f"{summary.read} read: {summary.added} added, {summary.updated} updated, "
        f"{summary.unchanged} unchanged, {summary.rejected} rejected; "
        f"{counted(summary.total, 'article')} in the index ({summary.seconds:.1f} s)"
    )
    if summary.skipped:
        say(f"note: {counted(summary.skipped, 'file')} skipped, unchanged since read; --again reads all")
    if summary.duplicates:
        say(f"note: {counted(summary.duplicates, 'article')} had an id that came again; the last is kept")
    for rejection in summary.rejections[:_NAMED_ON_TERMINAL]:
        tell_rejection(rejection)
    if summary.rejected > _NAMED_ON_TERMINAL:
        say(f"… and {summary.rejected - _NAMED_ON_TERMINAL} more; --json names them")
