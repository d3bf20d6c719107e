"""wxsearch stats and check: what the index holds, and whether it is sound."""

import sys
from pathlib import Path

import click

from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import counted, fail, plain, print_json, progress_bar, say
from wxsearch.index.names import LEDGER
from wxsearch.ingest.ledger import forget
from wxsearch.models import CheckReport


@click.command()
@index_option
@json_option
def stats(directory: Path | None, as_json: bool) -> None:
    """Show what the index holds."""
    engine, _ = open_engine(directory)
    statistics = engine.statistics()
    if as_json:
        print_json(statistics)
        return
    click.echo(f"articles    {statistics.articles} ({statistics.undated} without a time)")
    click.echo(f"time        {statistics.first or '-'} to {statistics.last or '-'}")
    click.echo(f"categories  {statistics.categories}")
    click.echo(f"sources     {statistics.sources}")
    click.echo(f"size        {statistics.bytes / 1e6:.2f} MB in {counted(statistics.segments, 'segment')}")
    click.echo(f"generation  {statistics.generation}")


@click.command(
    epilog="Exit codes: 0 sound; 4 damaged, also where it could be restored, absent, or not to be read."
)
@index_option
@click.option("--full", is_flag=True, help="Compare all structures with the stored articles, not a sample.")
@json_option
def check(directory: Path | None, full: bool, as_json: bool) -> None:
    """Read the whole index and say whether it is sound.

    Where the newest generation is damaged, nobody writes until this has run: it makes the
    newest whole generation the newest again, and says so.
    """
    engine, _ = open_engine(directory)
    with progress_bar() as progress:
        report = engine.check(progress, full=full)
    if report.state == "damaged":
        # Files that were read since the generation that is left have to be read again.
        forget(engine.directory / LEDGER)
    if as_json:
        print_json(report)
    else:
        _tell(report)
    sys.exit(0 if report.state == "sound" else 4)


def _tell(report: CheckReport) -> None:
    click.echo(
        f"{report.state}: {counted(report.articles, 'article')}, "
        f"generation {report.generation} ({report.seconds:.1f} s)"
    )
    for problem in report.problems:
        fail("index_corrupt", plain(problem))
    for note in report.notes:
        say(f"note: {plain(note)}")
    if report.restored is not None:
        say(
            f"restored: generation {report.restored} has the {counted(report.articles, 'article')} of the"
            " newest whole one; index again what came after it"
        )
