import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.folded import Folded


@given(st.text(alphabet=st.sampled_from("aÉﬁ①½　，。 \u0301\u200b\U0010ffff\ud800汉𠮷"), max_size=30))
def test_offsets_lead_back(text):
    """Each folded character comes from a span of the original that folds to it."""
    folded = Folded(text)
    assert folded.text == fold(text)
    for place, character in enumerate(folded.text):
        start, end = folded.original_span(place, place + 1)
        assert 0 <= start < end <= len(text)
        if character != " ":
            assert character in fold(unicodedata.normalize("NFKD", text[start:end]))


def test_a_span_covers_what_it_stands_for():
    """A mark around a folded word is around the word as the reader sees it."""
    text = "在ＨＴＭＬ 里"
    start = Folded(text).text.index("html")
    assert text[slice(*Folded(text).original_span(start, start + 4))] == "ＨＴＭＬ"
