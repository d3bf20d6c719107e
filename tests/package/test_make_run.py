"""`make run` as a newcomer meets it, but for the installation, which is taken as done."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def checkout(root, tmp_path) -> Path:
    """A folder with the Makefile, the sample and an installed command."""
    for name in ("Makefile", "sample"):
        (tmp_path / name).symlink_to(root / name)
    command = tmp_path / ".venv" / "bin" / "wxsearch"
    command.parent.mkdir(parents=True)
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m wxsearch "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    (tmp_path / ".venv" / "run").touch()
    return tmp_path


@pytest.fixture
def make_run(checkout, environment) -> Iterator[Callable[..., "Run"]]:
    """Calls `make run` with variables of make."""
    runs: list[Run] = []

    def start(**variables: str) -> Run:
        runs.append(Run(checkout, environment, variables))
        return runs[-1]

    yield start
    for run in runs:
        run.interrupt()


class Run:
    """A running `make run`, in a process group of its own as in a terminal."""

    def __init__(self, checkout: Path, environment: dict[str, str], variables: dict[str, str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        variables = {"PORT": str(self.port)} | variables
        # make hands its variables down by these, where the tests themselves were started by make.
        bare = {name: text for name, text in environment.items() if name not in ("MAKEFLAGS", "MAKELEVEL")}
        self.told = checkout / f"told-{self.port}"
        self._began = time.monotonic()
        with self.told.open("wb") as told:
            self._process = subprocess.Popen(
                ["make", "-o", ".venv/run", "run", *(f"{name}={text}" for name, text in variables.items())],
                cwd=checkout,
                env=bare,
                stdout=told,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # Whoever runs tests in the background has them ignore what a terminal sends.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
            )

    def seconds_to_address(self) -> float:
        """The seconds until the address was printed."""
        address = f"http://127.0.0.1:{self.port}/"
        while address not in self.told.read_text(encoding="utf-8"):
            assert self._process.poll() is None, self.told.read_text(encoding="utf-8")
            assert time.monotonic() - self._began < 60
            time.sleep(0.02)
        return time.monotonic() - self._began

    def found(self) -> tuple[int, int]:
        """The number of articles and the generation that are served."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/search", timeout=10) as answer:
            found = json.loads(answer.read())
        return found["total"], found["generation"]

    def interrupt(self) -> str:
        """Ends everything as Ctrl-C does; what was printed."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGINT)
            self._process.wait(20)
        return self.told.read_text(encoding="utf-8")


def test_an_index_that_is_there_is_served_as_it_is(make_run):
    """The second `make run` starts at once, and changes nothing; names may hold blanks."""
    first = make_run(INDEX="my index/one")
    first.seconds_to_address()
    assert first.found()[0] == 76
    generation = first.found()[1]
    first.interrupt()
    second = make_run(INDEX="my index/one")
    assert second.seconds_to_address() < 5
    assert "unchanged" not in second.told.read_text(encoding="utf-8"), "the sample was read again"
    assert second.found() == (76, generation)


def test_other_articles_stay(make_run, wxsearch, checkout):
    """An index of one's own is not mixed with the sample."""
    (checkout / "own.jsonl").write_text('{"id": "1", "title": "港口"}\n', encoding="utf-8")
    assert wxsearch("index", checkout / "own.jsonl", "--index", checkout / "index").returncode == 0
    run = make_run()
    run.seconds_to_address()
    assert run.found()[0] == 1


@pytest.mark.parametrize("state", ["empty", "interrupted"])
def test_the_sample_is_indexed_where_no_index_is(make_run, checkout, state):
    """An empty folder, and one whose first run was interrupted, get the sample."""
    (checkout / "index").mkdir()
    if state == "interrupted":
        early = make_run()
        while not any((checkout / "index").iterdir()):
            assert "listens" not in early.told.read_text(encoding="utf-8")
            time.sleep(0.005)
        early.interrupt()
        assert "listens" not in early.told.read_text(encoding="utf-8")
    run = make_run()
    run.seconds_to_address()
    assert run.found()[0] == 76


def test_an_interrupt_ends_quietly(make_run):
    """Ctrl-C prints neither a stack trace nor an error of make."""
    run = make_run()
    run.seconds_to_address()
    before = run.told.read_text(encoding="utf-8")
    assert not re.search(r"Traceback|\*\*\*|Error", run.interrupt()[len(before) :])
