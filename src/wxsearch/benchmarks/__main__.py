"""`python -m wxsearch.benchmarks`, or `make bench`; see docs/benchmarks.md."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import msgspec
from rich.console import Console

from wxsearch.benchmarks.corpus import corpora_folder, cut_corpus, write_lines
from wxsearch.benchmarks.lineup import ENGINES, chosen
from wxsearch.benchmarks.machine import describe_machine, loads
from wxsearch.benchmarks.measurement import ask_in_turn, build_all
from wxsearch.benchmarks.product import measure_product
from wxsearch.benchmarks.queries import draw_questions
from wxsearch.benchmarks.report import Report, describe_material, report_engines, yardstick
from wxsearch.benchmarks.table import print_report
from wxsearch.errors import WxsearchError
from wxsearch.settings import load_settings

_SHORT_ARTICLES, _SHORT_QUERIES, _SHORT_ROUNDS = 3_000, 0.4, 2
_QUERIES, _ROUNDS = 1.0, 3
# Narrower than this the table would cut its cells.
_NARROWEST = 140


@click.command()
@click.option("--articles", type=click.IntRange(min=10), help="Only so many articles, from the first on.")
@click.option(
    "--queries", type=click.FloatRange(min=0, min_open=True), help="Share of the questions: 1 is 305."
)
@click.option("--rounds", type=click.IntRange(min=1), help="How often each question is asked.")
@click.option(
    "--short", is_flag=True, help="The form for CI: 3,000 articles, 0.4 of the questions, 2 rounds."
)
@click.option("--engines", default=",".join(ENGINES), show_default=True, help="Which, separated by commas.")
@click.option("--json", "target", type=click.Path(path_type=Path), default="bench.json", show_default=True)
def bench(
    articles: int | None,
    queries: float | None,
    rounds: int | None,
    short: bool,
    engines: str,
    target: Path,
) -> None:
    """Measure wxsearch beside other engines on the same articles and questions.

    The articles are those of $WXSEARCH_CORPORA where that is set, else generated.
    """
    names = chosen([name.strip() for name in engines.split(",") if name.strip()])
    with TemporaryDirectory(prefix="wxsearch-bench-") as folder:
        report = run(
            names,
            Path(folder),
            articles=articles or (_SHORT_ARTICLES if short else None),
            scale=queries or (_SHORT_QUERIES if short else _QUERIES),
            rounds=rounds or (_SHORT_ROUNDS if short else _ROUNDS),
        )
    target.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")
    console = Console()
    print_report(report, console if console.width >= _NARROWEST else Console(width=_NARROWEST))


def run(names: tuple[str, ...], folder: Path, *, articles: int | None, scale: float, rounds: int) -> Report:
    """A whole run in an empty folder; progress goes to standard error."""
    load_before = loads()
    limits = load_settings({}).limits
    corpora = corpora_folder()
    origin = write_lines(corpora, articles, folder / "lines.jsonl")
    corpus = cut_corpus(folder / "lines.jsonl", folder / "cut.jsonl", origin, limits)
    _say(f"{corpus.articles} articles read and cut")
    questions = draw_questions(corpus, corpora, scale)
    built = build_all(names, corpus, folder, _say)
    asked = ask_in_turn(names, corpus, folder, questions.asked, rounds, _say)
    product = measure_product(folder / "wxsearch", questions.typed, limits) if "wxsearch" in names else None
    return Report(
        machine=describe_machine(load_before),
        material=describe_material(corpus, questions.asked, rounds),
        yardstick=yardstick(names),
        engines=report_engines(corpus, questions.asked, built, asked),
        product=product,
    )


def _say(message: str) -> None:
    click.echo(message, err=True)


def main() -> None:
    """Runs the command; errors of ours end it with their code and a sentence."""
    try:
        bench(prog_name="python -m wxsearch.benchmarks")
    except WxsearchError as error:
        click.echo(f"error [{error.code}]: {error.detail}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
