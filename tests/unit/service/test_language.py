import re
from string import Formatter

import pytest

from wxsearch.query.notes import SENTENCES
from wxsearch.search import explanation
from wxsearch.search.second_stage import PARTS
from wxsearch.service import site
from wxsearch.service.language import TEXTS, choose_language, speaker


def placeholders(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("name", TEXTS)
def test_both_languages_say_the_same(name):
    """Each text is there in both languages, and the English asks for no value the Chinese has not."""
    text = TEXTS[name]
    assert text.zh.strip()
    assert text.en.strip()
    # A month has a name in English and only a number in Chinese.
    assert placeholders(text.zh) - {"month"} <= placeholders(text.en)
    assert placeholders(text.en) - {"name"} <= placeholders(text.zh)


def test_every_text_that_is_spoken_is_there():
    """Templates and code ask only for texts of the table, and the table has no text to spare."""
    folder = site._HERE
    sources = [
        *folder.glob("templates/*"),
        *(path for path in folder.glob("*.py") if path.stem != "language"),
    ]
    written = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    asked = set(re.findall(r"""\b(?:t|speak)\(\s*["'](\w+)["']""", written))
    built = ("sort_", "match_", "relaxed_", "third_", "field_", "note_", "part_")
    codes = {name for name in TEXTS if f"{name}_help" in TEXTS}
    ends = re.compile(rf".*_help|{'|'.join(codes)}")
    assert {name for name in asked if not name.endswith("_")} <= set(TEXTS)
    spare = {name for name in TEXTS if name not in asked and not re.search(rf'"{name}"', written)}
    assert {name for name in spare if not name.startswith(built) and not ends.fullmatch(name)} == set()


def test_every_note_is_spoken():
    """Each code of a note has its texts, with the piece in both or in neither."""
    assert {name.removeprefix("note_") for name in TEXTS if name.startswith("note_")} == set(SENTENCES)
    for code, sentence in SENTENCES.items():
        assert placeholders(sentence) == placeholders(TEXTS[f"note_{code}"].zh)


def test_every_part_of_a_score_is_spoken():
    """Each code of a part has its texts, and those of a term name it with how often it stands there."""
    spoken = {name.removeprefix("part_"): TEXTS[name] for name in TEXTS if name.startswith("part_")}
    assert spoken.keys() == explanation.SENTENCES.keys() == {"title", "body", *PARTS}
    for code, text in spoken.items():
        assert placeholders(text.zh) == ({"term", "n"} if code in ("title", "body") else set())


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("en", "zh-CN", "en"),
        ("", "en-GB,zh;q=0.8", "en"),
        ("fr", "fr, en;q=0.3, zh-TW;q=0.7", "zh"),
        ("", "fr", "zh"),
        ("", "en;q=0", "zh"),
        ("", "en;q=x", "zh"),
        ("", None, "zh"),
    ],
)
def test_the_address_wins_over_the_browser(asked, accepted, language):
    """lang= decides, then the browser's first wish that we can speak, then the settings."""
    assert choose_language(asked, accepted, "zh") == language


def test_counts_are_read_easily():
    """Numbers have thousands separators, and one is singular in English."""
    assert speaker("zh")("found", n=35_939) == "找到 35,939 篇"
    assert speaker("en")("found", n=1) == "1 article found"


def test_values_are_not_read_as_placeholders():
    """Braces in what a person typed stay as they are."""
    assert speaker("zh")("title_results", query="{n}") == "{n}的搜索结果"
