import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.segments import segment_of
from wxsearch.analysis.fold import fold
from wxsearch.engines.matching import occurrences
from wxsearch.models import Article
from wxsearch.query.tree import Leaf
from wxsearch.search.leaf_plan import plan_leaf
from wxsearch.search.verification import count_in_texts

# Plain texts and others side by side: full width, other forms, marks, what vanishes and what grows.
TEXTS = st.one_of(
    st.text("中国哈ab1，。 ", max_size=20),
    st.text("中国哈國ＡａbAB１1é\u200b½，。 —\n", max_size=20),
)
CORPORA = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=8)
LEAVES = st.one_of(
    st.builds(
        Leaf,
        st.text("中国哈ab1 \U00020b9f", min_size=1, max_size=5).map(fold).filter(bool),
        st.just(value=True),
    ),
    st.builds(Leaf, st.text("中国哈ab1", min_size=1, max_size=5)),
)


def segment(corpus):
    return segment_of([Article(id=str(n), title=title, body=body) for n, (title, body) in enumerate(corpus)])


def counts(corpus, leaf, documents):
    pairs = [corpus[document] for document in documents]
    return [[occurrences(leaf, fold(text)) for text in texts] for texts in zip(*pairs, strict=True)] or [
        [],
        [],
    ]


@settings(max_examples=300)
@given(CORPORA, LEAVES, st.sets(st.integers(0, 7)))
def test_leaves_are_counted_in_texts(corpus, leaf, some):
    """Titles and bodies hold a leaf as often as the oracle says, whatever its characters can be there."""
    documents = sorted(document for document in some if document < len(corpus))
    found = count_in_texts(segment(corpus), plan_leaf(leaf), np.array(documents, np.intp))
    assert [each.tolist() for each in found] == counts(corpus, leaf, documents)


@settings(max_examples=30)
@given(CORPORA, LEAVES)
def test_long_texts_are_counted_like_short_ones(corpus, leaf):
    """More text than is folded piece by piece gives the same counts; no leaf goes on in the next text."""
    long = [(title, f"{body}{'中国，ａb1 ' * 900}{body}") for title, body in corpus]
    found = count_in_texts(segment(long), plan_leaf(leaf), np.arange(len(long)))
    assert [each.tolist() for each in found] == counts(long, leaf, range(len(long)))


@pytest.mark.parametrize("count", [1, 8, 9, 40])
def test_plain_texts_and_others_are_counted_together(count):
    """However many documents there are, other forms of a character are counted beside plain ones."""
    corpus = [("中國", "中国，中\u200b国") if n % 3 == 1 else ("中国", "中国人") for n in range(count)]
    leaf = Leaf("中国", quoted=True)
    found = count_in_texts(segment(corpus), plan_leaf(leaf), np.arange(count))
    assert [each.tolist() for each in found] == counts(corpus, leaf, range(count))


@pytest.mark.parametrize("text", ["中国", "中國", "中\u200b国"])
def test_what_is_stored_beside_the_texts_is_not_searched(text):
    """A leaf that stands in a source, an author or an address is not in the article's text."""
    articles = [
        Article(
            id="中国", url="中国", title="题", body="文", source="中国", author="中国", keywords=("中国",)
        ),
        Article(id="b", body=f"{text}人", source="中国"),
    ]
    found = count_in_texts(segment_of(articles), plan_leaf(Leaf("中国")), np.arange(2))
    assert [each.tolist() for each in found] == [[0, 0], [0, 1]]
