"""wxsearch serve: the page and the API over HTTP."""

from pathlib import Path

import click
import msgspec

from wxsearch.cli.options import index_option
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.settings import load_settings


@click.command()
@click.option("--bind", metavar="HOST:PORT", help="Where to listen.  [default: 127.0.0.1:8000]")
@click.option("--workers", type=click.IntRange(min=1), help="Worker processes.  [default: 2]")
@index_option
def serve(bind: str | None, workers: int | None, directory: Path | None) -> None:
    """Serve the search page and the API until interrupted.

    \b
    Examples:
      wxsearch serve
      wxsearch serve --bind 0.0.0.0:9000 --workers 4 --index /srv/news
    """
    # Imported here, since the other commands must not wait for the service's libraries.
    from wxsearch.service.server import serve as run

    settings = load_settings()
    service = msgspec.structs.replace(
        settings.service, bind=bind or settings.service.bind, workers=workers or settings.service.workers
    )
    settings = msgspec.structs.replace(settings, service=service)
    directory = directory or Path(settings.index.directory)
    run(settings, lambda: EmbeddedEngine(directory, settings))
