"""Pages of sixty-one kinds of sites, all made up, with the text that a reader would call the article."""

import re
from collections import Counter
from pathlib import Path

import pytest

from support.reading import read_html

WRITTEN = (Path(__file__).parent / "other_sites.txt").read_text(encoding="utf-8")
PAGES = {
    name: tuple(rest.rstrip("\n").split("\n--- body\n"))
    for name, rest in (part.split("\n", 1) for part in re.split(r"^=== ", WRITTEN, flags=re.MULTILINE)[1:])
}


def agreement(text, expected):
    """The F1 of the characters of two texts, blanks apart."""
    left, right = (Counter("".join(each.split())) for each in (text, expected))
    return 2 * sum((left & right).values()) / (sum(left.values()) + sum(right.values()))


@pytest.mark.parametrize("name", PAGES)
def test_the_text_of_a_page_of_another_kind(name):
    """Hardly a character of the article is missing, and hardly one of the page around it is there."""
    page, expected = PAGES[name]
    assert agreement(read_html(page)["body"], expected) > 0.88


def test_all_of_them_together():
    """The mean over the sixty-one kinds stays where it is."""
    found = [agreement(read_html(page)["body"], expected) for page, expected in PAGES.values()]
    assert len(found) == 61
    assert sum(found) / len(found) > 0.99
