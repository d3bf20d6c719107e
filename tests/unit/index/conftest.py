"""An index of plain payload files, in memory."""

import pytest

from support.disk import ModelDisk
from support.ledger import begin, make


@pytest.fixture
def empty():
    """A disk with an empty index."""
    disk = ModelDisk()
    make(disk)
    return disk


@pytest.fixture
def begun():
    """A disk with an index of three articles, generation 3."""
    disk = ModelDisk()
    begin(disk)
    return disk
