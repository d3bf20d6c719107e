"""Fixtures that every kind of test may ask for."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from wxsearch.analysis.vocabulary import Vocabulary
from wxsearch.analysis.vocabulary_files import default_vocabulary
from wxsearch.dates import read_published
from wxsearch.limits import Limits
from wxsearch.models import Article
from wxsearch.settings import Settings, load_settings

ROOT = Path(__file__).parents[1]

# How long an example takes says more of what else the machine does than of the code.
property_settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
property_settings.load_profile("untimed")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The default settings, whatever the environment says; a new index is seen at once."""
    return load_settings({"WXSEARCH_INDEX_REFRESH_SECONDS": "0"})


@pytest.fixture(scope="session")
def limits(settings: Settings) -> Limits:
    """The default limits."""
    return settings.limits


@pytest.fixture(scope="session")
def vocabulary(settings: Settings) -> Vocabulary:
    """The vocabulary of the shipped files, all of it wanted."""
    return default_vocabulary(settings.limits)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real articles; tests that ask for it skip where there is none."""
    if "WXSEARCH_CORPORA" not in os.environ:
        pytest.skip("WXSEARCH_CORPORA names no folder of articles")
    return Path(os.environ["WXSEARCH_CORPORA"])


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    """Builds an article from few words; `published` may be in any form that is read."""

    def build(article_id: str = "1", title: str = "", body: str = "", **fields: object) -> Article:
        if isinstance(fields.get("published"), str):
            fields["published"], fields["precision"] = read_published(str(fields["published"]))
        if "breadcrumb" in fields:
            fields["breadcrumb"] = tuple(fields["breadcrumb"])  # type: ignore[arg-type]
        return Article(id=article_id, title=title, body=body, **fields)  # type: ignore[arg-type]

    return build


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """What stands around a command of a test: the code of this checkout, and no settings."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WXSEARCH_")}
    return bare | {"PYTHONPATH": str(ROOT / "src")}


@pytest.fixture(scope="session")
def wxsearch(environment) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the command line in a process of its own, without any settings but those in `variables`."""

    def run(
        *arguments: str | Path, variables: Mapping[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "wxsearch", *map(str, arguments)]
        options = {"timeout": 120, "env": {**environment, **(variables or {})}, "cwd": ROOT} | options
        return subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload, no-any-return]

    return run


@pytest.fixture(scope="session")
def sample_index(wxsearch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the bundled sample, for reading only."""
    directory = tmp_path_factory.mktemp("sample") / "index"
    done = wxsearch("index", "sample", "--index", directory)
    assert done.returncode == 0, done.stderr.decode()
    return directory


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Callable[[str, int, int], None]:
    """Notes how many points a test met, for the summary; fails where they are fewer than they were."""

    def note(what: str, met: int, at_least: int) -> None:
        request.node.user_properties.append(("tally", f"{met} {what}"))
        assert met >= at_least, f"only {met} {what}"

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Prints what was tallied, so that a test that met nothing cannot hide."""
    for report in terminalreporter.stats.get("passed", []):
        for name, value in report.user_properties:
            if name == "tally" and report.when == "call":
                terminalreporter.write_line(f"{report.nodeid.rpartition('/')[2]}: {value}")
