import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.segments import built_of
from wxsearch.analysis.fold import fold
from wxsearch.analysis.runs import pieces
from wxsearch.index.segment.dictionary import LONGEST_GRAM, Dictionary
from wxsearch.models import Article

TEXTS = st.lists(st.text("中国人ab1 вж，", max_size=14), min_size=1, max_size=6)
LONG_RUNS = [
    "abcdefg",
    "abcdefgh",
    "abcdefghi",
    "abcdefghij",
    "abcdefghz",
    "вова",
    "вовав",
    "вовавов",
    "12345678901",
]


def dictionary_of(bodies):
    built = built_of([Article(id=str(number), body=body) for number, body in enumerate(bodies)])
    return Dictionary(built.postings, built.documents, others=built.others)


def counts_of(found):
    """By document, how often something stands in the body; {} for what has no list."""
    if found is None:
        return {}
    return dict(postings_of(found))


def postings_of(found):
    """Document and occurrences in the body of each posting of a list; none has one in a title."""
    title, body = found.counts(found.documents, found.values)
    assert not title.any()
    return zip(found.documents.tolist(), body.tolist(), strict=True)


def beginning(dictionary, prefix):
    """By document, how often runs that begin so stand in the body, each run by itself, in order."""
    found = dictionary.runs_beginning(prefix)
    lists = found if isinstance(found, list) else [found]
    return sorted(posting for each in lists for posting in postings_of(each))


def standing(text, bodies):
    """By document, how often a string stands in the folded body."""
    found = {n: len(re.findall(f"(?={re.escape(text)})", fold(body))) for n, body in enumerate(bodies)}
    return {document: count for document, count in found.items() if count}


@given(TEXTS, st.text("中国人ab1 вж", min_size=1, max_size=2))
def test_every_short_gram_has_its_list(bodies, gram):
    """The list of a character or bigram is where it stands in the fold; none means no document."""
    dictionary = dictionary_of(bodies)
    numbers = dictionary.numbers(gram)
    if numbers is None:
        assert standing(gram, bodies) == {}
    elif gram != " ":
        assert counts_of(dictionary.gram(numbers)) == standing(gram, bodies)


@given(TEXTS, st.text("中国人ab1 вж", min_size=1, max_size=9))
def test_longer_grams_are_found_within_a_string(bodies, text):
    """Of a string, the grams that have lists come longest first, with their places and lists."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.index.segment.building._LISTED_LEAST", 2)
        dictionary = dictionary_of(bodies)
    numbers = dictionary.numbers(text)
    if numbers is None:
        return
    found = list(dictionary.longer_grams(numbers))
    expected = []
    for length in (LONGEST_GRAM, 3):
        for start in range(len(text) - length + 1):
            gram = text[start : start + length]
            edges = gram[0] + gram[-1]
            if len(standing(gram, bodies)) >= 2 and " " not in edges:
                expected.append((start, length, standing(gram, bodies)))
    assert [(start, length, counts_of(each)) for start, length, each in found] == expected
    for start, length, each in found:
        assert counts_of(dictionary.gram(numbers[start : start + length])) == counts_of(each)


def test_lists_of_many_documents_are_found_by_their_beginnings():
    """Longer grams in many documents, nested in their beginnings or not, have the lists they should have."""
    chance = Random(3)
    bodies = ["".join(chance.choices("中国人民港", [9, 5, 3, 2, 1], k=12)) for _ in range(1_200)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.index.segment.building._LISTED_LEAST", 34)
        patch.setattr("wxsearch.index.segment.building._LISTED_SHARE", 1_000)
        dictionary = dictionary_of(bodies)
    found, nested = 0, 0
    for gram in {
        body[start : start + length] for body in bodies for length in (2, 3, 4) for start in range(9)
    }:
        each = dictionary.gram(dictionary.numbers(gram))
        assert (each is not None) == (len(gram) == 2 or len(standing(gram, bodies)) >= 34)
        if each is not None:
            nested += each.is_nested
            found += 1
            assert counts_of(each) == standing(gram, bodies)
    assert found - nested > 20
    assert nested > 20


@given(TEXTS, st.text("中国人ab1 вж", min_size=2, max_size=2))
def test_the_frequency_of_a_bigram_is_known_before_its_list_is_read(bodies, gram):
    """How many documents have two characters together is said by a list that nobody has decoded."""
    dictionary = dictionary_of(bodies)
    numbers = dictionary.numbers(gram)
    if numbers is not None:
        found = dictionary.gram(numbers)
        assert (found.frequency if found else 0) == len(standing(gram, bodies))


def runs_of(body):
    return [text for kind, text in pieces(fold(body)) if kind in ("letters", "digits")]


@given(
    st.lists(
        st.lists(st.one_of(st.sampled_from(LONG_RUNS), st.text("abж12中", max_size=10)), max_size=4).map(
            " ".join
        ),
        min_size=1,
        max_size=5,
    ),
    st.one_of(st.sampled_from(LONG_RUNS), st.text("abж", min_size=1, max_size=4)),
    st.integers(1, 10),
)
def test_runs_are_found_whole_and_by_their_beginning(bodies, run, length):
    """A run has the list of where it is one; a beginning has those of all runs that begin so."""
    dictionary = dictionary_of(bodies)
    every = {run for body in bodies for run in runs_of(body)}

    def as_run(name):
        found = {document: runs_of(body).count(name) for document, body in enumerate(bodies)}
        return {document: count for document, count in found.items() if count}

    assert counts_of(dictionary.run(run)) == as_run(run)
    prefix = run[:length]
    expected = [count for name in every if name.startswith(prefix) for count in as_run(name).items()]
    assert beginning(dictionary, prefix) == sorted(expected)


@pytest.mark.parametrize("length", range(1, 11))
def test_beginnings_of_each_length_are_told_apart(length):
    """A prefix of one to ten bytes finds runs up to and beyond the length of a key, and no neighbours."""
    prefix = "bbbbbbbbbb"[:length]
    runs = [prefix + more for more in ("", "a", "z", "zz", "\uffef", "c" * 30)]
    others = [prefix[:-1] + "a", prefix[:-1] + "c", "a" * 12, "\uffdc"]
    dictionary = dictionary_of([" ".join(map(str.lower, runs)), " ".join(others)])
    found = beginning(dictionary, prefix)
    assert [document for document, _ in found] == [0] * len(set(map(fold, runs)))


def test_a_beginning_of_letters_of_several_bytes():
    """Letters beyond ASCII take two bytes and more, and their beginnings are whole letters."""
    dictionary = dictionary_of(["вова вовaн вовочка вовавовавова", "во вж в"])
    assert beginning(dictionary, "вов") == [(0, 1)] * 4
    assert beginning(dictionary, "вовав") == [(0, 1)]
    assert counts_of(dictionary.run("в")) == {1: 1}


def test_what_is_not_there_has_no_list():
    """Characters, pairs, longer strings and runs of no text are told apart from those of some."""
    dictionary = dictionary_of(["中国 ab"])
    assert dictionary.numbers("龘") is None
    assert dictionary.gram(dictionary.numbers("国中")) is None
    assert dictionary.gram(dictionary.numbers("中国 ")) is None
    assert list(dictionary.longer_grams(dictionary.numbers("中国"))) == []
    assert [dictionary.run(run) for run in ("a", "abc", "abcdefghijk", "1")] == [None] * 4
    assert dictionary.runs_beginning("b") == []


def test_an_empty_segment_has_no_lists():
    """Articles without a letter or digit make a dictionary that holds nothing and fails at nothing."""
    dictionary = dictionary_of(["，", ""])
    assert dictionary.numbers("中") is None
    assert dictionary.gram(dictionary.numbers(" ")) is None
    assert dictionary.run("a") is None
    assert dictionary.runs_beginning("a") == []
