"""Query expansion: beside a leaf its variants, and the notes that name them."""

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.variants import Variant, variants
from wxsearch.analysis.vocabulary import Kind, Vocabulary
from wxsearch.query.notes import Code, Note
from wxsearch.query.tree import Leaf, QueryTerm, Synonyms

_CODES: dict[Kind, Code] = {
    "regional": "regional_variants",
    "character": "character_variants",
    "number": "number_variants",
    "synonym": "synonym_variants",
}


class Expansion:
    """The variants of the leaves of one query, by a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._found: dict[str, tuple[Variant, ...]] = {}

    def of(self, leaf: Leaf) -> QueryTerm:
        """An unquoted leaf that ends where its run does, with its variants where it has any.

        What prints the leaf gives its variants again, so they need not be printed.
        """
        found = self._found.get(leaf.text)
        if found is None:
            found = self._found[leaf.text] = variants(leaf.text, self._vocabulary)
        if not found:
            return leaf
        others = (Leaf(each.text, quoted=SEPARATOR in each.text, field=leaf.field) for each in found)
        return Synonyms((leaf, *others))

    def notes(self) -> list[Note]:
        """What was looked for beside each leaf, a note for each reason, in the order of the leaves."""
        named: dict[tuple[str, Kind], list[str]] = {}
        for text, found in self._found.items():
            for other, kind in found:
                named.setdefault((text, kind), []).append(other)
        return [Note(_CODES[kind], f"{text} → {', '.join(others)}") for (text, kind), others in named.items()]
