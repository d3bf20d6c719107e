from math import exp, log

import pytest
from msgspec.structs import replace

from wxsearch.analysis.fold import fold
from wxsearch.engines.memory_evidence import evidence, head_of
from wxsearch.engines.memory_recency import recency
from wxsearch.models import Article
from wxsearch.settings import load_settings

# share(tf) = 2 tf / (tf + 1), whatever the length.
PLAIN = replace(
    load_settings({}).ranking,
    k1=1.0,
    b=0.0,
    characters=0.5,
    bigrams=2.0,
    longer=3.0,
    lead=5.0,
    window=7.0,
    lead_characters=10.0,
    window_characters=5,
    headline=0.5,
    headline_characters=3,
    head_characters=12,
)


def rarity(df, count=4):
    return log(1 + (count - df + 0.5) / (df + 0.5))


def weighed(wording, **texts):
    """The evidence of the article `it` among others; each is its title and its body."""
    articles = {key: Article(id=key, title=title, body=body) for key, (title, body) in texts.items()}
    folded = {key: (fold(title), fold(body)) for key, (title, body) in texts.items()}
    return evidence(["it"], articles, folded, wording, PLAIN)["it"]


def test_the_formulas_by_hand():
    """One wording of three characters, worked out with pencil and paper.

    The text of the article is 港口|口岸。港口岸 with a place for the border: 港口 stands at 0 and 6, 口岸
    at 3 and 7. Windows hold two stretches of two characters: 2 to 5 has 口岸 alone, 6 to 9 all three.
    """
    found = weighed(("港口岸",), it=("港口", "口岸。港口岸"), a=("", "港口"), b=("", "口"), c=("别", "的"))
    # Of 4 articles: 港 in 2, 口 in 3, 岸 in 1, 港口 in 2, 口岸 in 1.
    assert found == {
        "characters": pytest.approx(0.5 * (rarity(2) * 4 / 3 + rarity(3) * 3 / 2 + rarity(1) * 4 / 3)),
        "bigrams": pytest.approx(2 * (rarity(2) * 4 / 3 + rarity(1) * 4 / 3)),
        # As rare as its rarest pair.
        "longer": pytest.approx(3 * rarity(1) * 1),
        "lead": pytest.approx(5 * (rarity(2) * 1 + rarity(1) * exp(-3 / 10))),
        "window": pytest.approx(7 * (rarity(2) + rarity(3) + rarity(1))),
        "headline": 0,
    }


def test_bodies_are_read_up_to_a_character_and_titles_whole():
    """What stands behind head_characters of the body is not seen; a longer title is."""
    others = {"a": ("", "x"), "b": ("", "x"), "c": ("", "x")}
    at_the_end = weighed(("港口",), it=("别" * 20 + "港口", "别" * 10 + "港口"), **others)
    behind = weighed(("港口",), it=("别" * 20 + "港口", "别" * 11 + "港口"), **others)
    assert at_the_end["bigrams"] == pytest.approx(2 * rarity(1) * 4 / 3)
    assert behind["bigrams"] == pytest.approx(2 * rarity(1))


def test_what_folds_to_several_characters_is_not_seen():
    """A character counts where one of the text is just it: ㎡ is neither m nor 2, ⑵ is no 2, and ｍ is m."""
    found = weighed(("m2",), it=("", "㎡ ｍ⑵"), a=("", "x"), b=("", "x"), c=("", "x"))
    assert found["characters"] == pytest.approx(0.5 * rarity(1))
    assert found["window"] == pytest.approx(7 * rarity(1))
    assert found["bigrams"] == 0


def test_an_announced_headline_is_cut_out():
    """Three characters behind 原标题： are no text; what their pairs would add to it others get."""
    it, other = ("", "原标题：港口岸港口"), ("", "港口")
    articles = {key: Article(id=key, body=body) for key, (_, body) in (("it", it), ("other", other))}
    folded = {key: ("", fold(body)) for key, (_, body) in (("it", it), ("other", other))}
    found = evidence(["it", "other"], articles, folded, ("港口岸",), PLAIN)
    parts = found["it"], found["other"]
    gained = 0.5 * (rarity(2, 2) * (4 / 3 - 1) + rarity(1, 2) * 1)
    assert [each.pop("headline") for each in parts] == [0, pytest.approx(gained)]
    assert parts[0] == parts[1]


def test_recency_by_hand():
    """The newest of all articles counts, and the best score of the best; undated articles get nothing."""
    times = {"it": "2024-01-01T00:00:00+08:00", "new": "2024-01-11T00:00:00+08:00", "never": None}
    articles = {key: Article(id=key, title="x", published=time) for key, time in times.items()}
    ranking = replace(PLAIN, recency=0.5, half_life_days=10.0)
    assert recency({"it": 4.0, "never": 8.0}, articles, ranking) == {"it": 0.5 * 8 / 2, "never": 0}


@pytest.mark.parametrize(
    ("total", "least", "size"),
    [(24, 0, 3), (23, 0, 2), (14, 0, 2), (13, 0, 1), (0, 0, 0), (0, 2, 2), (0, 9, 3)],
)
def test_texts_together_are_bounded(total, least, size):
    """As many are weighed as are not too long together, but so many in any case; of bodies a part counts."""
    articles = [Article(id=str(n), title="港口", body="一" * length) for n, length in enumerate((2, 90, 8))]
    folded = {each.id: (fold(each.title), fold(each.body)) for each in articles}
    ranking = replace(PLAIN, head_characters=8, head_total=total, head_least=least)
    assert head_of(articles, folded, ranking) == articles[:size]
