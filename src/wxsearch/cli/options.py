"""Options that several commands share, and the engine they lead to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.settings import Settings, load_settings

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """--index DIR, by default the directory of the settings."""
    help_text = "Directory of the index.  [default: ./index]"
    return click.option(
        "--index", "directory", metavar="DIR", type=click.Path(path_type=Path), help=help_text
    )(command)


def open_engine(directory: Path | None) -> tuple[EmbeddedEngine, Settings]:
    """The engine over a directory, by default that of the settings."""
    settings = load_settings()
    return EmbeddedEngine(directory or Path(settings.index.directory), settings), settings
