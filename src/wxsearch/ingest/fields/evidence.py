"""What the places of a page say of a field, and how sure the answer is.

A confidence is an estimate, 0 to 1, that a reader of the page would name this value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple


class Candidate(NamedTuple):
    """A value, the place that says it (`json-ld`, `meta pubdate`, `text`), and a confidence."""

    value: Any
    origin: str
    confidence: float


class Evidence:
    """The candidates of each field, in the order in which they were found: of trust."""

    def __init__(self) -> None:
        self._found: defaultdict[str, list[Candidate]] = defaultdict(list)

    def add(self, field: str, value: Any, origin: str, confidence: float) -> None:
        """Notes a candidate; one without a value is none."""
        if value:
            self._found[field].append(Candidate(value, origin, confidence))

    def of(self, field: str) -> list[Candidate]:
        """The candidates of a field."""
        return self._found[field]


Provenance = Mapping[str, tuple[str, float]]
"""For each field that has a value, where it came from and the confidence."""


def supported(
    chosen: Candidate, others: Iterable[Candidate], agree: Callable[[Any, Any], bool] = lambda a, b: a == b
) -> Candidate:
    """The candidate with the confidence that others of other origins add by saying the same."""
    doubt = 1 - chosen.confidence
    origins = {chosen.origin}
    for other in others:
        if other.origin not in origins and agree(chosen.value, other.value):
            origins.add(other.origin)
            # Places of one page are not independent: the same system filled them.
            doubt *= 1 - other.confidence / 2
    return chosen._replace(confidence=round(1 - doubt, 3))
