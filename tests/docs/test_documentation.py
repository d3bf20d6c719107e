"""The documentation names everything there is, and nothing else."""

import json
import re

import pytest

from wxsearch import errors
from wxsearch.limits import Limits
from wxsearch.query.request import PARAMETERS
from wxsearch.service.openapi import openapi
from wxsearch.service.problems import ProblemDocument


def text(root, name):
    return (root / name).read_text(encoding="utf-8")


def test_every_setting_is_documented(root):
    """docs/settings.md has a row with the default for each setting, and no other row."""
    rows = dict(re.findall(r"^\| `(\w+\.\w+)` \| `(.*?)` \|", text(root, "docs/settings.md"), re.MULTILINE))
    sections = re.split(r"^\[(\w+)\]$", text(root, "config/default.toml"), flags=re.MULTILINE)[1:]
    assert rows == {
        f"{section}.{key}": written
        for section, content in zip(sections[::2], sections[1::2], strict=True)
        for key, written in re.findall(r"^(\w+) = (.*?)\s+#", content, re.MULTILINE)
    }


def test_every_error_code_is_documented(root):
    """docs/http-api.md names the code of every error."""

    def codes(kind):
        return {kind.code, *(code for child in kind.__subclasses__() for code in codes(child))}

    named = set(re.findall(r"`([a-z_]+)`", text(root, "docs/http-api.md")))
    assert codes(errors.WxsearchError) <= named


def test_every_code_of_the_command_line_is_documented(root):
    """docs/http-api.md also names the codes that only the command line has."""
    sources = (root / "src" / "wxsearch" / "cli").glob("*.py")
    printed = {code for path in sources for code in re.findall(r'\bfail\("(\w+)"', path.read_text("utf-8"))}
    assert "interrupted" in printed
    assert printed <= set(re.findall(r"`([a-z_]+)`", text(root, "docs/http-api.md")))


def test_every_status_is_documented(root, settings):
    """The table of errors has the statuses of openapi.json, with the codes that each can have."""
    answers = [
        answer for path in openapi(settings)["paths"].values() for answer in path["get"]["responses"].items()
    ]
    described = {
        (int(status), code)
        for status, answer in answers
        for code in re.findall(r"`(\w+)`", answer["description"].partition("Codes: ")[2])
    }
    table = text(root, "docs/http-api.md").split("## Errors")[1]
    rows = re.findall(r"^\| (`.*?`) \| ([\d, ]+) \|", table, re.MULTILINE)
    documented = {
        (int(status), code)
        for codes, statuses in rows
        for status in statuses.split(",")
        for code in re.findall(r"`(\w+)`", codes)
    }
    assert described <= documented
    assert {status for status, _ in documented} == {status for status, _ in described}


def test_the_example_of_an_error_is_whole(root):
    """The error that docs/http-api.md shows is one that the service would send."""
    (shown,) = re.findall(
        r"```json\n(\{.*?\})\n```", text(root, "docs/http-api.md").split("## Errors")[1], re.DOTALL
    )
    assert list(json.loads(shown)) == list(ProblemDocument.__struct_fields__)


def test_every_parameter_is_documented(root):
    """docs/http-api.md describes each parameter of the search, and no other."""
    table = text(root, "docs/http-api.md").split("## Search")[1].split("Values of one kind")[0]
    rows = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    named = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert named == [parameter.name for parameter in PARAMETERS]


def test_every_limit_is_tested(root):
    """Each limit has a test that stands at it and beyond it, marked `limit` with its name."""
    tests = [path.read_text(encoding="utf-8") for path in (root / "tests").rglob("test_*.py")]
    marked = {
        name
        for test in tests
        for name in re.findall(r'^@pytest\.mark\.limit\("(\w+)"\)$', test, re.MULTILINE)
    }
    assert marked == set(Limits.__struct_fields__)


def test_every_folder_is_in_the_architecture(root):
    """ARCHITECTURE.md answers for each folder, and for each module of what reads, indexes and searches."""

    def folders(place):
        return {path.name for path in place.iterdir() if (path / "__init__.py").exists()}

    package, architecture = root / "src" / "wxsearch", text(root, "ARCHITECTURE.md")
    top, _, rest = architecture.partition("## The ladder")
    assert folders(package) == set(re.findall(r"^\| `(\w+)/` \|", top, re.MULTILINE))
    assert folders(package / "ingest") == set(re.findall(r"^\| `(\w+)/` \|", rest, re.MULTILINE))
    named = set(re.findall(r"`(?:\w+/)*(\w+\.py)`", architecture))
    modules = {path.name for path in (package / "ingest").glob("*.py")}
    for folder in ("index", "search", "engines"):
        modules |= {path.name for path in (package / folder).rglob("*.py")}
    assert modules - {"__init__.py"} <= named


def test_every_guarantee_is_held_by_a_test(root):
    """Each row of docs/guarantees.md names tests, and each test that it names is there."""
    guarantees = text(root, "docs/guarantees.md")
    rows = [row for row in re.findall(r"^\| .*\|$", guarantees, re.MULTILINE) if "held by" not in row]
    assert all("::test_" in row for row in rows)
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", guarantees)
    assert len(named) > len(rows) > 20
    for file, test in named:
        assert f"def {test}(" in text(root, file), f"{file}::{test}"


def test_files_are_small(root):
    """No source file is over 400 lines, and half of them are under 200."""
    lengths = sorted(
        len(path.read_text(encoding="utf-8").splitlines()) for path in (root / "src").rglob("*.py")
    )
    assert lengths[-1] <= 400
    assert lengths[len(lengths) // 2] < 200


def test_the_figures_of_the_ranking_are_the_accepted_ones(root):
    """docs/relevance.md shows what tests/relevance/accepted.json has, as near as its gate asks for."""
    rows = re.findall(
        r"^\| ([\w-]+) \| (0\.\d+) \(.*?\) \| (0\.\d+) \(.*?\) \| ([01]\.\d+) \(",
        text(root, "docs/relevance.md"),
        re.MULTILINE,
    )
    accepted = json.loads(text(root, "tests/relevance/accepted.json"))
    assert {name for name, *_ in rows} == accepted.keys()
    for name, *shown in rows:
        assert [float(figure) for figure in shown] == pytest.approx([*accepted[name].values()], abs=0.0025)


def test_links_between_documents_lead_somewhere(root):
    """Each relative link of a document names a file that is there."""
    for document in [*root.glob("*.md"), *(root / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
