import numpy as np
import pytest

from wxsearch.index.families.families import Families


def families(*groups):
    """Families with these members."""
    members = [member for group in groups for member in group]
    return Families(np.array(members, np.int64), np.cumsum([len(group) for group in groups], dtype=np.int64))


def groups(found):
    """The members of each family."""
    return [each.tolist() for each in np.split(found.members, found.ends[:-1])] if len(found.ends) else []


def backwards(documents):
    """An order of publication: the last document first."""
    return np.argsort(-documents)


@pytest.mark.parametrize("made", [families(), families([3, 1]), families([3, 1], [0, 5, 4])])
def test_families_come_back_from_their_file(made):
    """What is packed is read, none included."""
    assert groups(Families.read(memoryview(made.packed()))) == groups(made)


@pytest.mark.parametrize(
    "numbers", [[], [2, 2], [1, 3, 0, 1], [1, 1, 0], [2, 3, 2, 0, 1, 2], [2, 2, 3, 0, 1, 2], [2**31]]
)
def test_a_file_that_says_something_else_is_refused(numbers):
    """Counts that do not fit, families of one and ends that go back are no families."""
    with pytest.raises(ValueError, match="fit together"):
        Families.read(memoryview(np.array(numbers, "<u4").tobytes()))


def test_heads_and_sizes():
    """The first member heads."""
    made = families([3, 1], [0, 5, 4])
    assert made.heads.tolist() == [3, 0]
    assert made.sizes.tolist() == [2, 3]


def test_members_are_in_the_order_of_publication():
    """Groups of two and more become families, first published first; who is alone is in none."""
    found = Families.grouped(np.array([0, 1, 0, 3, 1, 0]), Families.none(), backwards)
    assert groups(found) == [[5, 2, 0], [4, 1]]


def test_families_that_stay_the_same_keep_their_order():
    """Only what changed is ordered anew; a family that lost or won a member counts as changed."""
    before = families([0, 2], [1, 4], [5, 6, 7])
    found = Families.grouped(np.array([0, 1, 0, 1, 1, 5, 5, 7]), before, backwards)
    assert groups(found) == [[0, 2], [4, 3, 1], [6, 5]]


def test_moved_documents_stay_related():
    """New numbers change nothing else."""
    assert groups(families([3, 1], [0, 2]).moved(np.array([10, 20, 30, 40]))) == [[40, 20], [10, 30]]
