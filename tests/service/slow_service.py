"""A service whose searches wait: run by test_server.py, with the index and a path as arguments.

Each search says so on standard error, and goes on once the path is there.
"""

import sys
import time
from pathlib import Path

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.service.server import serve
from wxsearch.settings import load_settings

released = Path(sys.argv[2])


class Slow(EmbeddedEngine):
    """The embedded engine, taking its time."""

    def search(self, request):
        """Answers once it may."""
        sys.stderr.write("searching\n")
        sys.stderr.flush()
        while not released.exists():
            time.sleep(0.02)
        return super().search(request)


settings = load_settings()
serve(settings, lambda: Slow(Path(sys.argv[1]), settings))
