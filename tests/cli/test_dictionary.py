"""wxsearch dictionary as people use it: real processes, a real file."""

import json
import subprocess
import sys

import pytest

# Holds a vocabulary, and prints the leaves of each line that it is given.
HOLDER = """
import sys
from wxsearch.analysis.vocabulary_files import Choice, VocabularyFiles
from wxsearch.settings import load_settings
followed = VocabularyFiles(Choice(dictionary=sys.argv[1]), load_settings({}).limits, refresh_seconds=0.05)
for line in sys.stdin:
    print(*(leaf.text for leaf in followed.current().cut(line)), flush=True)
"""


@pytest.fixture
def words(tmp_path):
    """A dictionary of one's own with remarks."""
    path = tmp_path / "words.txt"
    path.write_text("# 政策\n碳中和  # 2020\n\n# 其他\n專精特新\n", encoding="utf-8")
    path.chmod(0o640)
    return path


@pytest.fixture
def dictionary(wxsearch, words):
    """Runs `wxsearch dictionary` over that file."""
    return lambda *arguments: wxsearch(
        "dictionary", *arguments, variables={"WXSEARCH_QUERY_DICTIONARY": str(words)}
    )


def listed(dictionary):
    return json.loads(dictionary("list", "--json").stdout)["words"]


def test_words_are_added_listed_and_removed(dictionary, words):
    """Each change is in the file, which keeps its remarks, its order and its rights."""
    added = dictionary("add", "新質生產力", "碳中和", "新质生产力")
    assert added.returncode == 0
    assert f"1 added; 3 words in {words}" in added.stdout.decode()
    assert "新质生产力 (cut before: 新质 / 生产力)" in added.stdout.decode()
    assert "was there: 碳中和" in added.stdout.decode()
    assert listed(dictionary) == ["碳中和", "專精特新", "新质生产力"]
    removed = dictionary("remove", "专精特新", "港口")
    assert removed.returncode == 0
    assert f"1 removed; 2 words in {words}" in removed.stdout.decode()
    assert "not there: 港口" in removed.stdout.decode()
    assert words.read_text(encoding="utf-8") == "# 政策\n碳中和  # 2020\n\n# 其他\n新质生产力\n"
    assert words.stat().st_mode & 0o777 == 0o640
    assert dictionary("list").stdout.decode().split() == ["碳中和", "新质生产力"]
    assert list(words.parent.iterdir()) == [words]


def test_json_tells_the_same(dictionary, words):
    """With --json each command prints one document."""
    assert json.loads(dictionary("add", "双碳", "碳中和", "--json").stdout) == {
        "file": str(words),
        "added": ["双碳"],
        "present": ["碳中和"],
        "total": 3,
    }
    assert json.loads(dictionary("remove", "双碳", "港口", "--json").stdout) == {
        "file": str(words),
        "removed": ["双碳"],
        "missing": ["港口"],
        "total": 2,
    }


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("碳", "invalid_request"),
        ("，", "invalid_request"),
        ("数字 经济", "invalid_request"),
        ("ガンダム", "invalid_request"),
        ("长" * 33, "limit_exceeded"),
    ],
)
def test_what_could_not_work_is_refused(dictionary, words, word, code):
    """A word that cannot be kept whole is refused, and none of the others is added."""
    before = words.read_bytes()
    done = dictionary("add", "双碳", word)
    assert done.returncode == 2
    assert f"error [{code}]" in done.stderr.decode()
    assert words.read_bytes() == before


@pytest.mark.limit("dictionary_words")
def test_words_have_a_limit(wxsearch, words):
    """As many words as the limit can be added, and not one more."""
    variables = {"WXSEARCH_QUERY_DICTIONARY": str(words), "WXSEARCH_LIMITS_DICTIONARY_WORDS": "3"}
    assert wxsearch("dictionary", "add", "双碳", variables=variables).returncode == 0
    refused = wxsearch("dictionary", "add", "新基建", variables=variables)
    assert refused.returncode == 2
    assert "error [limit_exceeded]" in refused.stderr.decode()
    assert "limits.dictionary_words" in refused.stderr.decode()


def test_a_file_that_is_not_there_is_made(dictionary, words):
    """The first word makes the file; to list or to search without one is refused."""
    words.unlink()
    missing = dictionary("list")
    assert missing.returncode == 2
    assert "query.dictionary" in missing.stderr.decode()
    assert dictionary("add", "双碳").returncode == 0
    assert listed(dictionary) == ["双碳"]


def test_what_cannot_be_written_names_the_setting(dictionary, words):
    """Where no file can be written, the answer says which, why, and what setting names another."""
    words.unlink()
    words.parent.rmdir()
    done = dictionary("add", "双碳")
    assert done.returncode == 2
    assert f"error [invalid_settings]: {words} cannot be written" in done.stderr.decode()
    assert "WXSEARCH_QUERY_DICTIONARY" in done.stderr.decode()


def test_a_link_stays_a_link(dictionary, words):
    """Where the file is a link, what it leads to is changed."""
    real = words.with_name("real.txt")
    words.rename(real)
    words.symlink_to(real)
    assert dictionary("add", "双碳").returncode == 0
    assert words.is_symlink()
    assert "双碳" in real.read_text(encoding="utf-8")


def test_commands_at_the_same_time_lose_nothing(environment, words):
    """Each of several commands that run at once has its word in the file."""
    new = ["双碳", "新基建", "首店经济"]
    variables = {**environment, "WXSEARCH_QUERY_DICTIONARY": str(words)}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "wxsearch", "dictionary", "add", word, "--json"], env=variables
        )
        for word in new
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert set(new) < set(words.read_text(encoding="utf-8").split())


def test_a_process_that_runs_sees_the_change(environment, dictionary, words):
    """A vocabulary that is held by another process cuts by the new word, without a restart."""
    command = [sys.executable, "-c", HOLDER, str(words)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, encoding="utf-8"
    ) as holder:

        def leaves():
            holder.stdin.write("新质生产力论坛\n")
            holder.stdin.flush()
            return holder.stdout.readline().split()

        assert leaves() == ["新质", "生产力", "论坛"]
        dictionary("add", "新质生产力")
        assert leaves() == ["新质生产力", "论坛"]
        dictionary("remove", "新质生产力")
        assert leaves() == ["新质", "生产力", "论坛"]
        holder.stdin.close()
