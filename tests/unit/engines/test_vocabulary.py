"""The settings of [query], and the vocabulary that they make."""

import pytest
from msgspec.structs import replace

from wxsearch.analysis.vocabulary import KINDS
from wxsearch.engines.embedded import EmbeddedEngine


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("regional_words", "regional"),
        ("character_variants", "character"),
        ("number_forms", "number"),
        ("synonyms", "synonym"),
    ],
)
def test_each_setting_switches_its_kind_off(settings, tmp_path, setting, kind):
    """All kinds are wanted, and each setting takes just its own away."""
    assert EmbeddedEngine(tmp_path, settings).vocabulary().kinds == KINDS
    changed = replace(settings, query=replace(settings.query, **{setting: False}))
    assert EmbeddedEngine(tmp_path, changed).vocabulary().kinds == KINDS - {kind}


def test_files_and_function_words_are_those_of_the_settings(settings, tmp_path):
    """The dictionary, the synonyms and the function words come from where the settings say, or not at all."""
    words, synonyms = tmp_path / "words.txt", tmp_path / "synonyms.txt"
    words.write_text("新质生产力\n", encoding="utf-8")
    synonyms.write_text("甲乙 = 丙丁\n", encoding="utf-8")
    own = {"dictionary": str(words), "synonym_list": str(synonyms), "function_words": False}
    changed = replace(settings, query=replace(settings.query, **own))
    vocabulary = EmbeddedEngine(tmp_path, changed).vocabulary()
    assert vocabulary.cutter.words == {"新质生产力", "甲乙", "丙丁"}
    assert vocabulary.synonyms == {"甲乙": ("丙丁",), "丙丁": ("甲乙",)}
    assert vocabulary.small.function == frozenset()
