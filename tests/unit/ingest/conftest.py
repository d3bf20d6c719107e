import io

import pytest

from wxsearch.ingest.source import Source
from wxsearch.settings import load_settings


@pytest.fixture(scope="session")
def limits():
    return load_settings({}).limits


@pytest.fixture
def source(limits):
    """Makes a source of bytes; what is noted about it is in its `notes`."""

    def build(data, limits=limits, chunk=1 << 16):
        notes = []
        stream = io.BytesIO(data)
        made = Source("page", iter(lambda: stream.read(chunk), b""), limits, notes.append)
        made.notes = notes
        return made

    return build
