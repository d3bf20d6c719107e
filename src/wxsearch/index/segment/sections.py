"""Many arrays in one file: one after the other, each at a place that divides by 64."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from wxsearch.index.segment.encoding import Array

_ALIGNMENT = 64

Table = dict[str, tuple[int, int, str]]
"""By name: the first byte of an array, how many elements it has, and of which type."""

# What files may say of the type of an array; nothing else is believed.
_TYPES = {name: np.dtype(name) for name in ("|u1", "<u2", "<u4", "<u8", "<i8", "|b1")}


def laid_out(arrays: Mapping[str, Array]) -> tuple[Table, Iterator[memoryview]]:
    """Where each array will be, and the bytes of the file piece by piece."""
    table: Table = {}
    end = 0
    for name, array in arrays.items():
        start = -(-end // _ALIGNMENT) * _ALIGNMENT
        table[name] = (start, len(array), array.dtype.str)
        end = start + array.nbytes
    return table, _pieces(arrays, table)


def _pieces(arrays: Mapping[str, Array], table: Table) -> Iterator[memoryview]:
    end = 0
    for name, array in arrays.items():
        start = table[name][0]
        if start > end:
            yield memoryview(bytes(start - end))
        yield np.ascontiguousarray(array).view(np.uint8).data
        end = start + array.nbytes


def opened(content: memoryview, table: Mapping[str, Any]) -> dict[str, Any]:
    """The arrays of a file, as views of its bytes."""
    return {
        name: np.frombuffer(content, _TYPES[kind], count, start) if count else np.empty(0, _TYPES[kind])
        for name, (start, count, kind) in table.items()
    }
