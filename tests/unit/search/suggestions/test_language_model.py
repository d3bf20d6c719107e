import numpy as np
import pytest

from wxsearch.index.segment.alphabet import Alphabet
from wxsearch.search.suggestions.language_model import LanguageModel


@pytest.fixture(scope="module")
def model(snapshot_of):
    return LanguageModel(snapshot_of(["港口航运", "港口铁路", "a港口"], ["港口𠮷", "航空，口岸"]))


def codes(text):
    return np.array([ord(character) for character in text], np.uint32)


def test_characters_are_the_ideographs(model):
    """All ideographs of all segments are there, and nothing else."""
    assert "".join(map(chr, model.characters)) == "".join(sorted("港口航运铁路𠮷空岸"))


def test_documents_are_counted_over_the_segments(model):
    """A bigram has as many documents as the segments have together, and 0 where it is not."""
    assert model.together(codes("港口航餐"), codes("口港运空")).tolist() == [
        [4, 0, 0, 0],
        [0, 0, 0, 0],
        [0, 0, 1, 1],
        [0, 0, 0, 0],
    ]
    assert model.together(codes("港"), codes(chr(ord("口") - 1))).tolist() == [[0]]
    assert model.frequencies(codes("港口餐𠮷")).tolist() == [4, 5, 0, 1]


def test_followers_are_ideographs(model):
    """What stands right after a character, in each segment, separators and letters left out."""
    followers, frequencies = model.followers(ord("口"))
    assert dict(zip(map(chr, followers), frequencies.tolist(), strict=True)) == {
        "航": 1,
        "铁": 1,
        "𠮷": 1,
        "岸": 1,
    }
    for last in "餐空":
        assert model.followers(ord(last))[0].tolist() == []


def test_the_rarest_characters_may_share_a_number(snapshot_of, monkeypatch):
    """Where there are more characters than numbers, those that share one follow nothing."""
    of = Alphabet.of
    monkeypatch.setattr(Alphabet, "of", lambda texts: of(texts, 4))
    model = LanguageModel(snapshot_of(["港口", "港口", "港口航", "口岸", "港龘", "龘港"]))
    assert "".join(map(chr, model.followers(ord("港"))[0])) == "口龘"
    assert "".join(map(chr, model.followers(ord("口"))[0])) == ""
    assert np.isfinite(model.after(codes("港航"), codes("口航"))).all()


def test_what_was_seen_is_likelier(model):
    """After a character, one that follows it is likelier than a frequent one that never does."""
    after = model.after(codes("港"), codes("口航餐"))[0]
    assert after[0] > after[1] > after[2]
    assert np.isfinite(after).all()
