"""Variants of a leaf: other texts that say the same, each with the reason why."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wxsearch.analysis.number_forms import number_forms
from wxsearch.analysis.vocabulary import Kind, Vocabulary
from wxsearch.analysis.word_table import character_phrases, regional_words


class Variant(NamedTuple):
    """A folded text that stands for a leaf as well, and why."""

    text: str
    kind: Kind


def variants(text: str, vocabulary: Vocabulary) -> tuple[Variant, ...]:
    """The variants of a folded leaf, each once, never the leaf itself.

    The whole leaf is looked up, never a part. At most `vocabulary.most_variants`, the surest
    kinds first.
    """
    found: dict[str, Kind] = {}
    for kind, others in _by_kind(text, vocabulary):
        if kind in vocabulary.kinds:
            for other in others:
                found.setdefault(other, kind)
    return tuple(Variant(other, kind) for other, kind in found.items())[: vocabulary.most_variants]


def _by_kind(text: str, vocabulary: Vocabulary) -> Iterator[tuple[Kind, Iterable[str]]]:
    yield "character", character_phrases().get(text, ())
    yield "number", number_forms(text)
    yield "regional", regional_words().get(text, ())
    yield "synonym", vocabulary.synonyms.get(text, ())


def preload() -> None:
    """Reads the tables now, so that processes forked later share them."""
    character_phrases()
    regional_words()
