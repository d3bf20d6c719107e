"""Pages whose article somebody has read, as the folder of WXSEARCH_CORPORA holds them."""

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import zstandard

from wxsearch.errors import StartProblem

# A file of judgements names pages beside itself; one line a page.
JUDGEMENTS = ("pages/gold.jsonl", "pages/cctv/expected.jsonl")
_MOST_BYTES = 1 << 30


class Judged(msgspec.Struct, frozen=True):
    """A page and what it says to a person; a field that nobody judged is absent from `fields`."""

    name: str
    group: str
    data: bytes
    fields: dict[str, Any]


def read_pages() -> list[Judged]:
    """The judged pages of $WXSEARCH_CORPORA; raises StartProblem where there are none."""
    folder = os.environ.get("WXSEARCH_CORPORA")
    archive = Path(folder or "") / "pages.tar.zst"
    if folder is None or not archive.is_file():
        raise StartProblem("WXSEARCH_CORPORA names no folder with pages.tar.zst; pages are measured with it")
    files = _unpacked(archive)
    return [page for judgements in JUDGEMENTS for page in _judged(judgements, files)]


def _unpacked(archive: Path) -> dict[str, bytes]:
    """The files of the archive by name."""
    reader = zstandard.ZstdDecompressor()
    with (
        archive.open("rb") as packed,
        reader.stream_reader(packed) as plain,
        tarfile.open(fileobj=plain, mode="r|") as tar,
    ):
        files, size = {}, 0
        for member in tar:
            size += member.size
            if size > _MOST_BYTES:
                raise StartProblem(f"{archive.name} unpacks to more than {_MOST_BYTES} bytes")
            if member.isfile() and (content := tar.extractfile(member)) is not None:
                files[member.name.removeprefix("./")] = content.read()
    return files


def _judged(judgements: str, files: dict[str, bytes]) -> Iterator[Judged]:
    folder = judgements.rpartition("/")[0]
    group = "by hand" if folder == "pages" else "by template"
    for line in files.get(judgements, b"").splitlines():
        fields = msgspec.json.decode(line)
        name = f"{folder}/{fields['file']}"
        yield Judged(name, group, files[name], fields)
