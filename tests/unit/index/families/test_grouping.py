from random import Random

import numpy as np
import pytest

from support import reprints
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.analysis.likeness import bodies_of
from wxsearch.analysis.sketch import SIZE, sketches_of
from wxsearch.index.families.candidates import COMMON, Sketched
from wxsearch.index.families.grouping import grouped


class Shelf:
    """Articles as grouping sees them, with a count of the bodies that it asked for."""

    def __init__(self, texts, sketches=None):
        self.texts = texts
        keys = np.random.default_rng(3).integers(0, 2**63, len(texts)).astype(np.uint64)
        if sketches is None:
            sketches = sketches_of(fold_texts([part for text in texts for part in ("", text)]))
        self.sketched = Sketched(sketches, lambda documents: keys[documents])
        self.asked = 0
        self.asked_at_once = 0
        self.lengths = np.array(list(map(len, texts)), np.int64)

    def bodies(self, documents):
        """See grouping.Texts."""
        self.asked += len(documents)
        self.asked_at_once = max(self.asked_at_once, int(self.lengths[documents].sum()))
        return bodies_of([self.texts[each] for each in documents.tolist()], [None] * len(documents))

    def grouped(self, was, now, before):
        """The families after a change."""
        return grouped(self.sketched, was, now, before, self)

    def anew(self, now):
        """The families of what is live, whatever was before."""
        return self.grouped(np.zeros(len(now), bool), now, np.arange(len(now)))


def shelf(families=6, copies=4, seed=1):
    """Articles with copies of each, and a few of a series."""
    texts = [reprints.bulletin(number) for number in range(5)]
    draw = Random(seed)
    for number in range(families):
        text = reprints.body(seed * 100 + number)
        texts += [text, *(edit(text) for edit in draw.sample(reprints.EDITS, copies))]
    return Shelf(texts)


def test_copies_are_of_one_family_and_a_series_is_not():
    """Each article is grouped with its copies alone."""
    made = shelf()
    heads = made.anew(np.ones(len(made.texts), bool))
    assert heads.tolist() == [*range(5), *(first for first in range(5, 35, 5) for _ in range(5))]


@pytest.mark.parametrize("seed", range(8))
def test_changes_leave_what_grouping_anew_gives(seed):
    """However articles come and go, families are those of the live ones, and of nothing else."""
    made, draw = shelf(seed=seed + 1), Random(seed)
    was, before = np.zeros(len(made.texts), bool), np.arange(len(made.texts))
    for _ in range(12):
        now = was.copy()
        for document in draw.sample(range(len(now)), draw.randint(1, 9)):
            now[document] ^= True
        before = made.grouped(was, now, before)
        assert before.tolist() == made.anew(now).tolist()
        was = now


@pytest.mark.parametrize("step", [1, 7, 40])
def test_a_family_beyond_the_bound_stays_together(step):
    """Where a number becomes common, and where it is rare again, the outcome is still that of all anew."""
    text = reprints.body(1)
    made = Shelf([f"{text}\n{reprints.body(1000 + number, 1)[:60]}" for number in range(COMMON + 40)])
    size = len(made.texts)
    was, before = np.zeros(size, bool), np.arange(size)
    for end in [*range(step, size, step), size, *range(size - step, 0, -step)]:
        now = np.arange(size) < end
        before = made.grouped(was, now, before)
        assert before[:end].tolist() == [0] * end
        was = now


def test_a_new_article_is_compared_with_few():
    """Adding one asks for its own body and those of its family alone; a stranger asks for none."""
    made = shelf(families=20)
    everything = np.ones(len(made.texts), bool)
    without = everything.copy()
    without[7] = False
    before = made.anew(without)
    made.asked = 0
    made.grouped(without, everything, before)
    assert made.asked <= 5
    without = everything.copy()
    without[0] = False
    before = made.anew(without)
    made.asked = 0
    made.grouped(without, everything, before)
    assert made.asked <= 5


def test_a_removed_link_takes_a_family_apart():
    """Two texts that were related through a third are strangers without it."""
    first, second = reprints.body(3, 3), reprints.body(103, 3)
    made = Shelf([first, f"{first}\n{second}", second])
    everything = np.ones(3, bool)
    joined = made.anew(everything)
    assert joined.tolist() == [0, 0, 0]
    assert made.grouped(everything, np.array([True, False, True]), joined).tolist() == [0, 1, 2]


@pytest.mark.parametrize("step", [3, 50])
def test_pairs_that_a_common_number_parts_are_lost_and_found_again(step):
    """Pairs of copies that share common numbers alone come apart, but for a few, and together again."""
    texts = [reprints.body(number) for number in range(COMMON) for _ in range(2)]
    sketches = np.zeros((len(texts), SIZE), np.uint32)
    sketches[:, :2] = 7, 9
    made = Shelf(texts, sketches)
    size = len(texts)
    was, before = np.zeros(size, bool), np.arange(size)
    for end in [*range(step, size, step), size, *range(size - step, 0, -step)]:
        now = np.arange(size) < end
        before = made.grouped(was, now, before)
        assert before.tolist() == made.anew(now).tolist()
        was = now
    whole = made.anew(np.ones(size, bool))
    assert np.count_nonzero(whole == np.arange(size)) - size // 2 > 0


@pytest.mark.parametrize("most", [1, 3_000, 10**9])
def test_few_characters_are_read_at_once(monkeypatch, most):
    """Bodies are read pair by pair where they are long, and families are the same."""
    made = shelf()
    everything = np.ones(len(made.texts), bool)
    expected = made.anew(everything).tolist()
    assert made.asked_at_once > 3_000
    made.asked_at_once = 0
    monkeypatch.setattr("wxsearch.index.families.grouping._HELD_CHARACTERS", most)
    assert made.anew(everything).tolist() == expected
    pair = 2 * int(made.lengths.max())
    assert made.asked_at_once <= max(most, pair)
