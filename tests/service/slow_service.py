"""A service whose searches take a second: run by test_server.py, with the index as argument."""

import sys
import time
from pathlib import Path

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.service.server import serve
from wxsearch.settings import load_settings


class Slow(EmbeddedEngine):
    """The embedded engine, taking its time."""

    def search(self, request):
        """Answers after a second."""
        time.sleep(1)
        return super().search(request)


settings = load_settings()
serve(settings, lambda: Slow(Path(sys.argv[1]), settings))
