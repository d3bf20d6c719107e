"""A row of a table to a record, by the layout of the table."""

from collections.abc import Sequence

from wxsearch.errors import InvalidArticle
from wxsearch.ingest.fragment import paragraphs, title_text
from wxsearch.ingest.labels import split_keywords, split_path
from wxsearch.ingest.moment import read_moment
from wxsearch.ingest.record import Record
from wxsearch.ingest.table.columns import Dialect
from wxsearch.ingest.table.layout import Layout


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
        labels = texts if len(texts) > 1 else split_path(texts[0], dialect.breadcrumb_separator)
        return {field: labels}
    if field == "keywords":
        return {field: [word for text in texts for word in split_keywords(text, dialect.keywords_separator)]}
    return {field: " ".join(texts)}


def _published(text: str, formats: Sequence[str]) -> Record:
    """The time by the formats of the map; where they do not fit, as it stands."""
    try:
        published, precision = read_moment(text, formats)
    except ValueError:
        return {"published": text}
    return {"published": published, "precision": precision}
