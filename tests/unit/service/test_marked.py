from hypothesis import given
from hypothesis import strategies as st

from wxsearch.models import Passage
from wxsearch.service.marked import paragraphs, pieces, snippet


@st.composite
def passages(draw):
    text = draw(st.text("汉字，。\n 𠮷a", max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    marks = tuple((start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False))
    return Passage(text, draw(st.integers(0, 3)), marks)


@given(passages())
def test_pieces_are_the_text(passage):
    """Joined, the pieces are the passage; the marked ones are its marks, in code points."""
    found = pieces(passage)
    assert "".join(text for text, _ in found) == passage.text
    assert [text for text, marked in found if marked] == [passage.text[a:b] for a, b in passage.marks]


@given(passages())
def test_paragraphs_are_the_lines(passage):
    """A body falls into its lines, without blanks at their ends and without empty ones."""
    lines = ["".join(text for text, _ in line) for line in paragraphs(passage)]
    assert lines == [line.strip() for line in passage.text.split("\n") if line.strip()]


def test_a_mark_over_a_line_end_goes_on():
    """A quoted string found across two paragraphs is marked in both."""
    assert paragraphs(Passage("甲乙\n丙丁", 0, ((1, 4),))) == [
        [("甲", False), ("乙", True)],
        [("丙", True), ("丁", False)],
    ]


def test_ellipses_show_what_was_left_out():
    """An ellipsis stands before a passage that begins inside the body, and after one that was cut."""
    found = snippet([Passage("甲乙丙丁", 0, ()), Passage("戊己庚辛", 9, ((0, 1),))], 4)
    assert "".join(text for text, _ in found) == "甲乙丙丁 … 戊己庚辛 …"
    assert snippet([Passage("甲乙丙。", 0, ())], 4) == [("甲乙丙。", False)]


def test_paragraphs_of_a_snippet_run_on():
    """A line end becomes a blank, or nothing after a full-width sign."""
    assert snippet([Passage("甲。\n  乙\n丙", 0, ())], 99) == [("甲。乙 丙", False)]
