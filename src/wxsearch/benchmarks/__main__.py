"""`python -m wxsearch.benchmarks`, or `make bench`; see docs/benchmarks.md."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console

from wxsearch.benchmarks.command import run_command
from wxsearch.benchmarks.lineup import ENGINES
from wxsearch.benchmarks.options import Options
from wxsearch.benchmarks.report import write_report
from wxsearch.benchmarks.run import run
from wxsearch.benchmarks.table import print_report

# Narrower than this the table would cut its cells.
_NARROWEST = 140
_FILE = click.Path(path_type=Path)


@click.command()
@click.option("--articles", type=click.IntRange(min=10), help="Only so many articles, from the first on.")
@click.option("--times", type=click.IntRange(min=1), default=1, help="So many times the articles, by copies.")
@click.option(
    "--queries", type=click.FloatRange(min=0, min_open=True), help="Share of the questions: 1 is 305."
)
@click.option("--rounds", type=click.IntRange(min=1), help="How often each question is asked.")
@click.option(
    "--short", is_flag=True, help="The form for CI: 3,000 articles, 0.4 of the questions, 2 rounds."
)
@click.option("--engines", default=",".join(ENGINES), show_default=True, help="Which, separated by commas.")
@click.option("--compare", type=_FILE, help="bench.json of another --times, to tell how times grow.")
@click.option("--gate", is_flag=True, help="Exit with 1 where a required figure is missed.")
@click.option("--json", "target", type=_FILE, default="bench.json", show_default=True)
def bench(**given: Any) -> None:
    """Measure wxsearch beside other engines on the same articles and questions.

    The articles are those of $WXSEARCH_CORPORA where that is set, else generated.
    """
    options = Options(**given)
    with TemporaryDirectory(prefix="wxsearch-bench-") as folder:
        report = run(options, Path(folder), lambda message: click.echo(message, err=True))
    write_report(report, options.target)
    console = Console()
    print_report(report, console if console.width >= _NARROWEST else Console(width=_NARROWEST))
    if options.gate and not all(gate.reached for gate in report.gates):
        sys.exit(1)


if __name__ == "__main__":
    run_command(bench, "python -m wxsearch.benchmarks")
