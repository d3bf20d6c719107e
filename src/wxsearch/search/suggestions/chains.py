"""The likeliest texts of which each character is one of several, by a beam over the language model."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from wxsearch.search.suggestions.language_model import Codes, LanguageModel, Logs

# Beginnings that are carried on from one character to the next.
BEAM = 48


class Choices(NamedTuple):
    """What one character may be, and what each costs (in logarithms)."""

    codes: Codes
    costs: Logs


class Chain(NamedTuple):
    """A text, and the logarithm of its probability less its costs."""

    text: str
    score: float


def likeliest(columns: Sequence[Choices], model: LanguageModel, most: int) -> list[Chain]:
    """The likeliest texts with one choice of each column, best first, at most `most`."""
    if not columns or not all(len(column.codes) for column in columns):
        return []
    scores = model.first(columns[0].codes) - columns[0].costs
    kept = _best(scores, BEAM)
    paths, scores = columns[0].codes[kept][:, None], scores[kept]
    for column in columns[1:]:
        last, row = np.unique(paths[:, -1], return_inverse=True)
        reached = scores[:, None] + model.after(last, column.codes)[row] - column.costs
        kept = _best(reached.ravel(), BEAM)
        before, chosen = np.divmod(kept, len(column.codes))
        paths = np.column_stack((paths[before], column.codes[chosen]))
        scores = reached.ravel()[kept]
    return [
        Chain("".join(map(chr, path)), score)
        for path, score in zip(paths[:most].tolist(), scores[:most].tolist(), strict=True)
    ]


def _best(scores: Logs, most: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Where the highest scores are, best first."""
    if len(scores) > most:
        among = np.argpartition(-scores, most)[:most]
        return among[np.argsort(-scores[among], kind="stable")]
    return np.argsort(-scores, kind="stable")
