import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.segments import segment_of
from wxsearch.analysis.fold import fold
from wxsearch.engines.matching import occurrences
from wxsearch.models import Article
from wxsearch.query.tree import Leaf
from wxsearch.search.bounds import Bounds, occurrence_bounds

CORPORA = st.lists(
    st.tuples(st.text("中国人a，", max_size=9), st.text("中国人a，", max_size=20)), min_size=1, max_size=8
)


def bounds_of(corpus, text, documents, least=2, least_shared=1):
    """Bounds for a string, or None; grams of so many documents have lists."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wxsearch.index.segment.building._LISTED_LEAST", least)
        articles = [Article(id=str(n), title=title, body=body) for n, (title, body) in enumerate(corpus)]
        dictionary = segment_of(articles).dictionary
    numbers = dictionary.numbers(text)
    pairs = [] if numbers is None else [numbers[start : start + 2] for start in range(len(numbers) - 1)]
    if numbers is None or any(dictionary.gram(pair) is None for pair in pairs):
        return None
    separator = dictionary.alphabet.separator
    return occurrence_bounds(dictionary.gram, separator, numbers, np.array(documents, np.intp), least_shared)


@given(
    CORPORA,
    st.text("中国人a ", min_size=3, max_size=7).map(fold).filter(lambda text: len(text) > 2),
    st.sets(st.integers(0, 7)),
    st.sampled_from([1, 2, 64]),
)
def test_what_stands_in_a_text_is_within_the_bounds(corpus, text, some, least):
    """A string stands no less and no more often in titles and bodies than its bounds say."""
    documents = sorted(each for each in some if each < len(corpus))
    bounds = bounds_of(corpus, text, documents, least)
    if bounds is None:
        return
    leaf = Leaf(text, quoted=True)
    true = np.array(
        [[occurrences(leaf, fold(corpus[n][field])) for n in documents] for field in (0, 1)], np.int64
    ).reshape(2, -1)
    assert (bounds.least <= true).all()
    assert (true <= bounds.most).all()
    assert np.array_equal(bounds.decided, (bounds.least == bounds.most).all(axis=0))


def test_pieces_have_to_share_what_is_asked():
    """Bounds come of pieces that share so many characters and no fewer; longer ones are as good."""
    corpus = [("", "中国人民银行")] * 3
    shared = {count: bounds_of(corpus, "中国人民银行", range(3), 2, count) for count in (1, 2, 3, 4)}
    assert all(shared[count].decided.all() for count in (1, 2, 3))
    assert shared[4] is None
    assert bounds_of(corpus, "中国人民银行", range(3), 4, 1).decided.all()
    assert bounds_of(corpus, "中国人民银行", range(3), 4, 2) is None


def test_lists_can_say_it_all():
    """Where pieces share what stands nowhere else, the bounds meet, and no text has to be looked into."""
    corpus = [("", "中国人民银行")] * 3 + [("", "中国银行，人民")]
    bounds = bounds_of(corpus, "中国人民银行", range(4))
    assert bounds.decided.tolist() == [True] * 4
    assert bounds.most[1].tolist() == [1, 1, 1, 0]


def test_what_goes_on_behind_a_separator_shares_what_is_before():
    """No gram of three ends with a separator; a piece that goes on behind one decides all the same."""
    corpus = [("", "新闻网讯，通讯员")] * 3
    assert bounds_of(corpus, "闻网讯 通讯", range(3), 2, 2).decided.all()
    assert bounds_of(corpus, "讯 通讯", range(3), 2, 1).decided.all()


def test_lists_can_leave_it_open():
    """Where what pieces share stands elsewhere too, only the text tells."""
    bounds = bounds_of([("", "中国国人"), ("", "中国，国人")], "中国人", [0, 1], least=64)
    assert (bounds.least.tolist(), bounds.most.tolist()) == ([[0, 0], [0, 0]], [[0, 0], [1, 1]])
    assert not bounds.decided.any()


def test_both_fields_have_to_be_decided():
    """A document is decided where title and body are."""
    bounds = Bounds(np.array([[1, 0, 2], [0, 0, 5]]), np.array([[1, 1, 2], [0, 0, 6]]))
    assert bounds.decided.tolist() == [True, False, False]
