"""Fold: one form for all that a reader takes for the same, index and query alike.

Character by character: compatibility decomposition and case fold; marks and invisible
characters vanish; traditional Han characters become simplified; whatever is neither
letter nor digit is a separator, and a run of separators is one blank. What each character
becomes stands in fold_table.txt, made by scripts/make_fold_table.py, and depends on no
version of Python. No character looks at its neighbours: a piece of a text folds to a
piece of the folded text.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import NamedTuple

SEPARATOR = " "


class Rules(NamedTuple):
    """What becomes of code points; what none of the three names is a separator.

    `kept` and `dropped` are ranges with both ends.
    """

    replaced: Mapping[int, str]
    kept: Sequence[tuple[int, int]]
    dropped: Sequence[tuple[int, int]]


def _read(text: str) -> Rules:
    replaced: dict[int, str] = {}
    ranges: dict[str, list[tuple[int, int]]] = {"keep": [], "drop": []}
    for line in text.splitlines()[1:]:
        kind, first, rest = line.split(" ", 2)
        if kind == "to":
            replaced[int(first, 16)] = rest
        else:
            ranges[kind].append((int(first, 16), int(rest, 16)))
    return Rules(replaced, ranges["keep"], ranges["drop"])


class _Table(dict[int, str]):
    """Code point to folded text; kept characters and separators are added as they are met."""

    def __init__(self, rules: Rules) -> None:
        super().__init__(rules.replaced)
        ranges = [(*ends, True) for ends in rules.kept] + [(*ends, False) for ends in rules.dropped]
        self._starts = [first for first, _, _ in sorted(ranges)]
        self._ranges = [(last, keep) for _, last, keep in sorted(ranges)]

    def __missing__(self, code: int) -> str:
        place = bisect_right(self._starts, code) - 1
        end, keep = self._ranges[place] if place >= 0 else (-1, False)
        folded = SEPARATOR if code > end else chr(code) if keep else ""
        self[code] = folded
        return folded


_source = files("wxsearch.analysis").joinpath("fold_table.txt").read_text(encoding="utf-8")
RULES = _read(_source)
_TABLE = _Table(RULES)

FINGERPRINT = sha256(_source.encode()).hexdigest()[:16]
"""Names the rules of fold; an index folded by others cannot be searched."""


def fold(text: str) -> str:
    """The folded text, without separators at its edges."""
    return SEPARATOR.join(text.translate(_TABLE).split())
