from itertools import pairwise, product
from math import isclose

import numpy as np
import pytest

from wxsearch.search.suggestions.chains import Choices, likeliest
from wxsearch.search.suggestions.language_model import LanguageModel


@pytest.fixture(scope="module")
def model(snapshot_of):
    return LanguageModel(snapshot_of(["海铁联运班列", "海铁联运", "联运中心", "海运铁路", "铁路连通"]))


def choices(text, costs=None):
    listed = np.array([ord(character) for character in text], np.uint32)
    return Choices(listed, np.zeros(len(text)) if costs is None else np.array(costs))


def test_the_likeliest_are_found(model):
    """A beam gives what trying every text gives, best first, with the costs taken off."""
    columns = [choices("海还"), choices("铁贴"), choices("连联", [0.0, 3.0]), choices("云运")]

    def score(text):
        found = model.first(choices(text[0]).codes)[0]
        for before, after in pairwise(text):
            found += model.after(choices(before).codes, choices(after).codes)[0, 0]
        return found - 3 * text.count("联")

    texts = ["".join(map(chr, each)) for each in product(*(column.codes.tolist() for column in columns))]
    expected = sorted(texts, key=score, reverse=True)[:5]
    found = likeliest(columns, model, 5)
    assert found[0].text == "海铁联运"
    assert [chain.text for chain in found] == expected
    assert all(isclose(chain.score, score(chain.text)) for chain in found)


def test_without_a_choice_there_is_no_chain(model):
    """A place that nothing can stand in, or no place at all, gives nothing."""
    assert likeliest([choices("海"), choices("")], model, 5) == []
    assert likeliest([], model, 5) == []
