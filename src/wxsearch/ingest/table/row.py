"""A row of a table to a record, by the layout of the table."""

import re
from collections.abc import Sequence

from wxsearch.errors import InvalidArticle
from wxsearch.ingest.fragment import paragraphs, title_text
from wxsearch.ingest.moment import read_moment
from wxsearch.ingest.record import Record
from wxsearch.ingest.table.columns import Dialect
from wxsearch.ingest.table.layout import Layout

_LABELS = re.compile(r"[>»›→＞|/\\]")
_KEYWORDS = re.compile(r"[,，;；、|]")


def record_of(cells: Sequence[str], layout: Layout) -> Record:
    """The record of a row; raises InvalidArticle where it has not the columns of the header."""
    if len(cells) < len(layout.header) or any(cells[len(layout.header) :]):
        raise InvalidArticle(f"has {len(cells)} columns, the header has {len(layout.header)}")
    record: Record = {
        field: list(value) if isinstance(value, tuple) else value for field, value in layout.constants.items()
    }
    for field, places in layout.places.items():
        if texts := [text for place in places if (text := cells[place].strip())]:
            record |= _value(field, texts, layout.dialect)
    record["extra"] = {name: text for place, name in layout.others if (text := cells[place].strip())}
    return record


def _value(field: str, texts: list[str], dialect: Dialect) -> Record:
    """What the cells of a field say."""
    if field == "body":
        return {field: "\n".join(filter(None, map(paragraphs, texts)))}
    if field == "title":
        return {field: title_text(" ".join(texts))}
    if field == "published":
        # A day and an hour may have a column each.
        return _published(" ".join(texts), dialect.date_formats)
    if field == "breadcrumb":
        labels = texts if len(texts) > 1 else _split(texts[0], dialect.breadcrumb_separator, _LABELS)
        return {field: labels}
    if field == "keywords":
        return {field: [word for text in texts for word in _words(text, dialect.keywords_separator)]}
    return {field: " ".join(texts)}


def _words(text: str, separator: str) -> list[str]:
    words = _split(text, separator, _KEYWORDS)
    # Blanks part Chinese words, but not those of names in letters.
    return text.split() if len(words) == 1 and not separator and not text.isascii() else words


def _split(text: str, separator: str, usual: re.Pattern[str]) -> list[str]:
    parts = text.split(separator) if separator else usual.split(text)
    return [part.strip() for part in parts if part.strip()]


def _published(text: str, formats: Sequence[str]) -> Record:
    try:
        published, precision = read_moment(text, formats)
    except ValueError as error:
        raise InvalidArticle(f"published: {error}") from None
    return {"published": published, "precision": precision}
