"""Strings counted in plain texts one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wxsearch.analysis.fold import fold
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.engines.matching import occurrences
from wxsearch.index.segment.numbering import Numbering
from wxsearch.query.tree import Leaf
from wxsearch.search.plain_search import count_each, findable

NUMBERING = Numbering()


def frame(rest, title, body):
    """The text of a stored article as numbers."""
    return NUMBERING.encoded(f"{rest}\0{title}\0{body}\0")


@given(
    st.text("中国一丁1𠮟乎", min_size=1, max_size=3),
    st.lists(st.tuples(*[st.text("中国一丁1，𠮟乎 ", max_size=12)] * 3), max_size=5),
)
def test_strings_are_counted_in_titles_and_bodies(string, articles):
    """A string stands in titles and bodies as often as the oracle says, and never in what begins a frame."""
    string = fold(string)
    assert fold_texts(["".join(texts) for texts in articles]).plain.all()
    titles, bodies = count_each(NUMBERING, [frame(*texts) for texts in articles], string)
    leaf = Leaf(string, quoted=True)
    assert titles == [occurrences(leaf, fold(title)) for _, title, _ in articles]
    assert bodies == [occurrences(leaf, fold(body)) for _, _, body in articles]


def test_halves_of_numbers_are_none():
    """The second half of a number and the first of the next are not the number looked for, nor an end."""
    wanted = chr(0x3434)
    text = chr(0x3400) + "4" + wanted
    assert NUMBERING.encoded(text).count(NUMBERING.encoded(wanted)) == 2
    assert count_each(NUMBERING, [frame("", "", text), frame("", text, "")], wanted) == ([0, 1], [1, 0])
    title = "4" + chr(0x3400) + wanted
    assert bytes(2) in NUMBERING.encoded(title)
    assert count_each(NUMBERING, [frame("", title, wanted)], wanted) == ([1], [1])


@pytest.mark.parametrize(
    ("string", "found"), [("中国", True), ("2021", True), ("a股", False), ("日 记者", False), ("é", False)]
)
def test_which_strings_stand_in_plain_texts_as_they_are(string, found):
    """Those in one piece and without letters that a text may have as capitals."""
    assert findable(string) == found
