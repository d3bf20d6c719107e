"""Other spellings of one piece of a query, by what a person may have typed for what was meant."""

from math import inf, log

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.pronunciation import cut_syllables, syllables
from wxsearch.analysis.segment import Cutter
from wxsearch.index.snapshot import Snapshot
from wxsearch.search.suggestions.chains import Chain, likeliest
from wxsearch.search.suggestions.homophones import Homophones
from wxsearch.search.suggestions.language_model import LanguageModel
from wxsearch.search.suggestions.letter_runs import LetterRuns
from wxsearch.search.suggestions.pieces import Piece
from wxsearch.search.suggestions.slips import Slips

# What each slip costs, as in homophones.py and slips.py.
SLIP_OF_A_LETTER = 3.0
# What a word of letters costs for being meant as one rather than as pinyin.
_LETTERS_MEANT = 12.0

BORDER_OF_WORDS = 2.0

# Chains that are compared by their words too.
_LOOKED_AT = 24
# Ways to cut letters into syllables that are followed.
_CUTS = 4


class Spellings:
    """Finds what a piece may have been meant to be, by the language of a snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._model = LanguageModel(snapshot)
        self._homophones = Homophones(self._model)
        self._runs = LetterRuns(snapshot)
        self._homophones.preload()
        self._runs.preload()

    def of(self, piece: Piece, cutter: Cutter, most: int, least: float) -> list[Chain]:
        """Other spellings, the likeliest first; their scores say by how much each is likelier.

        Of ideographs those that are likelier by `least` at least.
        """
        if piece.kind == "letters":
            return self._spoken(piece.text, cutter, most) + self._near(piece.text, most)
        return self._respelt(piece.text, cutter, most, least)

    def _respelt(self, text: str, cutter: Cutter, most: int, least: float) -> list[Chain]:
        if len(text) < 2:
            return []
        columns = [
            self._homophones.instead_of(character, syllable)
            for character, syllable in zip(text, syllables(text), strict=True)
        ]
        slips = Slips(text, self._model)
        typed = slips.score - _words_cost(text, cutter)
        found: dict[str, float] = {}
        for other, score in (*likeliest(columns, self._model, _LOOKED_AT), *slips.chains()):
            if other != text:
                found[other] = max(score, found.get(other, -inf))
        better = [Chain(other, score - _words_cost(other, cutter) - typed) for other, score in found.items()]
        return sorted((each for each in better if each.score > least), key=lambda chain: -chain.score)[:most]

    def _spoken(self, letters: str, cutter: Cutter, most: int) -> list[Chain]:
        """Chinese for letters that are pinyin, of two syllables at least."""
        cuts: list[list[str]] = [[]]
        for word in letters.split(SEPARATOR):
            ways = cut_syllables(word, _CUTS)
            cuts = sorted(([*cut, *way] for cut in cuts for way in ways), key=len)[:_CUTS]
        found: dict[str, float] = {}
        for cut in cuts:
            if len(cut) > 1:
                columns = [self._homophones.spoken(each) for each in cut]
                for text, score in likeliest(columns, self._model, _LOOKED_AT):
                    found[text] = max(score - _words_cost(text, cutter), found.get(text, -inf))
        return sorted((Chain(*each) for each in found.items()), key=lambda chain: -chain.score)[:most]

    def _near(self, letters: str, most: int) -> list[Chain]:
        """Words a letter or two from a word of letters."""
        if SEPARATOR in letters:
            return []
        near = self._runs.near(letters)[:most]
        return [
            Chain(run, log(frequency) - _LETTERS_MEANT - SLIP_OF_A_LETTER * distance)
            for run, distance, frequency in near
        ]


def _words_cost(text: str, cutter: Cutter) -> float:
    """What the borders between words cost: a text of known words is likelier than its bigrams say."""
    return BORDER_OF_WORDS * len(cutter.cut(text))
