"""wxsearch extract: what would be indexed, without indexing it."""

import sys

import click

from wxsearch.cli.options import columns_option, json_option
from wxsearch.cli.output import plain, print_json_line, tell_note, tell_rejection
from wxsearch.ingest.formats import NAMES
from wxsearch.ingest.intake import read_articles
from wxsearch.ingest.table.columns import ColumnMap
from wxsearch.models import Article, Rejection
from wxsearch.settings import load_settings


@click.command(epilog="Exit codes: 0 done; 3 done, but some articles were rejected.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@click.option(
    "--format",
    "format_",
    type=click.Choice(NAMES),
    default="auto",
    show_default=True,
    help="What the files are; auto goes by name and content.",
)
@columns_option
@json_option
def extract(paths: tuple[str, ...], format_: str, columns: ColumnMap | None, as_json: bool) -> None:
    """Show what would be indexed from PATH, one article a line; nothing is written.

    \b
    Examples:
      wxsearch extract page.html
      wxsearch extract saved-pages/ --json > articles.jsonl
    """
    rejected = 0
    limits = load_settings().limits
    items = read_articles(paths, limits, format_, sys.stdin.buffer, on_note=tell_note, columns=columns)
    for item in items:
        if isinstance(item, Rejection):
            rejected += 1
            tell_rejection(item)
        elif as_json:
            print_json_line(item)
        else:
            _show(item)
    sys.exit(3 if rejected else 0)


def _show(article: Article) -> None:
    breadcrumb = " > ".join(article.breadcrumb)
    parts = (
        article.published,
        article.source,
        breadcrumb,
        article.title,
        f"{len(article.body)} characters",
        article.id,
    )
    click.echo(plain("  ".join(part for part in parts if part)))
