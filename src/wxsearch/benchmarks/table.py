"""The report as tables for people."""

from collections.abc import Iterable, Iterator

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from wxsearch.benchmarks.comparison import ALL, YARDSTICK, EngineReport
from wxsearch.benchmarks.gates import Gate
from wxsearch.benchmarks.growth import Growth
from wxsearch.benchmarks.product import Product
from wxsearch.benchmarks.report import Report

_MB = 1e6


def print_report(report: Report, console: Console) -> None:
    """Tables, a row a figure and a column an engine, and what they rest on.

    Tables are Markdown, so that they can be kept as they are printed.
    """
    _print_lines(_about(report), console)
    _print_table(list(report.engines), _rows(report.engines), console)
    if product := report.product:
        _print_lines(_alone(product), console)
    if grown := report.growth:
        _print_lines([f"Growth of p50 from {grown.smaller:,} to {grown.larger:,} articles:"], console)
        _print_table(list(grown.medians), _growth_rows(grown), console)
    if report.gates:
        _print_lines(["Required of wxsearch:"], console)
        _print_table(["required", "measured", ""], map(_gate_row, report.gates), console)


def _print_lines(lines: Iterable[str], console: Console) -> None:
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def _print_table(columns: list[str], rows: Iterable[tuple[str, list[str]]], console: Console) -> None:
    table = Table(box=MARKDOWN)
    table.add_column("", no_wrap=True)
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    for label, figures in rows:
        table.add_row(label, *figures)
    console.print(table)


def _about(report: Report) -> Iterator[str]:
    material, machine = report.material, report.machine
    first = next(iter(report.engines.values()))
    yield (
        f"{material.articles:,} articles ({material.origin}), {material.tokens:,} tokens, "
        f"{material.text_bytes / _MB:.1f} MB of text; rounds: {material.rounds}; questions: "
        + ", ".join(
            f"{count} {kind} ({first.timings[kind].without_hits} without hits)"
            for kind, count in material.questions.items()
        )
    )
    yield ", ".join(f"{name} {engine.version}" for name, engine in report.engines.items()) + (
        f"; Python {machine.python}, {machine.cores} cores of {machine.processor}; "
        f"load {machine.load_before[0]} before, {machine.load_after[0]} after"
    )
    yield (
        "ms: processor time, p50 / p95 / p99. x: geometric mean of the ratios to tantivy's, question by "
        f"question. equal, no lower, shared: than or with {report.yardstick}'s. own: shared with no other "
        "process. ~: derived. all: without heavy."
    )


def _rows(report: dict[str, EngineReport]) -> Iterator[tuple[str, list[str]]]:
    engines = list(report.values())
    kinds = list(engines[0].timings)
    for kind in kinds:
        yield f"{kind}, ms", [_spread(engine.timings[kind].cpu_ms) for engine in engines]
    yield f"{ALL}, wall ms", [_spread(engine.timings[ALL].wall_ms) for engine in engines]
    if engines[0].timings[ALL].ratio is not None:
        for kind in kinds:
            yield f"{kind}, x", [f"{engine.timings[kind].ratio:.2f}" for engine in engines]
    if YARDSTICK in report:
        theirs = report[YARDSTICK].timings[ALL].cpu_ms["p99"]
        yield f"{ALL}, p99 x", [f"{engine.timings[ALL].cpu_ms['p99'] / theirs:.2f}" for engine in engines]
    for kind in kinds:
        yield f"{kind}, counts equal", [f"{engine.agreement[kind].counts_equal:.0%}" for engine in engines]
    yield f"{ALL}, totals no lower", [f"{engine.agreement[ALL].totals_reached:.0%}" for engine in engines]
    yield f"{ALL}, top 10 shared", [f"{engine.agreement[ALL].top_shared:.0%}" for engine in engines]
    yield "articles/CPU s from lines", [_rate(engine, "from_lines") for engine in engines]
    yield "articles/CPU s from tokens", [_rate(engine, "from_tokens") for engine in engines]
    yield "index bytes / text bytes", [f"{engine.bytes_ratio:.2f}" for engine in engines]
    yield "peak MB indexing", [_megabytes(engine.peak_indexing_bytes) for engine in engines]
    yield "peak MB searching", [_megabytes(engine.peak_searching_bytes) for engine in engines]
    yield "own MB, opened", [_megabytes(engine.opened_bytes) for engine in engines]
    yield "own MB, all asked", [_megabytes(engine.own_bytes) for engine in engines]


def _alone(product: Product) -> Iterator[str]:
    strings = product.containment
    yield (
        f"wxsearch: typed query to tree {product.typed_to_tree_ms:.3f} ms of processor time, to its whole "
        f"first page {product.page_ms['typed']:.1f} ms, of a word {product.page_ms['word']:.1f} ms; "
        f"the second stage of ranking adds {product.second_stage_ms:.2f} ms, "
        f"{product.second_stage_x:.2f} times what its answer takes without it; "
        f"`wxsearch search` of one word in a fresh process {product.fresh_search_ms:.0f} ms of wall time"
    )
    yield (
        f"wxsearch: {strings.strings} frequent strings that are no words, processor time, p50 / worst: "
        f"first {_middle_and_worst(strings.first_ms)} ms, again {_middle_and_worst(strings.again_ms)} ms; "
        f"slowest at first: {strings.slowest!r}"
    )


def _growth_rows(grown: Growth) -> Iterator[tuple[str, list[str]]]:
    for kind in next(iter(grown.medians.values()), ()):
        yield f"{kind}, growth", [f"{ratios[kind]:.2f}" for ratios in grown.medians.values()]


def _gate_row(gate: Gate) -> tuple[str, list[str]]:
    bound = f"≤ {gate.most:.4g}" if gate.most is not None else f"≥ {gate.least:.4g}"
    return gate.figure, [bound, f"{gate.measured:.4g}", "reached" if gate.reached else "missed"]


def _spread(figures: dict[str, float]) -> str:
    return " / ".join(_three_digits(figures[name]) for name in ("p50", "p95", "p99"))


def _middle_and_worst(figures: dict[str, float]) -> str:
    return f"{_three_digits(figures['p50'])} / {_three_digits(figures['max'])}"


def _megabytes(size: int | None) -> str:
    return "" if size is None else f"{size / _MB:.0f}"


def _three_digits(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def _rate(engine: EngineReport, given: str) -> str:
    mark = "~" if engine.indexing.derived == given else ""
    return f"{mark}{getattr(engine.indexing, given):,.0f}"
