"""wxsearch evaluate: how good the ranking is, on a collection with judgements."""

import os
from collections.abc import Mapping
from pathlib import Path

import click
from msgspec import UNSET, UnsetType

from wxsearch.cli.options import json_option
from wxsearch.cli.output import counted, plain, print_json, progress_bar, say
from wxsearch.evaluation.ablation import ablate
from wxsearch.evaluation.bootstrap import Figure
from wxsearch.evaluation.collection import read_collection
from wxsearch.evaluation.comparison import Comparison, compare
from wxsearch.evaluation.report import Report, make_report
from wxsearch.evaluation.retrieval import indexed, retrieve
from wxsearch.evaluation.trec import read_run, write_run
from wxsearch.settings import load_settings

_PATH = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(epilog="Exit codes: 0 done; 2 wrong use, or DIR is no collection; 4 trouble with the index.")
@click.argument("folder", metavar="DIR", type=_PATH)
@click.option(
    "--run", "run_file", metavar="FILE", type=_FILE, help="Write a TREC run of 100 results a query."
)
@click.option("--against", metavar="RUNFILE", type=_FILE, help="Compare query by query with an earlier run.")
@click.option(
    "--index",
    "kept",
    metavar="DIR",
    type=_PATH,
    help="Keep the index in a folder below DIR, and use it again for the same documents.",
)
@click.option("--ablation", is_flag=True, help="Evaluate again with each part of the ranking left out.")
@json_option
def evaluate(
    folder: Path,
    run_file: Path | None,
    against: Path | None,
    kept: Path | None,
    ablation: bool,
    as_json: bool,
) -> None:
    """Measure the ranking on a collection: documents, queries and judgements.

    DIR has docs.jsonl or docs.jsonl.zst (id, text and maybe title), or a folder docs of articles as
    `wxsearch index` reads them; queries.tsv (id, TAB, text); qrels.txt (TREC); and maybe
    qrels-….txt, other judgements of the same queries. A query is plain text, of which any word may match.

    \b
    Examples:
      wxsearch evaluate tests/relevance/sample
      wxsearch evaluate news --index kept --run before.run
      WXSEARCH_RANKING_B=0.4 wxsearch evaluate news --index kept --against before.run
      wxsearch evaluate news --ablation
    """
    if ablation and (run_file or against):
        raise click.UsageError("--ablation makes runs of its own; leave out --run and --against")
    if run_file and not run_file.parent.is_dir():
        raise click.UsageError(f"--run: there is no folder {run_file.parent}")
    if ablation:
        _print_ablation(folder, kept, as_json=as_json)
        return
    report = _evaluated(folder, run_file, against, kept)
    if as_json:
        print_json(report)
    else:
        _print_report(report)


def _evaluated(folder: Path, run_file: Path | None, against: Path | None, kept: Path | None) -> Report:
    settings = load_settings()
    collection = read_collection(folder, settings.limits)
    earlier = None if against is None else read_run(against, settings.limits)
    with progress_bar() as progress, indexed(collection.documents, settings, kept, progress) as index:
        retrieved = retrieve(index.directory, collection.queries, settings, progress)
    if run_file is not None:
        write_run(run_file, retrieved.rankings)
    comparison: Comparison | UnsetType = UNSET
    if earlier is not None:
        comparison = compare(collection, retrieved.ranked(), earlier, str(against))
    return make_report(collection, retrieved, index.seconds, comparison)


def _print_ablation(folder: Path, kept: Path | None, *, as_json: bool) -> None:
    collection = read_collection(folder, load_settings().limits)
    with progress_bar() as progress:
        reports = dict(ablate(collection, os.environ, kept, progress))
    if as_json:
        print_json(reports)
        return
    for number, (name, report) in enumerate(reports.items()):
        if number:
            click.echo(f"\n{name}")
            _print_figures(report.measures)
            _print_comparison(report)
        else:
            _print_report(report)


def _print_report(report: Report) -> None:
    for note in report.notes:
        say(f"note: {plain(note)}")
    click.echo(
        f"{plain(report.collection)}: {counted(report.documents, 'document')}, "
        f"{report.queries} queries, {report.judged} of them judged"
    )
    _print_figures(report.measures)
    for name, other in report.others.items():
        click.echo(f"\nby {plain(name)}: {other.judged} judged")
        _print_figures(other.measures)
    _print_comparison(report)
    times = report.milliseconds_a_query
    indexing = (
        "index used again" if report.index_seconds is None else f"indexed in {report.index_seconds:.1f} s"
    )
    click.echo(
        f"\n{indexing}; a query takes {times['p50']:.1f} ms at the median, {times['p95']:.1f} ms at p95"
    )


def _print_figures(measures: Mapping[str, Figure]) -> None:
    click.secho(f"  {'':<8}{'mean':>8}   95 % interval", dim=True)
    for name, figure in measures.items():
        click.echo(f"  {name:<8}{figure.mean:8.4f}   {figure.low:.4f} … {figure.high:.4f}")


def _print_comparison(report: Report) -> None:
    if isinstance(report.against, UnsetType):
        return
    click.echo(f"\nagainst {plain(report.against.run)}")
    click.secho(
        f"  {'':<8}{'change':>8}   {'95 % interval':<19}{'better':>8}{'worse':>8}{'equal':>8}", dim=True
    )
    for name, change in report.against.measures.items():
        click.echo(
            f"  {name:<8}{change.mean:+8.4f}   {change.low:+.4f} … {change.high:+.4f}"
            f"{change.better:>8}{change.worse:>8}{change.equal:>8}"
        )
