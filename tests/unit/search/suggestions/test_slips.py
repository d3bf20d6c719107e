import pytest

from wxsearch.search.suggestions.language_model import LanguageModel
from wxsearch.search.suggestions.slips import Slips


@pytest.fixture(scope="module")
def model(snapshot_of):
    return LanguageModel(snapshot_of(["海铁联运班列", "海铁联运中心", "海铁联运", "联运"]))


@pytest.mark.parametrize("typed", ["海联铁运", "海铁联联运", "海海铁联运", "海铁运", "铁海联运"])
def test_the_meant_text_is_among_them(model, typed):
    """A character swapped, doubled or missing is put right, and that is likelier than what was typed."""
    slips = Slips(typed, model)
    found = {chain.text: chain.score for chain in slips.chains()}
    assert found["海铁联运"] == max(found.values())
    assert found["海铁联运"] > slips.score


def test_two_characters_have_few_slips(model):
    """Between two characters nothing is put, and one unknown character is no trouble."""
    assert [chain.text for chain in Slips("铁海", model).chains()] == ["海铁"]
    assert {chain.text for chain in Slips("餐餐", model).chains()} == {"餐"}
