"""The report as a table for people."""

from collections.abc import Iterator

from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from wxsearch.benchmarks.report import ALL, EngineReport, Report

_MB = 1e6


def print_report(report: Report, console: Console) -> None:
    """One table, a row a figure and a column an engine, and what it rests on.

    The table is Markdown, so that it can be kept as it is printed.
    """
    for line in _about(report):
        console.print(line, highlight=False, soft_wrap=True)
    table = Table(box=MARKDOWN)
    table.add_column("", no_wrap=True)
    for name in report.engines:
        table.add_column(name, justify="right", no_wrap=True)
    for label, figures in _rows(list(report.engines.values())):
        table.add_row(label, *figures)
    console.print(table)
    if product := report.product:
        console.print(
            f"wxsearch: typed query to tree {product.typed_to_tree_ms:.3f} ms of processor time; "
            f"`wxsearch search` in a fresh process {product.fresh_search_ms:.0f} ms of wall time",
            highlight=False,
            soft_wrap=True,
        )


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
        f"question. equal, shared: with {report.yardstick}'s. ~: derived. all: without heavy."
    )


def _rows(engines: list[EngineReport]) -> Iterator[tuple[str, list[str]]]:
    kinds = list(engines[0].timings)
    for kind in kinds:
        yield f"{kind}, ms", [_spread(engine.timings[kind].cpu_ms) for engine in engines]
    yield f"{ALL}, wall ms", [_spread(engine.timings[ALL].wall_ms) for engine in engines]
    if engines[0].timings[ALL].ratio is not None:
        for kind in kinds:
            yield f"{kind}, x", [f"{engine.timings[kind].ratio:.2f}" for engine in engines]
    for kind in kinds:
        yield f"{kind}, counts equal", [f"{engine.agreement[kind].counts_equal:.0%}" for engine in engines]
    yield f"{ALL}, top 10 shared", [f"{engine.agreement[ALL].top_shared:.0%}" for engine in engines]
    yield "articles/CPU s from lines", [_rate(engine, "from_lines") for engine in engines]
    yield "articles/CPU s from tokens", [_rate(engine, "from_tokens") for engine in engines]
    yield "index bytes / text bytes", [f"{engine.bytes_ratio:.2f}" for engine in engines]
    yield "peak MB indexing", [f"{engine.peak_indexing_bytes / _MB:.0f}" for engine in engines]
    yield "peak MB searching", [f"{engine.peak_searching_bytes / _MB:.0f}" for engine in engines]


def _spread(figures: dict[str, float]) -> str:
    return " / ".join(_three_digits(figures[name]) for name in ("p50", "p95", "p99"))


def _three_digits(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def _rate(engine: EngineReport, given: str) -> str:
    mark = "~" if engine.indexing.derived == given else ""
    return f"{mark}{getattr(engine.indexing, given):,.0f}"
