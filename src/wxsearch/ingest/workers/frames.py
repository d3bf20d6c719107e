"""What goes through the pipes between a pool and its workers: JSON with its kind and length before it."""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from msgspec import Struct

from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.intake import Event
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.notes import Note
from wxsearch.ingest.paths import Input
from wxsearch.ingest.source import Rejected
from wxsearch.limits import Limits
from wxsearch.models import Article

_HEAD = struct.Struct(">cI")


class Ready(Struct, frozen=True):
    """The first that a worker says."""


class Setup(Struct, frozen=True):
    """The first that a worker hears: the limits, and how all inputs are to be read."""

    limits: Limits
    manner: Manner


class Task(Struct, frozen=True):
    """An input; its path as bytes, since a file's name need not be text."""

    path: bytes
    named: bool
    data: bytes | None

    @classmethod
    def of(cls, found: Input) -> "Task":
        """The task to read an input."""
        return cls(os.fsencode(found.path), found.named, found.data)

    def input(self) -> Input:
        """The input to read."""
        return Input(os.fsdecode(self.path), self.named, self.data)


Message = Event | Note | Ready | Setup | Task
_KINDS: dict[bytes, type[Message]] = {
    b"a": Article,
    b"r": Rejected,
    b"n": Note,
    b"s": FileState,
    b"y": Ready,
    b"u": Setup,
    b"t": Task,
}
_LETTERS = {kind: letter for letter, kind in _KINDS.items()}
_DECODERS = {letter: msgspec.json.Decoder(kind) for letter, kind in _KINDS.items()}
_encoder = msgspec.json.Encoder()


def framed(message: Message) -> bytes:
    """A message as bytes."""
    content = _encoder.encode(message)
    return _HEAD.pack(_LETTERS[type(message)], len(content)) + content


def read_message(file: BinaryIO) -> Message | None:
    """The next message of a file; None at its end."""
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    letter, size = _HEAD.unpack(head)
    content = file.read(size)
    return _DECODERS[letter].decode(content) if len(content) == size else None


class Frames:
    """Messages out of bytes that arrive in any pieces."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Message, int]]:
        """The messages that are whole now, with their sizes in bytes."""
        self._pending += data
        place = 0
        try:
            while len(self._pending) - place >= _HEAD.size:
                letter, size = _HEAD.unpack_from(self._pending, place)
                end = place + _HEAD.size + size
                if len(self._pending) < end:
                    return
                yield _DECODERS[letter].decode(self._pending[place + _HEAD.size : end]), size
                place = end
        finally:
            del self._pending[:place]
