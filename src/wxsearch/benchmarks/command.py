"""How a measuring command is run: errors of ours end it with their code and a sentence."""

import sys

import click

from wxsearch.errors import WxsearchError


def run_command(command: click.Command, name: str) -> None:
    """Runs a command that is called as `name`."""
    try:
        command(prog_name=name)
    except WxsearchError as error:
        click.echo(f"error [{error.code}]: {error.detail}", err=True)
        sys.exit(1)
