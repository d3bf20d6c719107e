"""The environment that `make` installs into: made whole, made anew where needed, or refused in a sentence."""

import subprocess
import sys

import pytest

# pip takes seconds, and is the business of venv.
QUICK = (
    "import venv; create = venv.create; venv.create = lambda *a, **k: create(*a, **{**k, 'with_pip': False})"
)


@pytest.fixture
def make(root, tmp_path):
    """Runs the script for a folder, after lines of Python that change what it meets."""
    script = str(root / "scripts" / "make_environment.py")

    def run(*before, folder=".venv"):
        lines = (
            f"import runpy, sys; sys.argv[1:] = [{folder!r}]",
            *before,
            f"runpy.run_path({script!r}, run_name='__main__')",
        )
        command = [sys.executable, "-c", "\n".join(lines)]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def test_what_is_whole_is_left(make, tmp_path):
    """The second time nothing is touched, so that nothing is installed again."""
    assert make(QUICK).returncode == 0
    (tmp_path / ".venv" / "installed").touch()
    before = (tmp_path / ".venv" / "python").stat().st_mtime_ns
    assert make(QUICK).returncode == 0
    assert (tmp_path / ".venv" / "installed").exists()
    assert (tmp_path / ".venv" / "python").stat().st_mtime_ns == before


@pytest.mark.parametrize("change", ["another Python", "another folder", "broken off"])
def test_what_is_not_ours_is_made_anew(make, tmp_path, change):
    """What another Python made, what was moved and what was never finished is not used."""
    make(QUICK)
    (tmp_path / ".venv" / "installed").touch()
    if change == "another folder":
        (tmp_path / ".venv").rename(tmp_path / "moved")
        done = make(QUICK, folder="moved")
        assert not (tmp_path / "moved" / "installed").exists()
    elif change == "broken off":
        (tmp_path / ".venv" / "python").unlink()
        done = make(QUICK)
    else:
        done = make(QUICK, "sys.base_prefix = '/another'")
    assert done.returncode == 0
    assert not (tmp_path / ".venv" / "installed").exists()


@pytest.mark.parametrize(
    ("lack", "sentence"),
    [
        ("sys.version_info = (3, 10, 2)", "needs Python 3.11 or later, this is 3.10"),
        ("sys.modules['ensurepip'] = None", "apt install python3"),
        ("sys.modules['venv'] = None", "apt install python3"),
    ],
)
def test_what_is_missing_is_said(make, tmp_path, lack, sentence):
    """A Python that is too old or without venv is refused in one line, and leaves nothing behind."""
    done = make(lack)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / ".venv").exists()


def test_it_has_pip(make, tmp_path):
    """The environment can install."""
    assert make().returncode == 0
    pip = [tmp_path / ".venv" / "bin" / "python", "-m", "pip", "--version"]
    assert subprocess.run(pip, capture_output=True, check=False).returncode == 0
