from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.postings import told
from wxsearch.analysis.fold import SEPARATOR, fold
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.index.segment.alphabet import LOOKAHEAD, OTHER, Alphabet, texts_of
from wxsearch.index.segment.dictionary import gram_term
from wxsearch.index.segment.grams import Listed, grams

DOCUMENTS = st.lists(
    st.tuples(st.text("中国人，", max_size=8), st.text("中国人ab1 ", max_size=20)), min_size=1, max_size=8
)


def numbered(documents, most=OTHER - 1):
    """The texts of documents as numbers, and their alphabet."""
    codes = fold_texts([text for pair in documents for text in pair]).codes
    alphabet = Alphabet.of([codes], most)
    return texts_of(np.append(alphabet.numbers(codes), np.zeros(LOOKAHEAD, np.uint16))), alphabet


def found_grams(documents, listed, shard_occurrences=4_000_000):
    """Characters, bigrams and longer grams by term, and how many shards there were."""
    texts, alphabet = numbered(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.index.segment.grams._SHARD_OCCURRENCES", shard_occurrences)
        shards = list(grams(texts, alphabet.separator, listed))
    kinds = {}, {}, {}
    for shard in shards:
        for kind, counted in zip(kinds, ((shard.characters,), (shard.bigrams,), shard.longer), strict=True):
            for each in counted:
                lists = told(each)
                assert not lists.keys() & kind.keys()
                kind.update(lists)
    return kinds, len(shards)


def brute_force(documents, length, terms):
    """By term, then document: occurrences in title and body of the grams that may have lists."""
    lists = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for document, pair in enumerate(documents):
        for field, text in enumerate(map(fold, pair)):
            for start in range(len(text) - length + 1):
                gram = text[start : start + length]
                edges = gram[0] + gram[-1] if length > 2 else gram * (length == 1)
                if SEPARATOR not in edges:
                    lists[terms(gram)][document][field] += 1
    return {
        term: {document: tuple(counts) for document, counts in found.items()} for term, found in lists.items()
    }


def terms_of(alphabet, length):
    def term(gram):
        numbers = alphabet.numbers_of(gram)
        return gram_term(numbers) if length > 2 else sum(n << 16 * p for p, n in enumerate(numbers[::-1]))

    return term


@given(DOCUMENTS, st.integers(1, 60))
def test_every_character_and_bigram_is_counted(documents, shard_occurrences):
    """Characters but the separator, and bigrams with separators inside, in whatever shards."""
    (characters, bigrams, _), _ = found_grams(
        documents, Listed(99, 99, np.empty(0, np.uint64)), shard_occurrences
    )
    _, alphabet = numbered(documents)
    assert characters == brute_force(documents, 1, terms_of(alphabet, 1))
    assert bigrams == brute_force(documents, 2, terms_of(alphabet, 2))


@given(
    DOCUMENTS,
    st.integers(1, 4),
    st.integers(1, 4),
    st.sets(st.text("中国人ab1", min_size=3, max_size=4), max_size=12),
    st.sampled_from([20, 4_000_000]),
)
def test_longer_grams_are_those_listed(documents, least, word_least, words, shard_occurrences):
    """Of three and four characters, those in enough documents have lists, and words in fewer; no others."""
    _, alphabet = numbered(documents)
    numbers = [found for word in words if (found := alphabet.numbers_of(word)) is not None]
    wanted = {gram_term(word) for word in numbers}
    listed = Listed(least, word_least, np.array(sorted(wanted), np.uint64))
    (_, _, longer), _ = found_grams(documents, listed, shard_occurrences)
    every = {
        term: lists
        for length in (3, 4)
        for term, lists in brute_force(documents, length, terms_of(alphabet, length)).items()
    }
    assert longer == {
        term: lists
        for term, lists in every.items()
        if len(lists) >= least or (term in wanted and len(lists) >= min(word_least, least))
    }


def test_shards_are_many_where_they_have_to_be():
    """Shards bound how much is sorted at once, and together are what one would be."""
    chance = np.random.default_rng(2)
    documents = [("", "".join(map(chr, chance.integers(0x4E00, 0x4E10, 50)))) for _ in range(40)]
    listed = Listed(2, 2, np.empty(0, np.uint64))
    one, shards = found_grams(documents, listed)
    assert shards == 1
    many, shards = found_grams(documents, listed, 100)
    assert shards > 10
    assert many == one
    assert len(one[2]) > 20


def test_characters_beyond_a_shard_are_counted():
    """More characters than one shard may begin with, each of its own number, lose none and mix none."""
    count = 40_000
    body = "".join(each for each in map(chr, range(0x20000, 0x2B000)) if fold(each) == each)
    documents = [("", body[start : start + 1_000]) for start in range(0, count, 1_000)] * 2
    (characters, bigrams, longer), shards = found_grams(documents, Listed(2, 2, np.empty(0, np.uint64)))
    assert shards == 2
    assert len(characters) == count
    assert (len(bigrams), len(longer)) == (count - 40, 2 * count - 5 * 40)
    found = Counter(len(lists) for kind in (characters, bigrams, longer) for lists in kind.values())
    assert list(found) == [2]
