"""The columns of a segment: what filters, facets, orders and lists of hits read of each document."""

from bisect import bisect_left
from codecs import utf_16_le_decode
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from wxsearch.categories import Path, category_path
from wxsearch.dates import DAY, epoch, printed
from wxsearch.index.segment.encoding import Array
from wxsearch.models import Article, Interval

Numbers = NDArray[np.int64]

UNDATED = -(2**62)
"""The start of a document without a time."""

# Two bytes a character, where UTF-8 takes three for an ideograph.
_TITLES = "utf-16-le"
_PRECISIONS = (None, "second", "minute", "day")
_CHINA_SECONDS = 8 * 3600

_encoder = msgspec.json.Encoder()
_paths_decoder = msgspec.json.Decoder(list[Path])
_sources_decoder = msgspec.json.Decoder(list[str])


class ColumnsWriter:
    """Takes articles in the order of their documents."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._titles: list[bytes] = []
        self._starts: list[int] = []
        self._precisions: list[int] = []
        self._paths, self._sources = _Codes(), _Codes()

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._ids)

    def add(self, article: Article) -> None:
        """Takes the next document."""
        self._ids.append(article.id.encode())
        self._titles.append(article.title.encode(_TITLES))
        self._starts.append(UNDATED if article.published is None else epoch(article.published))
        self._precisions.append(_PRECISIONS.index(article.precision if article.published else None))
        self._paths.add(article.breadcrumb)
        self._sources.add(article.source or "")

    def titles(self) -> Iterator[str]:
        """The titles of all documents."""
        return (title.decode(_TITLES) for title in self._titles)

    def sections(self) -> dict[str, Array]:
        """The arrays; see Columns."""
        order = sorted(range(len(self._ids)), key=self._ids.__getitem__)
        paths, path_codes = self._paths.merged(category_path)
        return {
            **_blob("id", self._ids),
            "id_order": np.array(order, np.uint16),
            **_blob("title", self._titles),
            "starts": np.array(self._starts, np.int64),
            "precisions": np.array(self._precisions, np.uint8),
            "path_codes": path_codes,
            "paths": np.frombuffer(_encoder.encode(paths), np.uint8),
            "source_codes": self._sources.codes(),
            "sources": np.frombuffer(_encoder.encode(list(self._sources.values)), np.uint8),
        }


class Slots(NamedTuple):
    """A number for each document: 0 without a time, else 1 for the unit `first`, 2 for the next.

    Units are days, months or years counted from those of 1970-01-01; all numbers are below `size`.
    """

    first: int
    numbers: Numbers
    size: int


class Columns:
    """The columns of a segment of `count` documents."""

    def __init__(self, sections: Mapping[str, Any], count: int) -> None:
        self.count = count
        self._sections = sections
        self.starts: Numbers = sections["starts"]
        self._id_blob, self._title_blob = _views(sections, "id"), _views(sections, "title")
        self._slots: dict[Interval, Slots] = {}

    def id(self, document: int) -> str:
        """The id of a document."""
        return str(_value(*self._id_blob, document), "utf-8")

    def ids(self) -> list[bytes]:
        """The ids of all documents."""
        whole, ends = bytes(self._sections["id_bytes"]), self._sections["id_ends"].tolist()
        return [whole[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    def label(self, document: int) -> tuple[str, str]:
        """The id and the title of a document."""
        # Written out: a page asks for ten, and calls for each part take as long again.
        (ids, id_ends), (titles, title_ends) = self._id_blob, self._title_blob
        before = document - 1
        id_start, start = (id_ends[before], title_ends[before]) if document else (0, 0)
        # To find this codec by its name takes Python three times as long as to decode a title.
        title, _ = utf_16_le_decode(titles[start : title_ends[document]])
        return str(ids[id_start : id_ends[document]], "utf-8"), title

    def stored_fields(self, document: int) -> dict[str, Any]:
        """The fields of an article that only its columns hold."""
        start = int(self.starts[document])
        return {
            "id": self.id(document),
            "published": None if start == UNDATED else printed(start),
            "precision": _PRECISIONS[self._sections["precisions"][document]],
        }

    def find(self, article_id: bytes) -> int | None:
        """The document of an id, deleted or not."""
        order, blob, ends = (self._sections[name] for name in ("id_order", "id_bytes", "id_ends"))

        def held(place: int) -> bytes:
            document = int(order[place])
            return bytes(blob[int(ends[document - 1]) if document else 0 : int(ends[document])])

        place = bisect_left(range(self.count), article_id, key=held)
        return int(order[place]) if place < self.count and held(place) == article_id else None

    @cached_property
    def id_rank(self) -> Numbers:
        """The place of each document among those of the segment in the order of ids."""
        ranks = np.empty(self.count, np.int64)
        ranks[self._sections["id_order"]] = np.arange(self.count)
        return ranks

    @cached_property
    def ends(self) -> Numbers:
        """The first instant after what the precision of each document's time covers."""
        return self.starts + np.where(self._sections["precisions"] == _PRECISIONS.index("day"), DAY, 1)

    def slots(self, interval: Interval) -> Slots:
        """The day, month or year of each document in +08:00, for counting."""
        if interval not in self._slots:
            self._slots[interval] = self._counted_in(interval)
        return self._slots[interval]

    def _counted_in(self, interval: Interval) -> Slots:
        dated = self.starts != UNDATED
        units = (np.where(dated, self.starts, 0) + _CHINA_SECONDS) // DAY
        if interval != "day":
            units = (
                units.astype("datetime64[D]").astype(f"datetime64[{interval[0].upper()}]").astype(np.int64)
            )
        first, last = (int(units[dated].min()), int(units[dated].max())) if dated.any() else (0, -1)
        return Slots(first, np.where(dated, units - first + 1, 0), last - first + 2)

    @cached_property
    def path_codes(self) -> Numbers:
        """The category path of each document as a place in `paths`."""
        return self._sections["path_codes"].astype(np.int64)

    @cached_property
    def paths(self) -> list[Path]:
        """The category paths of the segment."""
        return _paths_decoder.decode(memoryview(self._sections["paths"]))

    @cached_property
    def source_codes(self) -> Numbers:
        """The source of each document as a place in `sources`."""
        return self._sections["source_codes"].astype(np.int64)

    @cached_property
    def sources(self) -> list[str]:
        """The sources of the segment; the empty string is of documents without one."""
        return _sources_decoder.decode(memoryview(self._sections["sources"]))


class _Codes:
    """Few different values, numbered as they come."""

    def __init__(self) -> None:
        self.values: dict[Any, int] = {}
        self._codes: list[int] = []

    def add(self, value: Hashable) -> None:
        self._codes.append(self.values.setdefault(value, len(self.values)))

    def codes(self) -> Array:
        return np.array(self._codes, np.uint16 if len(self.values) <= 65_536 else np.uint32)

    def merged(self, meaning: Any) -> tuple[list[Any], Array]:
        """Values by their meaning, and the codes of those."""
        meanings: dict[Any, int] = {}
        table = [meanings.setdefault(meaning(value), len(meanings)) for value in self.values]
        codes = np.array(table or [0], np.uint16 if len(meanings) <= 65_536 else np.uint32)
        return list(meanings), codes[self.codes()]


def _blob(name: str, values: Sequence[bytes]) -> dict[str, Array]:
    return {
        f"{name}_bytes": np.frombuffer(b"".join(values), np.uint8),
        f"{name}_ends": np.cumsum(list(map(len, values)), dtype=np.int64).astype(np.uint32),
    }


def _views(sections: Mapping[str, Any], name: str) -> tuple[memoryview, memoryview]:
    """The bytes of a blob and where each value ends: single values come faster from memoryviews."""
    return memoryview(sections[f"{name}_bytes"]), memoryview(sections[f"{name}_ends"])


def _value(content: memoryview, ends: memoryview, document: int) -> memoryview:
    return content[ends[document - 1] if document else 0 : ends[document]]
