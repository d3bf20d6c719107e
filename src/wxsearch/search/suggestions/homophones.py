"""The characters of an index by their sound."""

from functools import cached_property

import numpy as np

from wxsearch.analysis import pronunciation
from wxsearch.analysis.pronunciation import alike, readings
from wxsearch.search.suggestions.chains import Choices
from wxsearch.search.suggestions.language_model import LanguageModel

# What another character costs, as a logarithm of how seldom it is typed for the right one: one of the same
# sound, one of a sound that many do not tell apart from it, and in addition a reading beyond the usual one.
SAME_SOUND = 4.0
LIKE_SOUND = 6.0
RARE_READING = 2.0


class Homophones:
    """Which characters of an index may stand where another was typed, or a syllable."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def preload(self) -> None:
        """Makes now what the first question would."""
        pronunciation.preload()
        _ = self._by_syllable

    @cached_property
    def _by_syllable(self) -> dict[str, Choices]:
        found: dict[str, dict[int, float]] = {}
        for code in self._model.characters.tolist():
            for place, syllable in enumerate(readings(chr(code))):
                found.setdefault(syllable, {})[code] = RARE_READING if place else 0.0
        return {syllable: _choices(costs) for syllable, costs in found.items()}

    def spoken(self, syllable: str) -> Choices:
        """The characters that a syllable may stand for."""
        return self._by_syllable.get(syllable, _choices({}))

    def instead_of(self, character: str, syllable: str) -> Choices:
        """A character as it is pronounced here, and what else may have been meant."""
        costs: dict[int, float] = {}
        for sound, cost in ((syllable, SAME_SOUND), *((sound, LIKE_SOUND) for sound in alike(syllable))):
            codes, more = self.spoken(sound)
            for code, added in zip(codes.tolist(), more.tolist(), strict=True):
                costs[code] = min(costs.get(code, np.inf), cost + added)
        costs[ord(character)] = 0.0
        return _choices(costs)


def _choices(costs: dict[int, float]) -> Choices:
    codes = sorted(costs)
    return Choices(np.array(codes, np.uint32), np.array([costs[code] for code in codes], np.float64))
