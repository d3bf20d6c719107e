"""The stored articles of a segment: one zstd frame each, with a dictionary trained on such.

A frame holds what no column has as JSON, the title and the body, each ended by a zero
byte, which stands in none of them. One copy serves for showing, marking and looking
strings up.
"""

from collections.abc import Iterable, Sequence
from threading import local
from typing import Any

import msgspec
import numpy as np
import zstandard
from msgspec.structs import asdict
from numpy.typing import NDArray

from wxsearch.dates import epoch, printed
from wxsearch.index.segment.encoding import Array
from wxsearch.models import Article

PARTS = 3
"""The rest, the title, the body."""

_LEVEL = 6
_DICTIONARY_BYTES = 262_144
_DICTIONARY_LEAST_ARTICLES = 1_000
# So many samples are enough; more take longer and change nothing.
_SAMPLES = 3_000
_END = b"\0"
_ELSEWHERE = {"id", "title", "body", "published", "precision"}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(dict)


def trained(articles: Iterable[Article], count: int) -> bytes | None:
    """A dictionary for articles such as these `count`, or None where it would not pay."""
    if count < _DICTIONARY_LEAST_ARTICLES:
        return None
    samples: list[bytes | bytearray | memoryview] = [_frame(article) for article in articles]
    size = min(_DICTIONARY_BYTES, sum(map(len, samples)) // 20)
    try:
        return zstandard.train_dictionary(size, samples).as_bytes()
    except zstandard.ZstdError:
        # Too little in common, or too much.
        return None


def sample_places(count: int) -> Sequence[int]:
    """Which of `count` articles a dictionary is trained on: evenly from all."""
    return range(0, count, max(1, count // _SAMPLES))


class FrameWriter:
    """Packs articles; the bytes go to the caller, where they end is kept."""

    def __init__(self, dictionary: bytes | None) -> None:
        packed = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        if packed is not None:
            packed.precompute_compress(level=_LEVEL)
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=packed, write_checksum=False, write_dict_id=False
        )
        self._sizes: list[int] = []

    def pack(self, article: Article) -> bytes:
        """The frame of the next article."""
        frame = self._compressor.compress(_frame(article))
        self._sizes.append(len(frame))
        return frame

    def sections(self) -> dict[str, Array]:
        """Where each frame ends."""
        return {"frame_ends": np.cumsum(self._sizes, dtype=np.uint64).astype(np.uint32)}


class Frames:
    """Reads frames; may be used by several threads."""

    def __init__(self, content: memoryview, ends: NDArray[np.uint32], dictionary: memoryview | None) -> None:
        self._content = content
        self._ends = ends.astype(np.int64)
        self._dictionary = zstandard.ZstdCompressionDict(bytes(dictionary)) if dictionary else None
        # A decompressor is for one thread at a time.
        self._own = local()

    def article(self, document: int, **columns: Any) -> Article:
        """One stored article; `columns` are the fields that its frame leaves out."""
        start = int(self._ends[document - 1]) if document else 0
        rest, title, body, _ = self._decompressor.decompress(
            self._content[start : int(self._ends[document])]
        ).split(_END)
        fields = _decoder.decode(rest) | {"title": title.decode(), "body": body.decode()}
        # What the frame says of a field wins: it is there where the column could not hold it.
        return msgspec.convert(columns | fields, Article)

    def texts(self, documents: NDArray[np.intp]) -> bytes:
        """The unpacked frames of some documents, one after the other."""
        ends = self._ends.take(documents).tolist()
        starts = np.where(documents > 0, self._ends.take(documents - 1), 0).tolist()
        unpack, packed = self._decompressor.decompress, self._content
        # zstandard's own way for many frames takes twice as long, and 20 microseconds to begin.
        return b"".join([unpack(packed[start:end]) for start, end in zip(starts, ends, strict=True)])

    @property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        found = getattr(self._own, "decompressor", None)
        if found is None:
            found = self._own.decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        return found


def _frame(article: Article) -> bytes:
    # Absent and empty are not the same for a text; other fields are empty unless they hold something.
    rest = {
        name: value
        for name, value in asdict(article).items()
        if (value or value == "") and name not in _ELSEWHERE
    }
    if article.published is None:
        rest["precision"] = article.precision
    elif printed(epoch(article.published)) != article.published:
        rest["published"] = article.published
    parts = (_encoder.encode(rest), article.title.encode(), article.body.encode())
    if any(_END in part for part in parts):
        raise ValueError(f"the article {article.id!r} holds a NUL")
    return _END.join((*parts, b""))
