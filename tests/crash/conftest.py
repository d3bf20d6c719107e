"""Where commits are broken: a prepared index to copy, processes to kill, and how long to go on."""

import os
import shutil
import subprocess
import sys
from itertools import count

import pytest

from support.commits import begin
from support.disk import ModelDisk
from wxsearch.index.storage import FileStorage


@pytest.fixture(scope="session")
def rounds():
    """How many times the short form to go on for."""
    return int(os.environ.get("WXSEARCH_TESTS_CRASH_ROUNDS", "1"))


@pytest.fixture(scope="session")
def begun(tmp_path_factory):
    """A directory with an index in it, for copying."""
    directory = tmp_path_factory.mktemp("begun") / "index"
    begin(FileStorage.make(directory))
    return directory


@pytest.fixture
def new_copy(begun, tmp_path):
    """Makes a copy of the index, as a storage."""
    numbers = count()

    def copy():
        directory = tmp_path / str(next(numbers))
        shutil.copytree(begun, directory)
        return FileStorage(directory)

    return copy


@pytest.fixture(scope="session")
def begun_disk():
    """A disk in memory with the same index."""
    disk = ModelDisk()
    begin(disk)
    return disk


@pytest.fixture
def new_disk(begun_disk):
    """Makes a copy of that disk."""
    return begun_disk.clone


@pytest.fixture
def index(tmp_path):
    """An index of its own, as a storage."""
    storage = FileStorage.make(tmp_path / "index")
    begin(storage)
    return storage


@pytest.fixture
def process(root):
    """Starts a command of support/processes.py; what still runs at the end is killed."""
    started = []
    path = os.pathsep.join(
        filter(None, [str(root / "tests"), str(root / "src"), os.environ.get("PYTHONPATH")])
    )

    def start(*arguments):
        command = [sys.executable, str(root / "tests" / "support" / "processes.py"), *map(str, arguments)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        started.append(subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, **pipes))
        return started[-1]

    yield start
    for child in started:
        child.kill()
        child.communicate()
