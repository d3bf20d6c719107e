"""The map of columns that a user writes for a table, in TOML."""

import codecs
import tomllib
from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from wxsearch.errors import InvalidSettings
from wxsearch.models import Article

_FIELDS = tuple(field for field in Article.__struct_fields__ if field != "extra")
_LISTS = ("breadcrumb", "keywords")

Column = str | int


class Dialect(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the table and its cells are written; what is empty is found out."""

    delimiter: str = ""
    quote: str | None = None
    encoding: str = ""
    header: bool = True
    date_formats: tuple[str, ...] = ()
    breadcrumb_separator: str = ""
    keywords_separator: str = ""


class ColumnMap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fields to columns, by name or by number from 1; and fields that are always the same."""

    columns: dict[str, Column | tuple[Column, ...]] = {}
    constants: dict[str, str | tuple[str, ...]] = {}
    dialect: Dialect = Dialect()
    path: str = ""


USUAL_COLUMNS = ColumnMap()


def load_columns(path: Path) -> ColumnMap:
    """The map in a TOML file; raises InvalidSettings naming the file and what is wrong in it."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InvalidSettings(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise InvalidSettings(f"{path}: is not TOML ({error})") from None
    try:
        found = msgspec.convert(tree, ColumnMap)
        _check(found)
    except ValueError as error:
        raise InvalidSettings(f"{path}: {error}") from None
    return msgspec.structs.replace(found, path=str(path))


def _check(found: ColumnMap) -> None:
    """Raises ValueError with a sentence that begins with the key that is wrong."""
    for section, keys in (("columns", found.columns), ("constants", found.constants)):
        for key in keys:
            if key not in _FIELDS:
                raise ValueError(f"{section}.{key} is no field of an article; those are {', '.join(_FIELDS)}")
    for key, value in found.constants.items():
        if isinstance(value, str) == (key in _LISTS):
            raise ValueError(f"constants.{key} must be {'a list of texts' if key in _LISTS else 'one text'}")
    for key, named in found.columns.items():
        for column in several(named):
            if isinstance(column, int) and column < 1:
                raise ValueError(f"columns.{key}: columns are numbered from 1")
            if isinstance(column, str) and not found.dialect.header:
                raise ValueError(f"columns.{key}: a table without a header has its columns by number")
    _check_dialect(found.dialect)


def _check_dialect(dialect: Dialect) -> None:
    if len(dialect.delimiter) > 1 or dialect.delimiter in ("\n", "\r", '"'):
        raise ValueError("dialect.delimiter must be one character")
    if len(dialect.quote or "") > 1 or dialect.quote in ("\n", "\r", dialect.delimiter or ","):
        raise ValueError('dialect.quote must be one character, or "" where nothing is quoted')
    if dialect.encoding and not _is_text_encoding(dialect.encoding):
        raise ValueError(f"dialect.encoding: {dialect.encoding!r} is no encoding of text")


def _is_text_encoding(name: str) -> bool:
    try:
        "字".encode(codecs.lookup(name).name, "replace")
    except (LookupError, ValueError, TypeError):
        return False
    return True


def several(named: Column | Sequence[Column]) -> Sequence[Column]:
    """The columns of a field as a sequence, also where it is one."""
    return (named,) if isinstance(named, str | int) else named
