"""What there is to say about how a query was read, each with the piece that it is about."""

from typing import Literal, NamedTuple

Code = Literal[
    "no_letters",
    "unpaired_bracket",
    "open_quote",
    "operator_as_text",
    "star_as_text",
    "empty_field",
    "no_date",
    "empty_span",
    "no_category",
    "regional_variants",
    "character_variants",
    "number_variants",
    "synonym_variants",
]
"""Names of the sentences. Stable: they may be added to, never renamed."""

SENTENCES: dict[Code, str] = {
    "no_letters": "there is no letter or digit in the query, so nothing can match",
    "unpaired_bracket": "the bracket {piece} has no partner and is read as text",
    "open_quote": "the quotation mark {piece} is not closed; what comes after it is one string",
    "operator_as_text": "{piece} has nothing to join where it stands and is read as a word",
    "star_as_text": "the star in {piece} is read as text; it works at the end of a word of letters or digits",
    "empty_field": "{piece} has nothing behind it that could be looked for and is read as text",
    "no_date": "{piece} is no date and is read as text; write 2021, 2021-10 or 2021-10-19",
    "empty_span": "{piece} ends before it begins, so no article is inside",
    "no_category": "{piece} is no category and is read as text; write 物流资讯>行业新闻",
    "regional_variants": "{piece}: what other regions say is looked for as well",
    "character_variants": "{piece}: the other writing is looked for as well",
    "number_variants": "{piece}: the other form of the number is looked for as well",
    "synonym_variants": "{piece}: what means the same is looked for as well",
}


class Note(NamedTuple):
    """One note: what kind, and the piece of the query as it was typed; of a leaf with variants both."""

    code: Code
    piece: str = ""


def sentences(notes: tuple[Note, ...]) -> tuple[str, ...]:
    """Notes in English, for who does not translate them."""
    return tuple(SENTENCES[note.code].format(piece=note.piece) for note in notes)
