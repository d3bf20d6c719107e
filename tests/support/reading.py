"""Reading a page that is a text."""

from wxsearch.ingest.html import find_fields, unheard


def read_html(text, note=unheard):
    """The record of a page; `note` is told of a body that may not be the article's."""
    return find_fields(text, 2_000, note=note).record
