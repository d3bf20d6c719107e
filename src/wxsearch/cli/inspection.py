"""wxsearch stats and check: what the index holds, and whether it is sound."""

import sys
from pathlib import Path

import click

from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import counted, fail, print_json, progress_bar


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


@click.command(epilog="Exit codes: 0 sound; 4 damaged or absent.")
@index_option
@json_option
def check(directory: Path | None, as_json: bool) -> None:
    """Read the whole index and say whether it is sound."""
    engine, _ = open_engine(directory)
    with progress_bar() as progress:
        report = engine.check(progress)
    if as_json:
        print_json(report)
    else:
        click.echo(
            f"{report.state}: {counted(report.articles, 'article')}, "
            f"generation {report.generation} ({report.seconds:.1f} s)"
        )
        for problem in report.problems:
            fail("index_corrupt", problem)
    sys.exit(0 if report.state == "sound" else 4)
