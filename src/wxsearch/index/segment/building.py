"""Building: articles, in batches, become the files of one segment.

Memory goes with the characters of a segment (BYTES_PER_CHARACTER each), not
with how many articles there are to come.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import Codes, fold_texts
from wxsearch.analysis.segment import words
from wxsearch.analysis.sketch import packed, sketches_of
from wxsearch.index.segment.alphabet import LOOKAHEAD, Alphabet, texts_of
from wxsearch.index.segment.columns import ColumnsWriter
from wxsearch.index.segment.dictionary import LONGEST_GRAM, DictionaryWriter, gram_term
from wxsearch.index.segment.encoding import SEGMENT_DOCUMENTS, Array
from wxsearch.index.segment.frames import FrameWriter
from wxsearch.index.segment.grams import Listed, grams
from wxsearch.index.segment.layout import ArrayFile
from wxsearch.index.segment.run_lists import Runs, count_runs, find_runs
from wxsearch.index.segment.sections import laid_out
from wxsearch.index.segment.signatures import SignatureWriter
from wxsearch.models import Article

FIXED_BYTES = 190_000_000
BYTES_PER_CHARACTER = 16
"""The measured peak of a process that builds: so much whatever the segment, and for each character of it."""

MOST_CHARACTERS = 1 << 29
"""With more, lists could outgrow the 32 bits of their places: a character begins up to three longer grams."""

# A batch has at most so many articles, and ends with the one that makes it so many characters.
_BATCH = 2_000
_BATCH_CHARACTERS = 2_500_000
# Where packed articles end is kept in 32 bits; a batch is far smaller.
_MOST_PACKED = 1 << 31
SURE_DOCUMENTS = SEGMENT_DOCUMENTS - _BATCH
"""So many articles fit one segment, in whatever batches they come."""
SURE_BYTES = _MOST_PACKED // 2
"""Articles that are packed in so many bytes do, too, however they are packed then."""

# Any gram of three or four characters gets a list from one document in so many on, and
# from so many documents; a word, from far fewer (docs/decisions/0007-lists-of-longer-grams.md).
_LISTED_SHARE = 400
_LISTED_LEAST = 64
_WORD_LEAST = 16
# Below so many articles no word stands in enough of them to matter, and the cutter need not be loaded.
_CUT_LEAST = 500

_encoder = msgspec.json.Encoder()


class Sink(Protocol):
    """A file that takes bytes; index.access.DataFile."""

    @property
    def name(self) -> str:
        """Its name in the index."""

    def write(self, data: memoryview | bytes) -> None:
        """Appends bytes."""


class Built(NamedTuple):
    """The arrays of a segment, and what its entry says beside them."""

    postings: Mapping[str, Array]
    columns: Mapping[str, Array]
    documents: int
    characters: int
    others: bool


class Builder:
    """Takes articles until it is full; `finished` gives the arrays."""

    def __init__(
        self, dictionary: bytes | None, write_frame: Callable[[bytes], object], most_characters: int
    ) -> None:
        self._columns, self._frames = ColumnsWriter(), FrameWriter(dictionary)
        self._write_frame = write_frame
        self._most_characters = most_characters
        self._codes: list[Codes] = []
        self._runs: list[Runs] = []
        self._lengths: list[NDArray[np.int64]] = []
        self._plain: list[NDArray[np.bool_]] = []
        self._sketches: list[NDArray[np.uint8]] = []
        self._signatures = SignatureWriter()
        self.characters = 0

    @property
    def full(self) -> bool:
        """Whether another batch could be too much."""
        return (
            len(self._columns) + _BATCH > SEGMENT_DOCUMENTS
            or self.characters >= self._most_characters
            or self._frames.bytes >= _MOST_PACKED
        )

    def add(self, articles: Iterable[Article]) -> None:
        """Takes a batch, of at most `_BATCH` articles."""
        texts: list[str] = []
        first = 2 * len(self._columns)
        for article in articles:
            self._write_frame(self._frames.pack(article))
            self._columns.add(article)
            texts += (article.title, article.body)
        folded = fold_texts(texts)
        text = np.repeat(np.arange(first, first + len(texts), dtype=np.uint32), folded.lengths + 1)
        self._codes.append(folded.codes)
        self._runs.append(find_runs(folded.codes, text))
        self._lengths.append(folded.lengths)
        self._plain.append(folded.plain)
        self._sketches.append(packed(sketches_of(folded)))
        self._signatures.add(folded)
        self.characters += len(folded.codes)

    def finished(self, most_numbers: int | None = None) -> Built:
        """The arrays, once; nothing can be added afterwards."""
        documents = len(self._columns)
        alphabet = (
            Alphabet.of(self._codes) if most_numbers is None else Alphabet.of(self._codes, most_numbers)
        )
        characters = np.zeros(self.characters + LOOKAHEAD, np.uint16)
        end = 0
        # Let go one by one: together they are twice the size of what is made of them.
        self._codes.reverse()
        while self._codes:
            codes = self._codes.pop()
            characters[end : end + len(codes)] = alphabet.numbers(codes)
            end += len(codes)
        least = max(_LISTED_LEAST, documents // _LISTED_SHARE)
        wanted = self._title_words(alphabet) if documents >= _CUT_LEAST else np.empty(0, np.uint64)
        writer = DictionaryWriter(alphabet, documents)
        for shard in grams(texts_of(characters), alphabet.separator, Listed(least, _WORD_LEAST, wanted)):
            writer.add_grams(shard)
        writer.add_runs(count_runs(self._runs))
        return Built(writer.sections(), self._column_sections(), documents, self.characters, alphabet.others)

    def _title_words(self, alphabet: Alphabet) -> NDArray[np.uint64]:
        """The words of three and four characters in titles: what people ask for stands there."""
        cut = {word for title in self._columns.titles() for word, _ in words(fold(title))}
        terms = []
        for word in cut:
            numbers = alphabet.numbers_of(word) if len(word) in (3, LONGEST_GRAM) else None
            if numbers is not None:
                terms.append(gram_term(numbers))
        return np.array(sorted(terms), np.uint64)

    def _column_sections(self) -> dict[str, Array]:
        lengths, plain = np.concatenate(self._lengths), np.concatenate(self._plain)
        return {
            **self._columns.sections(),
            **self._frames.sections(),
            "title_lengths": _narrow(lengths[::2]),
            "body_lengths": _narrow(lengths[1::2]),
            "plain": (plain[::2] & plain[1::2]).astype(np.uint8),
            "sketches": np.concatenate(self._sketches),
            **self._signatures.sections(),
        }


def _narrow(numbers: NDArray[np.int64]) -> Array:
    """Numbers of 0 and more in as few bytes as the largest needs."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


def batches(articles: Iterable[Article]) -> Iterator[tuple[Article, ...]]:
    """Articles in groups that a Builder takes."""
    batch: list[Article] = []
    characters = 0
    for article in articles:
        batch.append(article)
        characters += len(article.title) + len(article.body)
        if article.extra:
            # Whole pages, maybe, that nothing bounds but the size of an article.
            characters += len(_encoder.encode(article.extra))
        if len(batch) == _BATCH or characters >= _BATCH_CHARACTERS:
            yield tuple(batch)
            batch, characters = [], 0
    if batch:
        yield tuple(batch)


def write_arrays(file: Sink, arrays: Mapping[str, Array]) -> ArrayFile:
    """Writes arrays to a file, and says where in it they are."""
    table, pieces = laid_out(arrays)
    for piece in pieces:
        file.write(piece)
    return ArrayFile(file.name, table)
