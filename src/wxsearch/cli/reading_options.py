"""Options of the commands that read articles, and where their rejects are kept.

Apart from the others, as the readers of pages take a tenth of a second to import.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.ingest.rejects import Rejects
from wxsearch.ingest.table.columns import load_columns
from wxsearch.settings import Settings

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes that read the files of folders.  [default: one a processor; for few files one or none]",
)


def columns_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--columns FILE: which column of a CSV is which field."""
    return click.option(
        "--columns",
        metavar="FILE",
        type=click.Path(path_type=Path),
        callback=lambda _context, _option, path: None if path is None else load_columns(path),
        help="Which columns of a CSV or TSV are title, text and so on, in TOML.  [default: by their names]",
    )(command)


def open_rejects(engine: EmbeddedEngine, settings: Settings) -> Rejects:
    """The rejects of an index: in the folder of the settings, by default beside it."""
    place = engine.directory.absolute()
    beside = place.with_name(f"{place.name}-rejects")
    return Rejects(Path(settings.ingest.rejects or beside), settings.limits)
