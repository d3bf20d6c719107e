"""Copies that make a corpus larger."""

import json

import pytest

from wxsearch.benchmarks.copies import copied
from wxsearch.benchmarks.corpus import cut_articles, cut_corpus, write_lines
from wxsearch.benchmarks.generated import generated_articles
from wxsearch.benchmarks.queries import draw_questions

ARTICLE = {"id": "a", "url": "https://news.example/a.html", "title": "题。目", "published": "2021-10-19",
           "body": "一句。二句！三句？\n四句\n五句"}  # fmt: skip
LINE = json.dumps(ARTICLE, ensure_ascii=False) + "\n"


def test_a_copy_has_the_sentences_in_another_order():
    """Each sentence is there once with what ends it; nothing else of the text is."""
    bodies = {json.loads(copied(LINE, number))["body"] for number in range(1, 30)}
    assert len(bodies) > 10
    for body in bodies:
        left = body
        for sentence in ("一句。", "二句！", "三句？", "四句\n", "五句"):
            assert left.count(sentence) == 1
            left = left.replace(sentence, "")
        assert left == "\n"


def test_a_copy_is_an_article_of_its_own():
    """Id and url tell copies apart; title and facts are kept."""
    first, second = (json.loads(copied(LINE, number)) for number in (1, 2))
    assert (first["id"], second["id"]) == ("a-1", "a-2")
    assert first["url"] == "https://news.example/a.html-1"
    assert (first["title"], first["published"]) == ("题。目", "2021-10-19")


def test_copies_are_the_same_for_everyone():
    """A copy depends on its line and number alone."""
    assert copied(LINE, 3) == copied(LINE, 3)


def test_an_article_may_lack_what_is_changed():
    """Without id, url or body there is nothing to tell apart or to shuffle."""
    assert json.loads(copied('{"title": "题"}\n', 1)) == {"title": "题", "body": ""}


@pytest.fixture(scope="module")
def enlarged(tmp_path_factory, limits):
    """The forty articles of the small corpus, three times."""
    folder = tmp_path_factory.mktemp("enlarged")
    origin = write_lines(None, 40, folder / "lines.jsonl", times=3)
    return cut_corpus(folder / "lines.jsonl", folder / "cut.jsonl", origin, limits, times=3)


def test_originals_come_first_and_every_copy_after_them(enlarged):
    """Three times the articles are three times the text, each under its own id."""
    ids = [article.id for article in cut_articles(enlarged.cut)]
    originals = [article["id"] for article in generated_articles(40)]
    assert ids == originals + [f"{each}-{number}" for number in (1, 2) for each in originals]
    assert (enlarged.articles, enlarged.originals) == (120, 40)


def test_questions_do_not_depend_on_the_copies(enlarged, small_corpus):
    """Growth is told by the same questions, asked over more articles."""
    assert draw_questions(enlarged, None, 0.2) == draw_questions(small_corpus, None, 0.2)
    assert enlarged.tokens == 3 * small_corpus.tokens
