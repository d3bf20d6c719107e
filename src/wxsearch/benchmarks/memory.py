"""The memory of this process: the most it has had, and what is its own now."""

import resource
import sys
from pathlib import Path

from msgspec import Struct

_PROCESS = Path("/proc/self")


class Memory(Struct, frozen=True):
    """Bytes; `own` leaves out mapped files, which processes share, and is None where nobody tells it."""

    peak: int
    own: int | None


def memory_now() -> Memory:
    """The memory of this process."""
    return Memory(peak_memory(), _own_memory())


def peak_memory() -> int:
    """The most memory this process has had, in bytes."""
    # ru_maxrss takes over what the parent had when it started us; the kernel's own mark does not.
    marks = _kilobytes(_PROCESS / "status")
    if "VmHWM" in marks:
        return marks["VmHWM"] * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _own_memory() -> int | None:
    sums = _kilobytes(_PROCESS / "smaps_rollup")
    # Not Private_Dirty: pages of a mapped file that the kernel has yet to write count there.
    return (sums["Anonymous"] + sums["Swap"]) * 1024 if sums else None


def _kilobytes(path: Path) -> dict[str, int]:
    """The figures in kB of a file of the kernel's; none where there is no such file."""
    if not path.exists():
        return {}
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0].rstrip(":"): int(row[1]) for row in rows if row[2:] == ["kB"]}
