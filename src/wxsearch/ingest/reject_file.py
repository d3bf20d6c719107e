"""A reject as a file: a line of JSON that says what it is, and the bytes as they were.

Its name is a hash, so that nothing that was read names a file.
"""

import hashlib
import os
import re
import stat
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from wxsearch.ingest.manner import Manner

_NAME = re.compile(r"([0-9a-f]{16})\.(reject|tmp)")
_HEAD_BYTES = 1 << 20


class Reject(Struct, frozen=True, kw_only=True):
    """What is known of a reject.

    `path` is absolute, or `-`; `time` is when it was rejected first, in UTC; `bytes` is the size of the
    original where that is known, and `kept` whether it is there. `tries` counts the readings.
    """

    id: str
    path: str
    place: str | None
    code: str
    reason: str
    time: str
    bytes: int | None
    kept: bool
    tries: int
    manner: Manner


class HeldReject(NamedTuple):
    """A reject in a folder, and the size of its file."""

    reject: Reject
    size: int


class _Head(Struct, frozen=True):
    reject: Reject
    digest: str


def name_of(reject_id: str) -> str:
    """The name of the file of a reject."""
    return f"{reject_id}.reject"


def unfinished_name_of(reject_id: str) -> str:
    """The name of that file while it is written."""
    return f"{reject_id}.tmp"


def is_unfinished(path: Path) -> bool:
    """Whether a file is one that was never finished."""
    match = _NAME.fullmatch(path.name)
    return match is not None and match[2] == "tmp"


def id_of(path: str, place: str | None, code: str, original: bytes | None) -> str:
    """The id of what was rejected: its path and its bytes, or without bytes its place and the code."""
    kind = b"with" if original is not None else b"without"
    rest = original if original is not None else _bytes(f"{place or ''}\0{code}")
    return hashlib.blake2b(b"\0".join((kind, _bytes(path), rest)), digest_size=8).hexdigest()


def encoded(reject: Reject, original: bytes | None) -> bytes:
    """The content of the file."""
    head = _Head(reject, _digest(original or b""))
    return msgspec.json.encode(head) + b"\n" + (original or b"")


def read_head(path: Path) -> HeldReject | None:
    """The reject in a file; None for what is no file of a reject, or was torn by a power cut."""
    match = _NAME.fullmatch(path.name)
    # A link may lead to what has no end, and a pipe to where nobody writes.
    if match is None or match[2] == "tmp" or not stat.S_ISREG(path.lstat().st_mode):
        return None
    with path.open("rb") as file:
        line = file.readline(_HEAD_BYTES)
        size = os.fstat(file.fileno()).st_size
    head = _head(line)
    if head is None or head.reject.id != match[1]:
        return None
    whole = len(line) + (head.reject.bytes or 0) * head.reject.kept
    return HeldReject(head.reject, size) if size == whole else None


def read_original(path: Path) -> bytes | None:
    """The bytes in a file; None where they are not those that were written."""
    line, _, original = path.read_bytes().partition(b"\n")
    head = _head(line)
    return original if head is not None and _digest(original) == head.digest else None


def _head(line: bytes) -> _Head | None:
    try:
        return msgspec.json.decode(line, type=_Head)
    except (msgspec.DecodeError, RecursionError):
        return None


def _digest(original: bytes) -> str:
    return hashlib.blake2b(original, digest_size=16).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
