import numpy as np

from wxsearch.analysis.sketch import SIZE
from wxsearch.index.families.candidates import COMMON, Sketched, holders, numbers_of, pairs, parts_of


def sketched(*rows, seed=1):
    """Documents with these sketches."""
    sketches = np.zeros((len(rows), SIZE), np.uint32)
    for place, row in enumerate(rows):
        sketches[place, : len(row)] = row
    keys = np.random.default_rng(seed).integers(0, 2**63, len(rows)).astype(np.uint64)
    return Sketched(sketches, lambda documents: keys[documents])


def paired(documents, live=None, touched=None):
    """The pairs of all documents, or of the live and touched ones."""
    size = len(documents.sketches)
    live = np.ones(size, bool) if live is None else live
    touched = live if touched is None else touched
    found = pairs(
        documents, holders(documents, numbers_of(documents, np.flatnonzero(touched)), live), touched
    )
    return [divmod(each, size) for each in found.tolist()]


def test_two_numbers_in_common_make_a_pair():
    """One is not enough; which place they have in the sketch does not matter."""
    documents = sketched([1, 2, 3], [3, 9, 1], [3, 8, 7], [2, 1, 3])
    assert paired(documents) == [(0, 1), (0, 3), (1, 3)]


def test_missing_numbers_are_not_in_common():
    """Articles without a sketch are in no pair."""
    assert paired(sketched([], [], [1, 2], [1])) == []


def test_only_live_and_touched_documents_count():
    """What is deleted is in no pair; without a touched document there is none."""
    documents = sketched([1, 2], [1, 2], [1, 2], [1, 2])
    mask = np.array([True, True, True, False])
    assert paired(documents, mask) == [(0, 1), (0, 2), (1, 2)]
    assert paired(documents, mask, np.array([True, False, False, False])) == [(0, 1), (0, 2)]


def test_up_to_the_bound_all_are_paired():
    """With `COMMON` articles each is paired with each; one more, and each is with few, none with nobody."""
    every = paired(sketched(*([[1, 2]] * COMMON)))
    assert len(every) == COMMON * (COMMON - 1) // 2
    some = paired(sketched(*([[1, 2]] * (COMMON + 1))))
    assert len(some) < len(every) / 2
    assert {document for pair in some for document in pair} == set(range(COMMON + 1))


def test_pairs_of_common_numbers_grow_with_the_articles():
    """Four times the articles make about four times the pairs, and connect all of them."""
    few, many = (paired(sketched(*([[1, 2]] * size))) for size in (500, 2_000))
    assert len(many) < 6 * len(few)
    heads = np.arange(2_000)
    for _ in range(20):
        for one, other in many:
            heads[one] = heads[other] = min(heads[one], heads[other])
    assert not heads.any()


def test_pairs_do_not_depend_on_the_order_of_documents():
    """The same articles in another order make the same pairs."""
    size = 300
    documents = sketched(*([[1, 2]] * size))
    order = np.random.default_rng(5).permutation(size)
    keys = documents.keys(order)
    moved = Sketched(documents.sketches[order], lambda asked: keys[asked])
    named = {tuple(sorted((int(order[one]), int(order[other])))) for one, other in paired(moved)}
    assert named == set(paired(documents))


def test_parts_are_powers_of_two():
    """Few articles are one part; parts are of a dozen."""
    assert parts_of(np.array([1, COMMON, COMMON + 1, 1_000, 5_000])).tolist() == [1, 1, 8, 64, 512]


def test_one_common_number_makes_no_pair():
    """Parted twice, a pair may be together both times: that is still one number in common."""
    assert paired(sketched(*([1, number] for number in range(2, COMMON + 200)))) == []
