"""The command `wxsearch`: its subcommands, and errors as exit codes.

0 done; 1 anything else; 2 wrong use; 3 done, but some articles were rejected;
4 trouble with the index.
"""

import sys
from importlib import import_module

import click

from wxsearch import __version__
from wxsearch.cli.output import fail
from wxsearch.errors import IndexProblem, InvalidRequest, PortInUse, StartProblem, WxsearchError

_COMMANDS = {
    "index": "indexing",
    "search": "search",
    "get": "articles",
    "delete": "articles",
    "rejects": "rejects",
    "stats": "inspection",
    "check": "inspection",
    "merge": "merging",
    "extract": "extraction",
    "evaluate": "evaluation",
    "serve": "serving",
    "dictionary": "dictionary",
}
_EXIT_CODES: dict[type[WxsearchError], int] = {
    InvalidRequest: 2,
    StartProblem: 2,
    PortInUse: 1,
    IndexProblem: 4,
}


class _Commands(click.Group):
    """Loads a subcommand's module when it is called: `search` need not import the service."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"wxsearch.cli.{_COMMANDS[cmd_name]}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wxsearch")
def wxsearch() -> None:
    """Full-text search for Chinese news.

    \b
    wxsearch index sample              index a folder of articles
    wxsearch search 海铁联运            search it
    wxsearch serve                     serve the page and the API
    """


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    try:
        sys.exit(wxsearch(standalone_mode=False))
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.Abort:
        fail("interrupted", "stopped; nothing that was under way has changed the index")
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except WxsearchError as error:
        fail(error.code, error.detail)
        sys.exit(exit_code(error))
    except Exception as error:  # noqa: BLE001 - the last border: no stack trace reaches a person
        fail(WxsearchError.code, f"{type(error).__name__}: {error}; please report this with the command")
        sys.exit(1)


def exit_code(error: WxsearchError) -> int:
    """The exit code of an error: that of its nearest ancestor in the table, else 1."""
    return next((_EXIT_CODES[kind] for kind in type(error).__mro__ if kind in _EXIT_CODES), 1)
