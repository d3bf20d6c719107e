"""What is installed from a wheel runs without the checkout it was built from."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Whoever builds has these; a folder `build` left in a checkout would hide what is missing.
SOURCES = ("src", "config", "pyproject.toml", "README.md", "LICENSE")

ASKED = """
from pathlib import Path
import falcon.testing
import wxsearch
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.service.app import create_app
from wxsearch.settings import load_settings

print(Path(wxsearch.__file__).parents[1])
settings = load_settings({})
client = falcon.testing.TestClient(create_app(EmbeddedEngine(Path("index"), settings), settings))
page = client.simulate_get("/", params={"q": "海鐵聯運"}, headers={"Accept": "text/html"})
assert page.status_code == 200 and "海铁联运" in page.text, page.text
assert client.simulate_get("/static/style.css").status_code == 200
"""


@pytest.fixture(scope="module")
def run(environment):
    """Runs Python with nothing of the checkout in sight; gives the output of what must succeed."""

    def python(*arguments, cwd, **variables):
        alone = {name: value for name, value in environment.items() if name != "PYTHONPATH"} | variables
        command = [sys.executable, *map(str, arguments)]
        done = subprocess.run(command, cwd=cwd, env=alone, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return python


@pytest.fixture(scope="module", params=["checkout", "sdist"])
def installed(request, run, root, tmp_path_factory) -> Path:
    """The folder that a wheel, built from a checkout or from an sdist of it, was installed into."""
    folder = tmp_path_factory.mktemp(request.param)
    checkout = folder / "checkout"
    checkout.mkdir()
    for name in SOURCES:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy
        copy(root / name, checkout / name)
    source = checkout
    if request.param == "sdist":
        build = "import sys, setuptools.build_meta as builder; builder.build_sdist(sys.argv[1])"
        run("-c", build, folder, cwd=checkout)
        (source,) = folder.glob("*.tar.gz")
    offline = ("--quiet", "--disable-pip-version-check", "--no-index", "--no-deps")
    run("-m", "pip", "wheel", *offline, "--no-build-isolation", "-w", folder, source, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    run("-m", "pip", "install", *offline, "--target", folder / "installed", wheel, cwd=folder)
    shutil.rmtree(checkout)
    return folder / "installed"


def files(package):
    """The names of all files of a package, but for what Python makes of them."""
    every = (path for path in package.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path.relative_to(package) for path in every}


def test_the_wheel_has_every_file(installed, root):
    """Settings, fold table, templates and static files come with the code."""
    assert files(installed / "wxsearch") == files(root / "src" / "wxsearch")


def test_what_is_installed_works(installed, run, root, tmp_path):
    """The installed command indexes the sample and counts it; the installed service shows it."""
    alone = {"cwd": tmp_path, "PYTHONPATH": str(installed)}
    run("-m", "wxsearch", "index", root / "sample", **alone)
    assert json.loads(run("-m", "wxsearch", "stats", "--json", **alone))["articles"] == 76
    assert run("-c", ASKED, **alone).strip() == str(installed)
