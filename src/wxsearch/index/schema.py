"""What of an article goes into which Whoosh field, and nothing else does.

Class and field names here are part of the format: Whoosh stores them in its files.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import msgspec
from whoosh import columns, fields, formats

from wxsearch.analysis.fold import FINGERPRINT, fold
from wxsearch.analysis.segment import tokens
from wxsearch.categories import Path, category_path, prefixes, written_path
from wxsearch.dates import DAY, epoch
from wxsearch.models import Article

FORMAT = {"format": 1, "words": "rjieba 0.2.2, search mode", "fold": FINGERPRINT}
"""What must be equal for an index to be read; kept in a file beside Whoosh's own."""

TEXT_FIELDS = ("title", "body")
UNDATED = -(2**62)
DIGEST_BYTES = 16

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Article)
_path_decoder = msgspec.json.Decoder(tuple[str, ...])


class TokenOffsets(formats.Positions):  # type: ignore[misc]
    """Postings with the offsets of a token in the folded text, as 32-bit numbers.

    Whoosh's own format would pickle each list.
    """

    def word_values(
        self, value: list[tuple[str, int]], _analyzer: Any, **_: Any
    ) -> Iterator[tuple[Any, ...]]:
        """Yields (token, frequency, weight, encoded offsets) for analysed text."""
        places: defaultdict[str, list[int]] = defaultdict(list)
        for token, offset in value:
            places[token].append(offset)
        for token, offsets in places.items():
            yield token, len(offsets), float(len(offsets)), array("I", offsets).tobytes()

    def decode_positions(self, valuestring: bytes) -> list[int]:
        """The offsets again."""
        return array("I", valuestring).tolist()

    def decode_frequency(self, valuestring: bytes) -> int:
        """How many offsets there are."""
        return len(valuestring) // 4


def make_schema() -> fields.Schema:
    """The fields of an index; see `document` for what they hold."""
    return fields.Schema(
        id=fields.ID(unique=True, sortable=True),
        title=_text(),
        body=_text(),
        category=fields.KEYWORD(),
        source=fields.ID(sortable=True),
        published=fields.NUMERIC(int, bits=64, shift_step=0),
        starts=fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        ends=fields.COLUMN(columns.NumericColumn("q", default=UNDATED)),
        path=fields.COLUMN(columns.VarBytesColumn()),
        title_length=fields.COLUMN(columns.NumericColumn("I")),
        body_length=fields.COLUMN(columns.NumericColumn("I")),
        digest=fields.COLUMN(columns.FixedBytesColumn(DIGEST_BYTES)),
        article=fields.STORED(),
    )


def _text() -> fields.TEXT:
    field = fields.TEXT(phrase=True)
    field.format = TokenOffsets()
    return field


def encode(article: Article) -> bytes:
    """An article as it is stored."""
    return _encoder.encode(article)


def decode(stored: bytes) -> Article:
    """A stored article."""
    return _decoder.decode(stored)


def digest(stored: bytes) -> bytes:
    """What two versions of an article have in common only if they are equal."""
    return blake2b(stored, digest_size=DIGEST_BYTES).digest()


def document(stored: bytes) -> dict[str, Any]:
    """The Whoosh document of a stored article.

    `starts` is its instant and `ends` the first instant after what its precision
    covers, both in seconds; `category` holds every prefix of its `path`. `category`,
    `source` and `published` are terms for other Whoosh tools; wxsearch reads columns.
    """
    article = decode(stored)
    path = category_path(article.breadcrumb)
    values: dict[str, Any] = {
        "id": article.id,
        "category": [written_path(prefix) for prefix in prefixes(path)],
        "path": _encoder.encode(path),
        "digest": digest(stored),
        "article": stored,
    }
    for field in TEXT_FIELDS:
        values[field] = tokens(fold(getattr(article, field)))
        values[f"{field}_length"] = len(values[field])
    if article.source is not None:
        values["source"] = article.source
    if article.published is not None:
        start = epoch(article.published)
        values["published"] = values["starts"] = start
        values["ends"] = start + (DAY if article.precision == "day" else 1)
    return values


def read_label_path(value: bytes) -> Path:
    """The category path in a value of the `path` column."""
    return _path_decoder.decode(value)
