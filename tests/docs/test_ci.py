"""CI asks for what tests would otherwise leave out."""

import re
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("needed", "exit_code", "outcome"), [(True, 1, "1 error"), (False, 0, "1 skipped")])
def test_ci_fails_without_a_browser(root, environment, tmp_path, needed, exit_code, outcome):
    """Where Chromium is absent browser tests skip, saying why; as .ci/run calls them they fail."""
    (variable,) = re.findall(r"^(\w+)=1 make test$", (root / ".ci" / "run").read_text("utf-8"), re.MULTILINE)
    around = {name: value for name, value in environment.items() if name != variable}
    around |= {"CHROMIUM": str(tmp_path / "absent")} | ({variable: "1"} if needed else {})
    one = "tests/browser/test_plain_pages.py::test_everything_works_without_script"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", one]
    done = subprocess.run(command, cwd=root, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == exit_code, done.stdout
    assert outcome in done.stdout
    assert "Chromium is not at" in done.stdout


def test_what_ci_sets_is_no_setting(root):
    """Names that begin with WXSEARCH_ are settings, so that CI sets none but that of the articles.

    What is for a test alone is set for its command alone.
    """
    ci = (root / ".ci" / "run").read_text("utf-8")
    ci, tests = re.subn(r"^WXSEARCH_TESTS_\w+=\d+ .*-m pytest tests/", "", ci, flags=re.MULTILINE)
    assert tests == 1
    assert set(re.findall(r"\bWXSEARCH_\w+", ci)) == {"WXSEARCH_CORPORA"}
