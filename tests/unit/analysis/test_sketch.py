from itertools import combinations

import numpy as np
import pytest

from support import reprints
from wxsearch.analysis.fold_arrays import fold_texts
from wxsearch.analysis.sketch import LEAST_CHARACTERS, SIZE, packed, sketches_of, unpacked

ARTICLES = 40


def shared(one, other):
    """How many numbers two sketches share; 0 stands for none."""
    return len(set(one.tolist()) & set(other.tolist()) - {0})


def sketched(bodies):
    """The sketches of bodies, each under a title of its own."""
    texts = [text for number, body in enumerate(bodies) for text in (f"第{number}条", body)]
    return sketches_of(fold_texts(texts))


@pytest.mark.parametrize("edit", reprints.EDITS, ids=lambda edit: edit.__name__)
def test_reprints_share_enough(edit):
    """Of forty articles at most one loses its reprint, whatever the edit."""
    bodies = [reprints.body(seed) for seed in range(ARTICLES)]
    pairs = zip(sketched(bodies), sketched(map(edit, bodies)), strict=True)
    assert sum(shared(one, other) >= 2 for one, other in pairs) >= ARTICLES - 1


def test_other_articles_share_nothing():
    """Sketches of unlike texts have no number in common."""
    sketches = sketched([reprints.body(seed) for seed in range(ARTICLES)])
    assert all(shared(one, other) == 0 for one, other in combinations(sketches, 2))


def test_a_sketch_depends_on_its_own_body_alone():
    """It is the same among other articles, in any order, and under any title."""
    bodies = [reprints.body(seed) for seed in range(5)]
    forwards, backwards = sketched(bodies), sketched(bodies[::-1])
    assert np.array_equal(forwards, backwards[::-1])
    assert np.array_equal(sketched(bodies[2:3]), forwards[2:3])


def test_short_bodies_have_no_sketch():
    """What is shorter than the least is a copy of nothing; at that length it has one."""
    text = reprints.body(1).replace("，", "").replace("。", "").replace("\n", "")
    short, enough = sketched([text[: LEAST_CHARACTERS - 1], text[:LEAST_CHARACTERS]])
    assert not short.any()
    assert enough.all()
    assert not sketched([""]).any()


def test_a_text_that_repeats_itself_has_distinct_numbers():
    """Of equal shingles one counts."""
    (sketch,) = sketched(["港口今天清晨重新开放。" * 40])
    numbers = sketch[sketch > 0].tolist()
    assert 0 < len(numbers) == len(set(numbers))


def test_sketches_come_back_from_their_bytes():
    """Three bytes a number lose nothing."""
    sketches = sketched([reprints.body(seed) for seed in range(3)] + ["short"])
    assert len(packed(sketches)) == 4 * SIZE * 3
    assert np.array_equal(unpacked(packed(sketches)), sketches)
