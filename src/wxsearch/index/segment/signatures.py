"""Signatures: of each long article the trigrams, superimposed as bits (Faloutsos and Christodoulakis 1984).

A long article has nearly every bigram. So it is a candidate for many strings that do not stand in it,
and its text takes longest to unpack. Its signature rules out most of them.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wxsearch.analysis.fold_arrays import Codes, FoldedTexts
from wxsearch.index.segment.encoding import Array

_LEAST_CHARACTERS = 4_000
"""Folded characters of title and body that an article needs to have a signature."""

# With so many bits a character about one of five is set.
_BITS_A_CHARACTER = 3
_GRAM = 3
# Of others, so many trigrams let by chance one in 10^11 pass; the work of a long string stays bounded.
_MOST_GRAMS = 16
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
        self._documents: list[int] = []
        self._signatures: list[NDArray[np.uint8]] = []

    def add(self, folded: FoldedTexts) -> None:
        """Takes the next articles."""
        lengths = folded.lengths[::2] + folded.lengths[1::2]
        # A border stands behind each text.
        ends = np.cumsum(lengths + 2)
        for number in (lengths >= _LEAST_CHARACTERS).nonzero()[0].tolist():
            length, end = int(lengths[number]), int(ends[number])
            self._documents.append(self._count + number)
            self._signatures.append(_signature(folded.codes[end - length - 2 : end], length))
        self._count += len(lengths)

    def sections(self) -> dict[str, Array]:
        """The arrays; see Signatures."""
        ends = np.cumsum(list(map(len, self._signatures)), dtype=np.int64)
        return {
            "signature_documents": np.array(self._documents, np.uint16),
            "signature_ends": ends.astype(np.uint32),
            "signatures": np.concatenate([np.empty(0, np.uint8), *self._signatures]),
        }


class Signatures:
    """The signatures of a segment; see SignatureWriter."""

    def __init__(self, sections: Mapping[str, Any]) -> None:
        self._content: NDArray[np.uint8] = sections["signatures"]
        self._documents = sections["signature_documents"].astype(np.intp)
        ends = sections["signature_ends"].astype(np.int64)
        sizes = np.diff(ends, prepend=0)
        self._starts, self._bits = ends - sizes, sizes << 3

    def possible(self, documents: NDArray[np.intp], string: str) -> NDArray[np.intp]:
        """Some ascending documents without those in which a folded string certainly does not stand."""
        if len(self._documents) == 0 or len(string) < _GRAM:
            return documents
        rows = self._documents.searchsorted(documents)
        signed = (self._documents.take(rows, mode="clip") == documents).nonzero()[0]
        if len(signed) == 0:
            return documents
        rows = rows.take(signed)
        bits = _placed(_hashes_of(string)[:, None], self._bits.take(rows))
        content = self._content.take((bits >> _BYTE) + self._starts.take(rows))
        content &= _MASKS.take(bits & _IN_BYTE)
        may = np.ones(len(documents), bool)
        may[signed] = content.min(axis=0) > 0
        return documents[may]


def _signature(codes: Codes, length: int) -> NDArray[np.uint8]:
    size = -(-length * _BITS_A_CHARACTER // 8)
    wide = codes.astype(np.uint64)
    grams = (wide[:-2] << np.uint64(_CODE_BITS) | wide[1:-1]) << np.uint64(_CODE_BITS) | wide[2:]
    hashes = (grams * np.uint64(_GOLDEN)) >> np.uint64(_HASH_BITS)
    bits = np.zeros(size << 3, np.uint8)
    bits[_placed(hashes.astype(np.int64), size << 3)] = 1
    return np.packbits(bits, bitorder="little")


def _hashes_of(string: str) -> NDArray[np.int64]:
    """The hashes of the first trigrams as in _signature; of few characters they come sooner one by one."""
    a, b, *rest = map(ord, string[: _MOST_GRAMS + _GRAM - 1])
    hashes = []
    for c in rest:
        hashes.append(((a << _CODE_BITS | b) << _CODE_BITS | c) * _GOLDEN % _WORD >> _HASH_BITS)
        a, b = b, c
    return np.array(hashes)


def _placed(hashes: NDArray[np.int64], bits: Any) -> NDArray[np.int64]:
    """Which of so many bits stands for each hash."""
    return hashes * bits >> _HASH_BITS
