"""What a manifest knows of a segment: its files, and where in them each array lies."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from wxsearch.index.manifest import Name, SegmentEntry

_Count = Annotated[int, Meta(ge=0)]
_Kind = Annotated[str, Meta(pattern=r"^[|<][uib][1248]$")]


class ArrayFile(Struct, frozen=True):
    """A file of arrays: by name the first byte, the number of elements and their type."""

    file: Name
    arrays: dict[str, tuple[_Count, _Count, _Kind]]


class Parts(Struct, frozen=True):
    """The parts of a segment.

    `characters` counts those of the folded texts; `others` says that rare characters share a
    number; `trained` is how many articles the dictionary was trained for.
    """

    postings: ArrayFile
    columns: ArrayFile
    articles: Name
    dictionary: Name | None
    trained: int
    characters: int
    others: bool

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all files."""
        dictionary = () if self.dictionary is None else (self.dictionary,)
        return (self.postings.file, self.columns.file, self.articles, *dictionary)


def parts_of(entry: SegmentEntry) -> Parts:
    """The parts that a manifest's entry names."""
    return msgspec.convert(entry.parts, Parts)


def as_parts(parts: Parts) -> dict[str, Any]:
    """Parts as a manifest holds them."""
    built = msgspec.to_builtins(parts)
    assert isinstance(built, dict)
    return built
