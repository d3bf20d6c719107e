"""The stored articles of a segment: one zstd frame each, with a dictionary trained on such.

A frame holds what no column has as JSON, the title and the body, each ended by U+0000,
which stands in none of them; all of it as the numbers of its units (numbering.py). One copy
serves for showing, marking and looking strings up. A long `extra` is in a second frame behind
the first, which only showing the whole article unpacks.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from threading import local
from typing import Any

import msgspec
import numpy as np
import zstandard
from msgspec.structs import asdict
from numpy.typing import NDArray

from wxsearch.dates import epoch, printed
from wxsearch.index.segment.encoding import Array
from wxsearch.index.segment.numbering import UNIT_BYTES, Numbering, UnitNumbers, frequent_units
from wxsearch.models import Article

PARTS = 3
"""The rest, the title, the body."""

_LEVEL = 6
_DICTIONARY_BYTES = 262_144
_DICTIONARY_LEAST_ARTICLES = 1_000
# What a dictionary is put together from, and how much of it has to come again to count. What zstd finds for
# these by trials takes five times as long and packs one part in seventy worse.
_PIECE_BYTES, _MATCH_BYTES = 200, 6
# So many samples are enough; more take longer and change nothing.
_SAMPLES = 3_000
# Of a long article its beginning will do: training takes some thirty bytes a character.
_SAMPLED_CHARACTERS = 4_000
# An `extra` of more than so many characters of JSON is packed apart.
_EXTRA_CHARACTERS = 4_000
# What the first frame says in its place: how many bytes the second one has.
_APART = "apart"
_END = "\0"
_ELSEWHERE = {"id", "title", "body", "published", "precision"}

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(dict)


def trained(articles: Iterable[Article], count: int) -> bytes | None:
    """What articles such as these `count` are packed with, or None where it would not pay.

    That is how many units are frequent in them, those units, and a dictionary of zstd.
    """
    if count < _DICTIONARY_LEAST_ARTICLES:
        return None
    texts = [_joined(_beside(article)[0], article)[:_SAMPLED_CHARACTERS] for article in articles]
    frequent = frequent_units(texts)
    numbering = Numbering(frequent)
    samples: list[bytes | bytearray | memoryview] = [numbering.encoded(text) for text in texts]
    size = min(_DICTIONARY_BYTES, sum(map(len, samples)) // 20)
    try:
        dictionary = zstandard.train_dictionary(size, samples, k=_PIECE_BYTES, d=_MATCH_BYTES)
    except zstandard.ZstdError:
        # Too little in common, or too much.
        return None
    return np.concatenate((np.array([len(frequent)], np.uint16), frequent)).tobytes() + dictionary.as_bytes()


def _opened(content: bytes | memoryview | None) -> tuple[Numbering, zstandard.ZstdCompressionDict | None]:
    """The two parts of what `trained` made."""
    if content is None:
        return _untrained(), None
    count = int(np.frombuffer(content, np.uint16, 1)[0])
    frequent = np.frombuffer(content, np.uint16, count, offset=UNIT_BYTES)
    return Numbering(frequent), zstandard.ZstdCompressionDict(bytes(content[UNIT_BYTES * (1 + count) :]))


@cache
def _untrained() -> Numbering:
    """The numbering of all small segments: one object, so that what is worked out for it serves them all."""
    return Numbering()


def sample_places(count: int) -> Sequence[int]:
    """Which of `count` articles a dictionary is trained on: evenly from all."""
    return range(0, count, max(1, count // _SAMPLES))


class FrameWriter:
    """Packs articles; the bytes go to the caller, where they end is kept."""

    def __init__(self, dictionary: bytes | None) -> None:
        self._numbering, packed = _opened(dictionary)
        if packed is not None:
            packed.precompute_compress(level=_LEVEL)
        self._compressor = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=packed, write_checksum=False, write_dict_id=False
        )
        self._sizes: list[int] = []
        self.bytes = 0
        """How many bytes all frames have."""

    def pack(self, article: Article) -> bytes:
        """The frame of the next article, or both of its frames."""
        beside, extra = _beside(article)
        apart = b""
        if extra:
            apart = self._packed(extra)
            beside[_APART] = len(apart)
        frame = self._packed(_joined(beside, article)) + apart
        self._sizes.append(len(frame))
        self.bytes += len(frame)
        return frame

    def _packed(self, text: str) -> bytes:
        return self._compressor.compress(self._numbering.encoded(text))

    def sections(self) -> dict[str, Array]:
        """Where each frame ends."""
        return {"frame_ends": np.cumsum(self._sizes, dtype=np.uint64).astype(np.uint32)}


class Frames:
    """Reads frames; may be used by several threads."""

    def __init__(self, content: memoryview, ends: NDArray[np.uint32], dictionary: memoryview | None) -> None:
        self._content = content
        self._ends = ends.astype(np.int64)
        self._starts = np.concatenate(([0], self._ends[:-1]))
        self.numbering, self._dictionary = _opened(dictionary)
        # A decompressor is for one thread at a time.
        self._own = local()

    def article(self, document: int, *, extra: bool = True, **columns: Any) -> Article:
        """One stored article; `columns` are the fields that its frame leaves out.

        Without `extra` that field may be empty: it may be long, and a hit does not show it.
        """
        beside, title, body, _ = self.numbering.decoded(self.numbers(np.array([document]))).split(_END)
        fields = _decoder.decode(beside)
        apart = fields.pop(_APART, 0)
        if apart and extra:
            end = int(self._ends[document])
            numbers = self._decompressor.decompress(self._content[end - apart : end])
            fields["extra"] = _decoder.decode(self.numbering.decoded(np.frombuffer(numbers, np.uint16)))
        fields |= {"title": title, "body": body}
        # What the frame says of a field wins: it is there where the column could not hold it.
        return msgspec.convert(columns | fields, Article)

    def body(self, document: int) -> str:
        """The body of one stored article."""
        article = self.numbers(np.array([document]))
        _, before, end = (article == 0).nonzero()[0].tolist()
        # Only that is decoded: what else the frame holds may be far longer.
        return self.numbering.decoded(article[before + 1 : end])

    def numbers(self, documents: NDArray[np.intp]) -> UnitNumbers:
        """The unpacked frames of some documents, one after the other; each has PARTS parts that end in 0."""
        return np.frombuffer(b"".join(self.unpacked(documents)), np.uint16)

    def unpacked(self, documents: NDArray[np.intp]) -> list[bytes]:
        """The same, by document: numbers of two bytes."""
        starts, ends = self._starts.take(documents).tolist(), self._ends.take(documents).tolist()
        unpack, packed = self._decompressor.decompress, self._content
        # What stands behind the first frame is not read.
        # zstandard's own way for many frames takes twice as long, and 20 microseconds to begin.
        return [unpack(packed[start:end]) for start, end in zip(starts, ends, strict=True)]

    @property
    def bytes(self) -> int:
        """How many bytes all frames have."""
        return len(self._content)

    @property
    def _decompressor(self) -> zstandard.ZstdDecompressor:
        found = getattr(self._own, "decompressor", None)
        if found is None:
            found = self._own.decompressor = zstandard.ZstdDecompressor(dict_data=self._dictionary)
        return found


def _beside(article: Article) -> tuple[dict[str, Any], str]:
    """What no column has beside title and body, and the JSON of `extra` where that is long."""
    # Absent and empty are not the same for a text; other fields are empty unless they hold something.
    beside = {
        name: value
        for name, value in asdict(article).items()
        if (value or value == "") and name not in _ELSEWHERE
    }
    if article.published is None:
        beside["precision"] = article.precision
    elif printed(epoch(article.published)) != article.published:
        beside["published"] = article.published
    extra = _encoder.encode(article.extra).decode()
    if len(extra) <= _EXTRA_CHARACTERS:
        return beside, ""
    del beside["extra"]
    return beside, extra


def _joined(beside: Mapping[str, Any], article: Article) -> str:
    if _END in article.title or _END in article.body:
        raise ValueError(f"the article {article.id!r} holds a NUL")
    return _END.join((_encoder.encode(beside).decode(), article.title, article.body, ""))
