import pytest

from wxsearch.engines.embedded import EmbeddedEngine


@pytest.fixture
def engine(tmp_path, settings):
    """An engine over a directory that is not there yet."""
    return EmbeddedEngine(tmp_path / "index", settings)
