"""Signatures: of each article some trigrams, superimposed as bits (Faloutsos and Christodoulakis 1984).

Two kinds of texts are unpacked in vain otherwise. A long article has nearly every bigram, so it is a
candidate for many strings that do not stand in it, and takes longest to unpack: it is signed with all its
trigrams. And where a string goes on behind a separator, its bigrams say little, for most characters stand
before and behind some separator: so every article is signed with its trigrams around one.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold import SEPARATOR
from wxsearch.analysis.fold_arrays import BORDER, Codes, FoldedTexts
from wxsearch.index.segment.encoding import Array

_LEAST_CHARACTERS = 4_000
"""Folded characters of title and body that an article needs to be signed with all trigrams."""

# With so many bits a character about one of five is set.
_BITS_A_CHARACTER = 3
# With so many a separator, too: nearly all trigrams around one differ.
_BITS_A_SEPARATOR = 4
_GRAM = 3
# Of others, so many trigrams let by chance one in 10^11 pass; the work of a long string stays bounded.
_MOST_GRAMS = 16
# The signatures of so few documents are read sooner one by one.
_FEW = 4
# Bits of a code point, and of a hash: so many of a word.
_CODE_BITS, _HASH_BITS = 21, 32
_WORD = 1 << 64
_GOLDEN = 0x9E3779B97F4A7C15
_BYTE, _IN_BYTE = np.array(3), np.array(7)
_MASKS = np.uint8(1) << np.arange(8, dtype=np.uint8)


class SignatureWriter:
    """Takes the folded titles and bodies of articles in turn, in the order of their documents."""

    def __init__(self) -> None:
        self._count = 0
        self._long: list[NDArray[np.intp]] = []
        self._sizes: list[NDArray[np.int64]] = [np.zeros(1, np.int64)]
        self._signatures: list[NDArray[np.uint8]] = []

    def add(self, folded: FoldedTexts) -> None:
        """Takes the next articles."""
        lengths = folded.lengths[::2] + folded.lengths[1::2]
        is_long = lengths >= _LEAST_CHARACTERS
        # A border stands behind each text; what holds one is no trigram, whatever articles come together.
        article = np.repeat(np.arange(len(lengths)), lengths + 2)[1:-1]
        codes = folded.codes
        inside = (codes[:-2] != BORDER) & (codes[1:-1] != BORDER) & (codes[2:] != BORDER)
        # No text begins or ends with one.
        around = codes[1:-1] == ord(SEPARATOR)
        separators = np.bincount(article[around], minlength=len(lengths))
        bits = np.where(is_long, lengths * _BITS_A_CHARACTER, separators * _BITS_A_SEPARATOR)
        sizes = -(-bits // 8)
        signed = np.flatnonzero(around | (inside & is_long[article]))
        of = article[signed]
        places = _placed(_hashes(codes, signed), sizes[of] << 3) + ((np.cumsum(sizes) - sizes)[of] << 3)
        marks = np.zeros(int(sizes.sum()) << 3, np.uint8)
        marks[places] = 1
        self._signatures.append(np.packbits(marks, bitorder="little"))
        self._sizes.append(sizes)
        self._long.append(np.flatnonzero(is_long) + self._count)
        self._count += len(lengths)

    def sections(self) -> dict[str, Array]:
        """The arrays; see Signatures."""
        return {
            "signature_documents": np.concatenate([np.empty(0, np.intp), *self._long]).astype(np.uint16),
            "signature_bounds": np.cumsum(np.concatenate(self._sizes)).astype(np.uint32),
            "signatures": np.concatenate([np.empty(0, np.uint8), *self._signatures]),
        }


class Signatures:
    """The signatures of a segment; see SignatureWriter."""

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self._content: NDArray[np.uint8] = sections["signatures"]
        self._bounds: NDArray[np.uint32] = sections["signature_bounds"]
        # Single numbers come faster out of a memoryview than out of an array.
        self._each_byte, self._each_bound = memoryview(self._content), memoryview(self._bounds)
        self._long = sections["signature_documents"].astype(np.intp)

    def possible(self, documents: NDArray[np.intp], string: str) -> NDArray[np.intp]:
        """Some ascending documents without those in which a folded string certainly does not stand."""
        if SEPARATOR in string:
            around = [gram for gram in _grams(string) if gram[1] == SEPARATOR]
            if around:
                documents = documents.take(self._having(documents, around).nonzero()[0])
        if len(self._long) == 0 or len(documents) == 0 or len(string) < _GRAM:
            return documents
        at = self._long.searchsorted(documents)
        signed = (self._long.take(at, mode="clip") == documents).nonzero()[0]
        if len(signed) == 0:
            return documents
        may = np.ones(len(documents), bool)
        may[signed] = self._having(documents.take(signed), _grams(string))
        return documents.take(may.nonzero()[0])

    def _having(self, documents: NDArray[np.intp], grams: Sequence[str]) -> NDArray[np.bool_]:
        """Whether the signature of each document has the bits of trigrams that it is signed with."""
        if len(self._content) == 0:
            return np.zeros(len(documents), bool)
        if len(documents) <= _FEW:
            hashes = list(map(_hash, grams))
            return np.array([self._has(document, hashes) for document in documents.tolist()], bool)
        starts, ends = (self._bounds.take(documents + one).astype(np.int64) for one in (0, 1))
        bits = _placed(np.array(list(map(_hash, grams)))[:, None], (ends - starts) << _BYTE)
        # Of an article without any bits no place is its own.
        content = self._content.take((bits >> _BYTE) + starts, mode="clip")
        content &= _MASKS.take(bits & _IN_BYTE)
        having: NDArray[np.bool_] = (content.min(axis=0) > 0) & (starts < ends)
        return having

    def _has(self, document: int, hashes: Sequence[int]) -> bool:
        start, end = self._each_bound[document], self._each_bound[document + 1]
        bits, content = (end - start) << 3, self._each_byte
        places = (each * bits >> _HASH_BITS for each in hashes)
        return start < end and all(content[start + (place >> 3)] >> (place & 7) & 1 for place in places)


def _grams(string: str) -> list[str]:
    """The first trigrams of a string."""
    return [string[start : start + _GRAM] for start in range(min(len(string) - _GRAM + 1, _MOST_GRAMS))]


def _hash(gram: str) -> int:
    """Of few trigrams they come sooner one by one than as arrays; the same as _hashes."""
    first, middle, last = map(ord, gram)
    return ((first << _CODE_BITS | middle) << _CODE_BITS | last) * _GOLDEN % _WORD >> _HASH_BITS


def _hashes(codes: Codes, starts: NDArray[np.intp]) -> NDArray[np.int64]:
    """The hashes of the trigrams that begin at some places."""
    first, middle, last = (codes[starts + place].astype(np.uint64) for place in range(_GRAM))
    grams = (first << np.uint64(_CODE_BITS) | middle) << np.uint64(_CODE_BITS) | last
    return ((grams * np.uint64(_GOLDEN)) >> np.uint64(_HASH_BITS)).astype(np.int64)


def _placed(hashes: NDArray[np.int64], bits: Any) -> NDArray[np.int64]:
    """Which of so many bits stands for each hash."""
    return hashes * bits >> _HASH_BITS
