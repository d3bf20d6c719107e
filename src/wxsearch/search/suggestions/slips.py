"""What a text may have been meant to be where a character is too many, missing or swapped with the next."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from wxsearch.search.suggestions.chains import Chain
from wxsearch.search.suggestions.language_model import LanguageModel

# What each slip costs, as a logarithm of how seldom it is made.
SWAPPED = 5.0
DOUBLED = 4.0
MISSING = 5.0

# Places where a character may be missing: the least likely joints; and characters tried in each, the
# most frequent after the one before it, of which the likeliest are followed.
_GAPS = 2
_FILLINGS = 256
_FILLED = 3


class Slips:
    """A typed text of two characters at least, and the texts of which it may be a slip."""

    def __init__(self, text: str, model: LanguageModel) -> None:
        self._text = text
        self._model = model
        self._codes = np.array([ord(each) for each in text], np.uint32)
        self._first = model.first(self._codes)
        self._joints = model.after(self._codes, self._codes)
        self.score = self._score(list(range(len(text))))
        """The logarithm of the probability of the text as typed."""

    def chains(self) -> Iterator[Chain]:
        """The other texts; not many, and in no order."""
        for place, (first, second) in enumerate(pairwise(self._text)):
            order = list(range(len(self._text)))
            if first == second:
                del order[place]
                yield self._chain(order, DOUBLED)
            else:
                order[place : place + 2] = place + 1, place
                yield self._chain(order, SWAPPED)
        if len(self._text) > 2:
            yield from self._filled()

    def _filled(self) -> Iterator[Chain]:
        joints = self._joints.diagonal(1)
        for place in np.argsort(joints, kind="stable")[:_GAPS].tolist():
            before, after = self._codes[place : place + 1], self._codes[place + 1 : place + 2]
            followers, frequencies = self._model.followers(int(before[0]))
            often = followers[np.argsort(-frequencies, kind="stable")[:_FILLINGS]]
            often.sort()
            gained = self._model.after(before, often)[0] + self._model.after(often, after)[:, 0]
            for best in np.argsort(-gained, kind="stable")[:_FILLED].tolist():
                text = self._text[: place + 1] + chr(often[best]) + self._text[place + 1 :]
                yield Chain(text, float(self.score - joints[place] + gained[best] - MISSING))

    def _chain(self, order: list[int], cost: float) -> Chain:
        return Chain("".join(self._text[place] for place in order), self._score(order) - cost)

    def _score(self, order: list[int]) -> float:
        return float(self._first[order[0]] + self._joints[order[:-1], order[1:]].sum())
