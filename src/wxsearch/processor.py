"""A processor on which NumPy must not take its widest path; to be imported before NumPy.

Zen 4 has AVX-512, but its compressed stores are microcode: NumPy's sorting and
partitioning take five times as long with them as with AVX2
(docs/decisions/0006-no-avx-512-on-zen-4.md). NumPy can only be told in the environment.
"""

import os
from pathlib import Path

VARIABLE = "NPY_DISABLE_CPU_FEATURES"
SLOW_FEATURE = "X86_V4"

_FAMILY = "25"
_DESCRIPTION = Path("/proc/cpuinfo")
_ONE_PROCESSOR = 4_096


def spare_slow_features() -> None:
    """Sets the variable on Zen 4, unless it is set already."""
    try:
        with _DESCRIPTION.open(encoding="utf-8") as file:
            described = file.read(_ONE_PROCESSOR)
    except OSError:
        return
    if is_zen_4(described):
        os.environ.setdefault(VARIABLE, SLOW_FEATURE)


def is_zen_4(described: str) -> bool:
    """Whether the first processor in a description as Linux prints it is one: Zen 3 has no AVX-512."""
    first = described.split("\n\n", maxsplit=1)[0]
    fields = {
        name.strip(): value.strip() for name, _, value in (line.partition(":") for line in first.splitlines())
    }
    return (
        fields.get("vendor_id") == "AuthenticAMD"
        and fields.get("cpu family") == _FAMILY
        and "avx512f" in fields.get("flags", "").split()
    )
