"""Fields of the query language: what may stand before a colon, and what a filter's value means."""

import re
import unicodedata
from typing import Literal

from wxsearch.categories import read_path, written_path
from wxsearch.dates import read_bound
from wxsearch.query.notes import Code
from wxsearch.query.tree import Filter, FromSource, InCategory, InSpan

FilterName = Literal["source", "category", "date", "after", "before"]

FIELDS: dict[str, Literal["title"] | FilterName] = {
    "title": "title",
    "标题": "title",
    "source": "source",
    "来源": "source",
    "category": "category",
    "分类": "category",
    "date": "date",
    "日期": "date",
    "after": "after",
    "之后": "after",
    "before": "before",
    "之前": "before",
}
"""Names as they are typed, in capitals too, and what they are called when a query is printed."""

# As people write dates, in Chinese or with other signs between.
_WRITTEN_DATE = re.compile(r"(\d{4})(?:[年/.](?:(\d{1,2})(?:[月/.](?:(\d{1,2})日?)?)?)?)?")
_ENDS_A_WORD = re.compile(r'[\s"“”「」()（）\\]')
_RANGE = ".."


class UnreadableValue(ValueError):
    """A value that the field cannot have; `code` is the note that says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code = code


def read_filter(name: FilterName, value: str) -> tuple[Filter, str]:
    """The filter of a trimmed value, and the text that is read as just that; raises UnreadableValue."""
    if name == "source":
        return FromSource(value), f"source:{_written(value)}"
    if name == "category":
        try:
            path = read_path(value)
        except ValueError:
            raise UnreadableValue("no_category") from None
        return InCategory(path), f"category:{_written(written_path(path))}"
    try:
        return _span(name, value), f"{name}:{_written(value)}"
    except ValueError:
        raise UnreadableValue("no_date") from None


def _as_dates(value: str) -> str:
    """A value with 2021年10月19日, 2021/10/19 and 2021.10.9 written as the dates they are, of any width."""

    def written(text: str) -> str:
        match = _WRITTEN_DATE.fullmatch(text.strip())
        return "-".join(part.zfill(2) for part in match.groups() if part) if match else text

    return _RANGE.join(map(written, unicodedata.normalize("NFKC", value).split(_RANGE)))


def _span(name: Literal["date", "after", "before"], value: str) -> InSpan:
    value = _as_dates(value)
    if name == "after":
        return InSpan(read_bound(value, upper=False), None)
    if name == "before":
        return InSpan(None, read_bound(value, upper=False))
    first, between, last = (part.strip() for part in value.partition(_RANGE))
    if not between:
        since = read_bound(first, upper=False)
        # An instant is the second that it begins.
        return InSpan(since, max(read_bound(first, upper=True), since + 1))
    if not (first or last):
        raise ValueError(value)
    return InSpan(
        read_bound(first, upper=False) if first else None, read_bound(last, upper=True) if last else None
    )


def _written(value: str) -> str:
    """A value as it can stand behind a colon."""
    if not _ENDS_A_WORD.search(value):
        return value
    escaped = value.replace("\\", r"\\").replace('"', r"\"")
    return f'"{escaped}"'
