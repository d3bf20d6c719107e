from hypothesis import given

from support.drawn import corpora
from support.segments import segment_of
from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import fold_texts


@given(corpora())
def test_a_segment_gives_back_its_articles(corpus):
    """Each article is what it was, in the order they came, with its lengths and how plain it is."""
    segment = segment_of(corpus)
    assert segment.count == len(corpus)
    assert [segment.article(document) for document in range(segment.count)] == corpus
    titles, bodies = segment.lengths
    assert titles.tolist() == [len(fold(article.title)) for article in corpus]
    assert bodies.tolist() == [len(fold(article.body)) for article in corpus]
    plain = [fold_texts([article.title, article.body]).plain for article in corpus]
    assert segment.plain.tolist() == [title & body for title, body in plain]


def test_an_opened_segment_knows_what_its_entry_says(make_article):
    """Names, counts and whether characters share a number come from the manifest."""
    segment = segment_of([make_article("a", "中国", "人民"), make_article("b")], most_numbers=2)
    assert segment.parts.others
    assert segment.parts.characters == 8
    assert segment.name == segment.parts.articles.removesuffix(".articles")
    assert segment.dictionary.numbers("龘") == [65_535]
