"""The manifest: what one generation is, in one file that shows its own damage.

A manifest file is two lines of JSON: the manifest, then a seal with the CRC-32 of the
first line. The seal is the same in every format; it is read first, so that damage is
never taken for another version, nor another version for damage.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from zlib import crc32

import msgspec
from msgspec import Meta, Struct

from wxsearch.index.names import PLAIN, manifest_name

FORMAT = 4
"""The number of the format of manifest and files; a change that old code cannot read adds one."""

SEAL_BYTES = len(b'{"crc32":"00000000"}\n')
"""So long is the end of a manifest file that changes whenever anything in it does."""

Name = Annotated[str, Meta(pattern=PLAIN)]
Count = Annotated[int, Meta(ge=0)]


class FileEntry(Struct, frozen=True, forbid_unknown_fields=True):
    """A file: its length in bytes and the CRC-32 of all of them."""

    name: Name
    bytes: Count
    crc32: Count


class SegmentEntry(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A segment, without looking into it.

    `documents` counts the deleted ones too; `deletions` is the file of their bitmap;
    `parts` is whatever the code that reads segments wants to know.
    """

    name: str
    documents: Count
    deletions: Name | None = None
    parts: Mapping[str, Any] = {}


class Contents(Struct, frozen=True, kw_only=True):
    """What a writer publishes: its segments, the file of their families, the names of all files needed."""

    segments: tuple[SegmentEntry, ...] = ()
    families: Name | None = None
    files: tuple[str, ...] = ()
    articles: int = 0
    deleted: int = 0


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One generation.

    `previous` is the generation whose manifest is kept beside this one, or None;
    `fold` is the fingerprint of the rules of folding; `articles` counts those to be found,
    `deleted` the documents that await merging; `families` is the file that says which
    articles are copies of one another, None where none are.
    """

    format: int
    generation: Count
    previous: Count | None
    fold: str
    articles: Count
    deleted: Count
    segments: tuple[SegmentEntry, ...]
    families: Name | None
    files: tuple[FileEntry, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of all files of the generation but the manifest."""
        return frozenset(entry.name for entry in self.files)


class _Seal(Struct, frozen=True, forbid_unknown_fields=True):
    crc32: str


class _Format(Struct, frozen=True):
    format: int


class Damaged(Exception):
    """A file that is not what was written, and how that shows."""

    def __init__(self, file: str, reason: str, *, missing: bool = False) -> None:
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.reason = reason
        self.missing = missing


class OtherFormat(Exception):
    """A whole manifest of another format."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


_encoder = msgspec.json.Encoder(order="deterministic")
_manifest_decoder = msgspec.json.Decoder(Manifest)
_format_decoder = msgspec.json.Decoder(_Format)


def encode(manifest: Struct) -> bytes:
    """The content of a manifest file."""
    line = _encoder.encode(manifest)
    return b"%s\n%s\n" % (line, _encoder.encode(_Seal(f"{crc32(line):08x}")))


def decode(content: bytes, generation: int) -> Manifest:
    """The manifest of a file that is named for `generation`; raises Damaged or OtherFormat."""
    name = manifest_name(generation)
    line, separator, rest = content.partition(b"\n")
    # Compared whole, so that no byte of the seal can change unseen either.
    if not separator or rest != _encoder.encode(_Seal(f"{crc32(line):08x}")) + b"\n":
        raise Damaged(name, "its checksum is wrong")
    try:
        number = _format_decoder.decode(line).format
        if number != FORMAT:
            raise OtherFormat(number)
        manifest = _manifest_decoder.decode(line)
    except msgspec.DecodeError as error:
        raise Damaged(name, f"it cannot be read: {error}") from None
    if manifest.generation != generation:
        raise Damaged(name, f"it is the manifest of generation {manifest.generation}")
    if missing := needed(manifest) - manifest.names:
        raise Damaged(name, f"it names no file {', '.join(sorted(missing))}")
    return manifest


def needed(contents: Manifest | Contents) -> set[str]:
    """The deletion bitmaps and the families that are named, which have to be among the files."""
    named = (*(segment.deletions for segment in contents.segments), contents.families)
    return {name for name in named if name is not None}
