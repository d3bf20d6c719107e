"""The import contracts hold, and each of them fails when it is broken."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

BREAKS = [
    ("query/parser.py", "import wxsearch.index.snapshot", "imports go down the ladder"),
    ("ingest/page.py", "import wxsearch.index.snapshot", "imports go down the ladder"),
    ("models.py", "import wxsearch.limits", "imports go down the ladder"),
    ("sneaky.py", "import json", "imports go down the ladder"),
    ("sneaky/__init__.py", "import json", "imports go down the ladder"),
    ("engines/embedded.py", "import whoosh", "whoosh only in whoosh_door"),
    ("index/snapshot.py", "import whoosh.index", "whoosh only in whoosh_door"),
    ("sneaky.py", "import whoosh", "whoosh only in whoosh_door"),
    ("index/indexing.py", "import rjieba", "jieba only in analysis.segment"),
    ("analysis/fold.py", "import rjieba", "jieba only in analysis.segment"),
    ("models.py", "import jieba", "jieba only in analysis.segment"),
    ("search/suggestions/homophones.py", "import pypinyin", "pypinyin only in analysis.pronunciation"),
    ("search/searcher.py", "import rapidfuzz", "rapidfuzz only in search.suggestions"),
    ("settings.py", "import falcon", "falcon and gunicorn only in service"),
    ("cli/serving.py", "import gunicorn.app.base", "falcon and gunicorn only in service"),
    ("cli/output.py", "import jinja2", "falcon and gunicorn only in service"),
    ("engines/embedded.py", "import prometheus_client", "falcon and gunicorn only in service"),
    ("evaluation/report.py", "import wxsearch.service.api", "imports go down the ladder"),
    ("service/server.py", "import click", "a terminal only in cli and benchmarks"),
    ("ingest/intake.py", "import rich.progress", "a terminal only in cli and benchmarks"),
    ("ingest/html.py", "import trafilatura", "other readers of pages only beside ours in the benchmark"),
    ("benchmarks/run.py", "import gne", "other readers of pages only beside ours in the benchmark"),
    ("index/snapshot.py", "import pickle", "no unpickling of our own"),
    ("index/spool.py", "def late():\n    import marshal", "no unpickling of our own"),
    ("cli/search.py", "import shelve", "no unpickling of our own"),
    *(
        (
            "benchmarks/contenders/whoosh.py",
            f"import wxsearch.{folder}",
            "rivals know nothing of the product's engine",
        )
        for folder in ("engines", "index", "search")
    ),
    ("search/ranking.py", "import wxsearch.settings", "settings end at the engines"),
    ("whoosh_door/table.py", "import wxsearch.settings", "settings end at the engines"),
]


@pytest.fixture(scope="module")
def contracts(root):
    """The contracts of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]


@pytest.fixture
def broken(root, environment, tmp_path):
    """The names of the contracts that a copy of the code breaks."""
    shutil.copytree(root / "src", tmp_path / "src")
    shutil.copy(root / "pyproject.toml", tmp_path)

    def lint():
        command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
        around = environment | {"PYTHONPATH": str(tmp_path / "src")}
        done = subprocess.run(
            [*command, "--no-cache"], cwd=tmp_path, env=around, capture_output=True, text=True, check=False
        )
        names = set(re.findall(r"^(.+) BROKEN", done.stdout, re.MULTILINE))
        assert done.returncode == (1 if names else 0), done.stdout + done.stderr
        return names

    return lint


def test_the_code_keeps_to_its_contracts(broken):
    """What is checked in breaks none."""
    assert broken() == set()


@pytest.mark.parametrize(("file", "line", "contract"), BREAKS)
def test_a_broken_contract_fails(broken, tmp_path, file, line, contract):
    """One import in the wrong place is enough, be it in a module that is new."""
    path = tmp_path / "src" / "wxsearch" / file
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")
    assert contract in broken()


def test_every_contract_is_broken_here(contracts):
    """Each contract has a line above that breaks it, and so has each module that is forbidden."""
    assert {contract for _, _, contract in BREAKS} == {contract["name"] for contract in contracts}
    lines = " ".join(line for _, line, _ in BREAKS)
    assert all(module in lines for contract in contracts for module in contract.get("forbidden_modules", ()))


def test_the_ladder_is_the_documented_one(root, contracts):
    """ARCHITECTURE.md shows the layers as they are checked."""
    ladder = (root / "ARCHITECTURE.md").read_text(encoding="utf-8").split("## The ladder")[1].split("```")[1]
    assert ladder.split("\n")[1:-1] == contracts[0]["layers"]
