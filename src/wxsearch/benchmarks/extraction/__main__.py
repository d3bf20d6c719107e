"""`python -m wxsearch.benchmarks.extraction`, or `make pages`; see docs/ingest.md."""

import sys
from pathlib import Path

import click
import msgspec
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from wxsearch.benchmarks.command import run_command
from wxsearch.benchmarks.extraction.agreement import FIELDS
from wxsearch.benchmarks.extraction.measurement import DOUBTFUL, Miss, Reading, measure
from wxsearch.benchmarks.extraction.pages import Judged, read_pages
from wxsearch.benchmarks.extraction.readers import READERS, readers

REQUIRED = {"title": 0.98, "published": 0.98, "source": 0.93, "breadcrumb": 0.93, "body": 0.97}
_PAGES_A_SECOND, _BAR_MEGABYTES = 100.0, 0.06


@click.command()
@click.option("--readers", "names", default=",".join(READERS), show_default=True, help="By commas.")
@click.option(
    "--rounds", type=click.IntRange(min=1), default=3, show_default=True, help="The fastest counts."
)
@click.option("--misses", is_flag=True, help="Name each page that wxsearch read otherwise than a person.")
@click.option("--gate", is_flag=True, help="Exit with 1 where a required figure is missed.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Write all figures to this file.")
def extraction(names: str, rounds: int, misses: bool, gate: bool, target: Path | None) -> None:
    """Read the judged pages of $WXSEARCH_CORPORA and compare with what people read there."""
    chosen = readers(names.split(","))
    pages = read_pages()
    results = {name: measure(read, version, pages, rounds) for name, (read, version) in chosen.items()}
    _print(pages, results)
    if target is not None:
        target.write_bytes(msgspec.json.format(msgspec.json.encode(results)))
    if own := results.get("wxsearch"):
        for miss in own.misses if misses else ():
            click.echo(_told(miss))
        missed = _missed(own)
        for line in missed:
            click.echo(f"missed: {line}")
        if gate and missed:
            sys.exit(1)


def _print(pages: list[Judged], results: dict[str, Reading]) -> None:
    size = sum(len(page.data) for page in pages) / len(pages) / 1e3
    click.echo(f"{len(pages)} pages of {size:.0f} kB on average; a share of those that were judged is right")
    table = Table(box=MARKDOWN)
    table.add_column("")
    for name, reading in results.items():
        table.add_column(f"{name} {reading.version}", justify="right")
    for field in FIELDS:
        table.add_row(field, *(_share(reading.share(field)) for reading in results.values()))
    table.add_row("body, mean F1", *(_share(reading.body) for reading in results.values()))
    table.add_row("body, worst F1", *(_share(reading.worst_body) for reading in results.values()))
    table.add_row("pages not read", *(str(reading.failed) for reading in results.values()))
    table.add_row("pages / CPU s", *(f"{reading.pages_a_second:.0f}" for reading in results.values()))
    table.add_row("MB / CPU s", *(f"{reading.megabytes_a_second:.1f}" for reading in results.values()))
    console = Console()
    (console if console.width >= 80 else Console(width=80)).print(table)


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _told(miss: Miss) -> str:
    if miss.field == "body":
        return f"{miss.page}: body has an F1 of {miss.found}, below {DOUBTFUL}"
    return f"{miss.page}: {miss.field} is {miss.found!r}, a person reads {miss.expected!r}"


def _missed(own: Reading) -> list[str]:
    """The required figures that were not reached."""
    got = {**{field: own.share(field) for field in FIELDS}, "body": own.body}
    lines = [
        f"{name} is {_share(value)}, required is {REQUIRED[name]}"
        for name, value in got.items()
        if value is not None and value < REQUIRED[name]
    ]
    # The bar is for pages of 60 kB; where those here are larger, their bytes count.
    rate = max(own.pages_a_second, own.megabytes_a_second / _BAR_MEGABYTES)
    if rate < _PAGES_A_SECOND:
        lines.append(f"{rate:.0f} pages of 60 kB a second, required are {_PAGES_A_SECOND:.0f}")
    return lines


if __name__ == "__main__":
    run_command(extraction, "python -m wxsearch.benchmarks.extraction")
