"""wxsearch index: articles into the index."""

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import click

from wxsearch.cli.options import columns_option, index_option, json_option, open_engine
from wxsearch.cli.output import counted, print_json, progress_bar, say, tell_note, tell_rejection
from wxsearch.cli.upkeep import merge_due
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.ingest.formats import NAMES
from wxsearch.ingest.intake import read_articles, total_bytes
from wxsearch.ingest.source import Item
from wxsearch.ingest.table.columns import ColumnMap
from wxsearch.models import IndexSummary

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
@json_option
def index(
    paths: tuple[str, ...],
    format_: str,
    columns: ColumnMap | None,
    directory: Path | None,
    rebuild: bool,
    as_json: bool,
) -> None:
    """Index articles from files, folders or standard input (-).

    An article whose id is there already is updated. All of a run becomes searchable at
    once, at its end; a run that is interrupted changes nothing.

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
    read = partial(read_articles, paths, settings.limits, format_, sys.stdin.buffer, columns=columns)
    if paths:
        summary = _indexed(engine, read, total_bytes(paths, format_), rebuild=rebuild)
    else:
        summary = _rebuilt(engine)
    if as_json:
        print_json(summary)
    else:
        _tell(summary)
    merge_due(engine)
    sys.exit(3 if summary.rejected else 0)


def _indexed(
    engine: EmbeddedEngine, read: Callable[..., Iterator[Item]], total: int | None, *, rebuild: bool
) -> IndexSummary:
    with progress_bar() as progress:
        taken = 0

        def on_bytes(size: int) -> None:
            nonlocal taken
            taken += size
            progress("reading", taken, total)

        items = read(on_bytes=on_bytes, on_note=tell_note)
        return engine.index(items, rebuild=rebuild, progress=progress)


def _rebuilt(engine: EmbeddedEngine) -> IndexSummary:
    with progress_bar() as progress:
        return engine.rebuild(progress)


def _tell(summary: IndexSummary) -> None:
    click.echo(
        f"{summary.read} read: {summary.added} added, {summary.updated} updated, "
        f"{summary.unchanged} unchanged, {summary.rejected} rejected; "
        f"{counted(summary.total, 'article')} in the index ({summary.seconds:.1f} s)"
    )
    if summary.duplicates:
        say(f"note: {counted(summary.duplicates, 'article')} had an id that came again; the last is kept")
    for rejection in summary.rejections[:_NAMED_ON_TERMINAL]:
        tell_rejection(rejection)
    if summary.rejected > _NAMED_ON_TERMINAL:
        say(f"… and {summary.rejected - _NAMED_ON_TERMINAL} more; --json names them")
