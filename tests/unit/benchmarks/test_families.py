from random import Random

from support import reprints as made
from wxsearch.benchmarks.families import measure
from wxsearch.benchmarks.reprints import CUTS, EDITS, LEAST_CHARACTERS, reprinted
from wxsearch.models import Article


def test_a_run_finds_the_reprints_that_it_made(tmp_path, settings):
    """Of articles unlike one another nearly all reprints are found, and nothing else is related."""
    articles = [Article(id=f"a{seed}", title=f"第{seed}条", body=made.body(seed)) for seed in range(60)]
    articles += [Article(id=f"b{seed}", title=f"快报{seed}", body=made.bulletin(seed)) for seed in range(20)]
    outcome = measure(articles, 40, tmp_path, settings)
    assert (outcome.articles, outcome.reprints, outcome.families) == (80, 40, 0)
    assert outcome.recall >= 0.9
    assert outcome.precision == 1.0


def test_reprints_are_edited_and_not_cut_to_nothing():
    """One to four edits, at most one of them a cut, leave a text that differs and is long enough."""
    met = set()
    for seed in range(200):
        body, names = reprinted(made.body(seed), Random(seed))
        assert 1 <= len(names) <= 4
        assert sum(cut.__name__ in names for cut in CUTS) <= 1
        assert len(body) >= LEAST_CHARACTERS
        assert body != made.body(seed) or names == ("reworded",)
        met.update(names)
    assert met == {edit.__name__ for edit in EDITS}
