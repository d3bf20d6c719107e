"""bench.json: everything a run found."""

from pathlib import Path

import msgspec
from msgspec import Struct

from wxsearch.benchmarks.comparison import EngineReport, Material
from wxsearch.benchmarks.gates import Gate
from wxsearch.benchmarks.growth import Growth
from wxsearch.benchmarks.machine import Machine
from wxsearch.benchmarks.product import Product
from wxsearch.errors import InvalidRequest


class Report(Struct, frozen=True, kw_only=True):
    """The whole of bench.json; `yardstick` is the engine that ratios and agreement refer to."""

    machine: Machine
    material: Material
    yardstick: str
    engines: dict[str, EngineReport]
    product: Product | None
    growth: Growth | None
    gates: list[Gate]


def write_report(report: Report, path: Path) -> None:
    """Writes it as JSON for people to read."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def read_report(path: Path) -> Report:
    """The report of an earlier run; raises InvalidRequest."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError) as error:
        raise InvalidRequest(f"{path} is no report of this make bench: {error}") from None
