import logging
from pathlib import Path

import pytest

from wxsearch.analysis.leaves import cut_leaves
from wxsearch.analysis.own_words import read_own_words
from wxsearch.analysis.segment import Cutter
from wxsearch.analysis.small_words import SmallWords, read_small_words
from wxsearch.analysis.vocabulary_files import Choice, VocabularyFiles, default_vocabulary, read_vocabulary
from wxsearch.errors import InvalidSettings


@pytest.fixture
def choice(tmp_path):
    """Files of one's own with a word and a pair of synonyms."""
    (tmp_path / "words.txt").write_text("碳中和\n", encoding="utf-8")
    (tmp_path / "synonyms.txt").write_text("大湾区 = 粤港澳大湾区\n", encoding="utf-8")
    return Choice(str(tmp_path / "words.txt"), str(tmp_path / "synonyms.txt"))


@pytest.fixture
def followed(choice, limits):
    """The files, looked at each time."""
    return VocabularyFiles(choice, limits, refresh_seconds=0)


def texts(vocabulary, stretch):
    return [leaf.text for leaf in vocabulary.cut(stretch) if leaf.required]


def write(path, text):
    """Replaces a file as editors do."""
    beside = Path(f"{path}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_a_vocabulary_is_what_the_files_say(choice, limits):
    """Own words and words with synonyms are kept whole, function words beside them are not required."""
    vocabulary = read_vocabulary(choice, limits)
    assert texts(vocabulary, "推进碳中和的粤港澳大湾区") == ["推进", "碳中和", "粤港澳大湾区"]
    assert vocabulary.synonyms == {"大湾区": ("粤港澳大湾区",), "粤港澳大湾区": ("大湾区",)}


def test_synonyms_with_a_separator_are_no_words(choice, limits):
    """What a query is cut at is inside no word; as a quoted string it has its synonyms all the same."""
    write(choice.synonym_list, "“双碳”目标 = 碳达峰\n")
    vocabulary = read_vocabulary(choice, limits)
    assert vocabulary.cutter.words == {"碳中和", "碳达峰"}
    assert vocabulary.synonyms["双碳 目标"] == ("碳达峰",)


def test_own_words_are_no_function_words(choice, limits):
    """A function word that is in one's own dictionary is asked for."""
    write(choice.dictionary, "以及\n")
    assert texts(read_vocabulary(choice, limits), "港口以及航运") == ["港口", "以及", "航运"]


def test_parts_can_be_switched_off(choice, limits):
    """Without synonyms their file is not even read; without function words all words are required."""
    write(choice.synonym_list, "broken\n")
    vocabulary = read_vocabulary(choice._replace(kinds=frozenset({"number"})), limits)
    assert vocabulary.synonyms == {}
    assert texts(vocabulary, "粤港澳大湾区") == ["粤港澳", "大湾区"]
    write(choice.synonym_list, "")
    vocabulary = read_vocabulary(choice._replace(function_words=False), limits)
    assert texts(vocabulary, "港口以及航运") == ["港口", "以及", "航运"]


def test_changes_are_followed(followed, choice):
    """A changed file counts at the next look; what was given before stays as it was."""
    before = followed.current()
    assert followed.current() is before
    assert texts(before, "新质生产力") == ["新质", "生产力"]
    write(choice.dictionary, "碳中和\n新质生产力\n")
    assert texts(followed.current(), "新质生产力论坛") == ["新质生产力", "论坛"]
    assert texts(before, "新质生产力论坛") == ["新质", "生产力", "论坛"]
    write(choice.synonym_list, "国台办 = 国务院台湾事务办公室\n")
    assert texts(followed.current(), "国务院台湾事务办公室主任") == ["国务院台湾事务办公室", "主任"]


def test_a_file_written_in_place_is_followed(followed, choice):
    """It need not be replaced: another length or time is a change as well."""
    followed.current()
    with choice.dictionary_file.open("a", encoding="utf-8") as file:
        file.write("新质生产力\n")
    assert texts(followed.current(), "新质生产力") == ["新质生产力"]


def test_files_are_looked_at_seldom(choice, limits):
    """Between two looks nothing is read, however often it is asked."""
    followed = VocabularyFiles(choice, limits, refresh_seconds=3600)
    before = followed.current()
    write(choice.dictionary, "新质生产力\n")
    assert followed.current() is before


def test_the_same_words_keep_their_dictionary(followed, choice):
    """A change that adds no word, of a remark or an arrow, loads no dictionary again."""
    before = followed.current()
    write(choice.dictionary, "# 双碳\n碳中和\n")
    assert followed.current() is not before
    assert followed.current().cutter is before.cutter


@pytest.mark.parametrize("text", [None, "碳\n", b"\xff\xfe\x00"])
def test_a_broken_file_changes_nothing(followed, choice, caplog, text):
    """What was good stays in use, and the log says once why, until the file is good; no folder is told."""
    before = followed.current()
    path = choice.dictionary_file
    if text is None:
        path.unlink()
    else:
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    with caplog.at_level(logging.ERROR, logger="wxsearch"):
        assert followed.current() is before
        assert followed.current() is before
    assert len(caplog.records) == 1
    assert str(path) in caplog.text
    assert followed.degraded().startswith(path.name)
    write(path, "新质生产力\n")
    assert texts(followed.current(), "新质生产力") == ["新质生产力"]
    assert followed.degraded() is None


@pytest.mark.parametrize("field", ["dictionary", "synonym_list"])
def test_files_have_to_be_there_at_first(choice, limits, tmp_path, field):
    """A file that is not there when all begins is refused, with the setting that names it."""
    choice = choice._replace(**{field: str(tmp_path / "absent.txt")})
    with pytest.raises(InvalidSettings, match=rf"absent.txt cannot be read .*query.{field}"):
        VocabularyFiles(choice, limits, refresh_seconds=0).current()


def test_the_shipped_words_are_needed(limits):
    """Each word of config/userdict.txt is whole with the list, and would not be without it."""
    choice = Choice()
    own = read_own_words(choice.dictionary_file.read_text(encoding="utf-8"), limits, "userdict.txt")
    small = SmallWords(
        *(read_small_words(file.read_text(encoding="utf-8")) for file in choice.small_word_files)
    )
    jieba = Cutter()
    assert len(own) >= 60
    assert [word for word in own if cut_leaves(word, jieba, small) == [(word, True)]] == []
    cutter = default_vocabulary(limits).cutter
    assert [word for word in cutter.words if not cutter.keeps_whole(word)] == []


def test_the_shipped_words_are_whole_beside_others(limits):
    """They are leaves between other words as well."""
    vocabulary = default_vocabulary(limits)
    own = read_own_words(Choice().dictionary_file.read_text(encoding="utf-8"), limits, "userdict.txt")
    assert [word for word in own if word not in texts(vocabulary, f"推进{word}的工作")] == []
