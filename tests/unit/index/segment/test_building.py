import numpy as np
import pytest
from hypothesis import given

from support.drawn import corpora
from support.segments import built_of
from wxsearch.analysis.fold import fold
from wxsearch.index.segment import building
from wxsearch.index.segment.alphabet import OTHER
from wxsearch.index.segment.building import Builder, batches, write_arrays
from wxsearch.index.segment.dictionary import Dictionary
from wxsearch.index.segment.encoding import SEGMENT_DOCUMENTS
from wxsearch.index.segment.layout import ArrayFile
from wxsearch.index.segment.sections import opened
from wxsearch.models import Article


def same_arrays(first, second):
    for one, other in ((first.postings, second.postings), (first.columns, second.columns)):
        assert one.keys() == other.keys()
        for name, array in one.items():
            assert array.dtype == other[name].dtype, name
            assert np.array_equal(array, other[name]), name


@given(corpora())
def test_the_same_articles_make_the_same_arrays(corpus):
    """Building is a function of the articles and their order, whichever batches they come in."""
    first = built_of(corpus)
    builder = Builder(None, len, 2**62)
    for article in corpus:
        builder.add([article])
    second = builder.finished()
    same_arrays(first, second)
    assert first[2:] == second[2:]


def texts_of(article):
    return article.title, article.body


@given(corpora())
def test_lengths_are_those_of_the_fold(corpus):
    """Each title and body has the length of its folded text; together, with borders, they are the segment."""
    built = built_of(corpus)
    each = zip(*map(texts_of, corpus), strict=True)
    titles, bodies = ([len(fold(text)) for text in texts] for texts in each)
    assert built.columns["title_lengths"].tolist() == titles
    assert built.columns["body_lengths"].tolist() == bodies
    assert built.characters == sum(titles) + sum(bodies) + 2 * len(corpus)
    assert built.documents == len(corpus)


def listed(built, text):
    dictionary = Dictionary(built.postings, built.documents, others=built.others)
    return dictionary.gram(dictionary.numbers(text)) is not None


def test_words_of_titles_have_lists_earlier():
    """Any gram has a list from 64 documents on; words of titles from 16, where segments are large enough."""
    bodies = ["铁路局长"] * 16 + ["港口联动"] * 64 + ["航运公会"] * 63 + ["公路"] * 357
    articles = [Article(id=str(n), body=body) for n, body in enumerate(bodies)]
    titled = [Article(id="t", title="铁路局的消息"), *articles]
    plain, wordy = built_of(articles), built_of(titled)
    assert [listed(plain, gram) for gram in ("铁路局", "港口联动", "航运公")] == [False, True, False]
    assert [listed(wordy, gram) for gram in ("铁路局", "港口联动", "路局长")] == [True, True, False]
    assert not listed(built_of(titled[:499]), "铁路局")


def test_a_segment_of_many_asks_for_more_documents():
    """The least number of documents for a list grows with the segment, one in so many of them."""
    share = building._LISTED_SHARE
    articles = [Article(id=str(n), body="中国人" if n % share == 0 else "") for n in range(100 * share)]
    built = built_of(articles)
    assert listed(built, "中国人")
    assert not listed(built_of([*articles[1:], Article(id="0")]), "中国人")


def test_a_builder_is_full_before_a_batch_could_be_too_much():
    """There is always room for another batch, by documents and by characters."""
    builder = Builder(None, len, 2**62)
    article = Article(id="a")
    count = 0
    for batch in batches([article] * SEGMENT_DOCUMENTS):
        assert not builder.full
        builder.add(batch)
        count += len(batch)
        if builder.full:
            break
    assert SEGMENT_DOCUMENTS - 2_000 < count <= SEGMENT_DOCUMENTS
    builder = Builder(None, len, 7)
    builder.add([Article(id="a", body="一二三四")])
    assert (builder.characters, builder.full) == (6, False)
    builder.add([Article(id="b")])
    assert (builder.characters, builder.full) == (8, True)


def test_a_builder_is_full_with_many_bytes(monkeypatch):
    """Articles that are little text and much else fill a segment before its places have too many bits."""
    builder = Builder(None, len, 2**62)
    article = Article(id="a", extra={"page": "".join(map(chr, range(32, 3_000)))})
    builder.add([article])
    monkeypatch.setattr(building, "_MOST_PACKED", builder._frames.bytes + 1)
    assert not builder.full
    builder.add([article])
    assert builder.full


def test_batches_are_all_of_the_articles():
    """Batches come in order, none of them empty, and are read no further than they are asked for."""
    articles = [Article(id=str(n)) for n in range(4_500)]
    taken = []
    groups = batches(taken.append(article) or article for article in articles)
    first = next(groups)
    assert len(taken) == len(first) < 4_500
    assert [*first, *(article for group in groups for article in group)] == articles
    assert list(batches([])) == []


def test_batches_of_long_articles_are_of_few():
    """A batch ends with the article that makes it long, so that what is folded at once is bounded."""
    most = building._BATCH_CHARACTERS
    long = Article(id="1", title="题", body="文" * (most - 2))
    short = Article(id="2", body="文")
    assert [len(batch) for batch in batches([long, short, short, long, long, short])] == [2, 2, 2]
    kept = Article(id="3", extra={"page": "x" * most})
    assert [len(batch) for batch in batches([kept, kept, short, kept])] == [1, 1, 2]


@pytest.mark.parametrize("most", [1, 3])
def test_rare_characters_share_a_number(most):
    """With fewer numbers than characters the dictionary says so, and holds the shared one's list."""
    articles = [Article(id=str(n), body=body) for n, body in enumerate(["中国", "中国人", "中 民"])]
    built = built_of(articles, most_numbers=most)
    assert built.others
    dictionary = Dictionary(built.postings, 3, others=True)
    assert dictionary.gram([OTHER]).documents.tolist() == ([0, 1, 2] if most == 1 else [1, 2])


class Kept:
    """A file in memory."""

    name = "g1-0123456789ab.postings"

    def __init__(self):
        self.content = bytearray()

    def write(self, data):
        """Appends bytes."""
        self.content += data


def test_arrays_are_written_where_it_says():
    """What is written of arrays says of which file they are and where, and they are read there."""
    file = Kept()
    arrays = {"a": np.arange(3, dtype=np.uint32), "b": np.ones(5, np.uint8)}
    written = write_arrays(file, arrays)
    assert written == ArrayFile(file.name, {"a": (0, 3, "<u4"), "b": (64, 5, "|u1")})
    found = opened(memoryview(file.content), written.arrays)
    assert all(np.array_equal(found[name], array) for name, array in arrays.items())
