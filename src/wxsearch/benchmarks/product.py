"""What only wxsearch is measured for: reading a typed query, and a fresh process."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from wxsearch.analysis.segment import preload
from wxsearch.limits import Limits
from wxsearch.query.parser import parse

_RUN = "from wxsearch.cli.main import main; main()"
_FRESH_PROCESSES = 5


class Product(Struct, frozen=True, kw_only=True):
    """Medians in milliseconds: processor time of parsing, wall time of a whole process."""

    typed_to_tree_ms: float
    fresh_search_ms: float


def measure_product(directory: Path, typed: Sequence[str], limits: Limits) -> Product:
    """Measures over an index of wxsearch's own."""
    return Product(
        typed_to_tree_ms=_typed_to_tree(typed, limits),
        fresh_search_ms=statistics.median(_fresh_search(directory, query) for query in _spread(typed)),
    )


def _typed_to_tree(typed: Sequence[str], limits: Limits) -> float:
    preload()
    took = []
    for text in typed:
        began = time.process_time()
        parse(text[: limits.query_characters], limits)
        took.append((time.process_time() - began) * 1000)
    return statistics.median(took)


def _fresh_search(directory: Path, query: str) -> float:
    """A whole `wxsearch search`, from its start to its end."""
    command = [sys.executable, "-c", _RUN, "search", "--json", "--index", str(directory), "--", query]
    settings = {name: value for name, value in os.environ.items() if not name.startswith("WXSEARCH_")}
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=settings)  # noqa: S603 - our own command
    return (time.perf_counter() - began) * 1000


def _spread(typed: Sequence[str]) -> Sequence[str]:
    return typed[:: max(1, len(typed) // _FRESH_PROCESSES)][:_FRESH_PROCESSES]
