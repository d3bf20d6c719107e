"""One reader over all pages: what it found, how it agrees, and how long it took."""

import time
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from wxsearch.benchmarks.extraction.agreement import FIELDS, agrees, character_f1, mean
from wxsearch.benchmarks.extraction.pages import Judged
from wxsearch.benchmarks.extraction.readers import Found, ReadPage

DOUBTFUL = 0.8
"""A body below this is named in the report."""


class Miss(Struct, frozen=True):
    """A field of a page that was read otherwise than a person does."""

    page: str
    field: str
    expected: Any
    found: Any


class Reading(Struct, frozen=True, kw_only=True):
    """How one reader did: for each field how many pages were judged and how many were right.

    `known` are the fields that it looks for at all; `bodies` the F1 of each page with an
    expected body. Pages a second count processor time.
    """

    version: str
    known: list[str]
    right: dict[str, int]
    judged: dict[str, int]
    bodies: list[float]
    failed: int
    pages_a_second: float
    megabytes_a_second: float
    misses: list[Miss]

    def share(self, field: str) -> float | None:
        """The share of judged pages that were read right; None where the reader has no such field."""
        return self.right[field] / self.judged[field] if field in self.known and self.judged[field] else None

    @property
    def body(self) -> float | None:
        """The mean F1 of the bodies."""
        return mean(self.bodies)

    @property
    def worst_body(self) -> float | None:
        """The F1 of the body that was read worst."""
        return min(self.bodies, default=None)


def measure(read: ReadPage, version: str, pages: Sequence[Judged], rounds: int) -> Reading:
    """Reads all pages `rounds` times; the fastest round is the one that counts."""
    found, failed = _read_all(read, pages)
    seconds = min(_timed(read, pages) for _ in range(rounds))
    right, judged = dict.fromkeys(FIELDS, 0), dict.fromkeys(FIELDS, 0)
    bodies, misses = [], []
    for page, fields in zip(pages, found, strict=True):
        for field in FIELDS:
            if field not in page.fields:
                continue
            judged[field] += 1
            if agrees(field, fields.get(field), page.fields[field]):
                right[field] += 1
            else:
                misses.append(Miss(page.name, field, page.fields[field], fields.get(field)))
        if "body" in page.fields:
            bodies.append(character_f1(fields.get("body") or "", page.fields["body"]))
            if bodies[-1] < DOUBTFUL:
                misses.append(Miss(page.name, "body", None, round(bodies[-1], 3)))
    return Reading(
        version=version,
        known=sorted(set().union(*found)),
        right=right,
        judged=judged,
        bodies=bodies,
        failed=failed,
        pages_a_second=len(pages) / seconds,
        megabytes_a_second=sum(len(page.data) for page in pages) / 1e6 / seconds,
        misses=misses,
    )


def _read_all(read: ReadPage, pages: Sequence[Judged]) -> tuple[list[Found], int]:
    """What was found on each page; on a page that ends in an error, nothing."""
    found: list[Found] = []
    failed = 0
    for page in pages:
        try:
            found.append(read(page.data))
        except Exception:  # noqa: BLE001 (a library may raise what it likes; it counts as a failure of its)
            found.append({})
            failed += 1
    return found, failed


def _timed(read: ReadPage, pages: Sequence[Judged]) -> float:
    start = time.process_time()
    _read_all(read, pages)
    return time.process_time() - start
