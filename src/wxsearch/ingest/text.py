"""The format `text`: the visible text of one article page, as a browser copies it."""

from collections.abc import Iterator

from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.page import read_page
from wxsearch.ingest.record import article_of
from wxsearch.ingest.source import Item, Source


def read(source: Source) -> Iterator[Item]:
    """The one article of a file; raises IngestProblem."""
    text, replaced = replace_unstorable(decode(source.whole()))
    if replaced:
        source.note(replaced_note(replaced))
    yield article_of(read_page(text.splitlines()), source.limits)
