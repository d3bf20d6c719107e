"""The machine that a run took place on: what it can do, never what it is called."""

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import Struct

_LIBRARIES = ("numpy", "rjieba", "msgspec", "zstandard")


class Machine(Struct, frozen=True, kw_only=True):
    """Where the run took place; load averages tell how much else went on."""

    system: str
    processor: str
    cores: int
    python: str
    libraries: dict[str, str]
    load_before: tuple[float, float, float]
    load_after: tuple[float, float, float]


def loads() -> tuple[float, float, float]:
    """The load averages now, rounded."""
    one, five, fifteen = os.getloadavg()
    return round(one, 2), round(five, 2), round(fifteen, 2)


def describe_machine(load_before: tuple[float, float, float]) -> Machine:
    """This machine, without its name or any path."""
    return Machine(
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1,
        python=platform.python_version(),
        libraries={name: found for name in _LIBRARIES if (found := _version(name))},
        load_before=load_before,
        load_after=loads(),
    )


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        for line in facts.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor()


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
