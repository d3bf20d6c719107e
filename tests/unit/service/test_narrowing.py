import pytest

from wxsearch.models import CategoryCount, SourceCount, SourceCounts
from wxsearch.query.request import read_request
from wxsearch.service import narrowing
from wxsearch.service.language import speaker
from wxsearch.service.links import read_address


@pytest.fixture
def read(limits, vocabulary):
    """The address and the request of a query string."""

    def build(query):
        address = read_address("", query)
        parameters = {name: values for name, values in address.parameters.items() if name != "lang"}
        return read_request(parameters, limits, vocabulary), address

    return build


def node(*path, selected=False, children=()):
    return CategoryCount(path=path, label=path[-1], count=1, selected=selected, children=children)


def chosen_after(href):
    return read_address("", href.partition("?")[2]).parameters.get("category", ())


def test_several_categories_can_be_picked(read):
    """A click adds a category to those picked, and takes a picked one away."""
    tree = [node("a", selected=True), node("b")]
    picked, free = narrowing.category_choices(tree, *read("category=a&q=x&offset=10"))
    assert chosen_after(free.href) == ("a", "b")
    assert picked.href == "/?q=x"


def test_a_category_takes_the_place_of_its_relatives(read):
    """Picking inside a picked category narrows, picking above one widens."""
    tree = [node("a", children=(node("a", "b", selected=True),))]
    (above,) = narrowing.category_choices(tree, *read("category=a > b&category=c"))
    assert chosen_after(above.href) == ("c", "a")
    tree = [node("a", selected=True, children=(node("a", "b"),))]
    (above,) = narrowing.category_choices(tree, *read("category=a"))
    assert chosen_after(above.children[0].href) == ("a > b",)


def test_labels_with_signs_survive(read):
    """A > inside a label is written so that it is read back as one label."""
    (choice,) = narrowing.category_choices([node("a>b")], *read(""))
    assert read(choice.href.partition("?")[2])[0].categories == (("a>b",),)


def test_large_trees_are_folded_but_for_what_is_chosen(read):
    """Of many branches only those that hold a choice are unfolded."""
    children = tuple(node("a", str(number)) for number in range(30))
    tree = [
        node("a", children=children),
        node("b", children=(node("b", "c", selected=True),)),
    ]
    folded, unfolded = narrowing.category_choices(tree, *read("category=b > c"))
    assert (folded.unfolded, unfolded.unfolded) == (False, True)


def test_long_lists_fold_their_tail_but_never_a_choice(read):
    """Few choices are all shown; of many, the first and whatever is chosen."""
    counts = SourceCounts(tuple(SourceCount(str(n), 1, n == 20) for n in range(30)), 0)
    shown, rest = narrowing.split(narrowing.source_choices(counts, *read("source=20")))
    assert [choice.key for choice in shown] == ["0", "1", "2", "3", "4", "5", "6", "7", "20"]
    assert len(rest) == 21
    assert narrowing.split(shown)[1] == ()


def test_each_chip_takes_away_its_own_condition(read):
    """Every condition has a chip, and its link keeps all the others."""
    query = "q=x&category=a > b&source=s&source=t&from=2021&to=2021&sort=oldest&match=any"
    chips = narrowing.chips(*read(query), speaker("zh"))
    assert [chip.label for chip in chips] == ["a › b", "s", "t", "2021年", "排序：最早", "匹配：含任一词"]
    full = sum(map(len, read_address("", query).parameters.values()))
    for chip in chips:
        left = read_address("", chip.href.partition("?")[2]).parameters
        assert sum(map(len, left.values())) == full - (2 if chip.kind == "time" else 1)


def test_what_is_so_anyway_has_no_chip(read):
    """Newest first is no choice where there is no query; a query is in the box, not on a chip."""
    assert narrowing.chips(*read("sort=newest&match=auto&size=5"), speaker("zh")) == []
    assert [chip.kind for chip in narrowing.chips(*read("q=x&sort=newest"), speaker("zh"))] == ["sort"]
