"""wxsearch get and delete: single articles by their ids."""

from pathlib import Path

import click

from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import counted, plain, print_json, shown_time
from wxsearch.cli.upkeep import merge_due


@click.command()
@click.argument("article_id", metavar="ID")
@index_option
@json_option
def get(article_id: str, directory: Path | None, as_json: bool) -> None:
    """Print the article with this id, as it was indexed."""
    engine, _ = open_engine(directory)
    article = engine.get(article_id)
    if as_json:
        print_json(article)
        return
    click.secho(plain(article.title), bold=True)
    facts = (
        shown_time(article.published, article.precision, exact=True),
        article.source,
        " > ".join(article.breadcrumb),
        article.url,
    )
    click.secho(plain("  ".join(fact for fact in facts if fact)), dim=True)
    click.echo()
    click.echo(plain(article.body, lines=True))


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@index_option
@json_option
def delete(ids: tuple[str, ...], directory: Path | None, as_json: bool) -> None:
    """Delete articles by their ids. Ids that are not there are named and are no error."""
    engine, _ = open_engine(directory)
    summary = engine.delete(ids)
    if as_json:
        print_json(summary)
    else:
        click.echo(f"{summary.deleted} deleted; {counted(summary.total, 'article')} in the index")
        for article_id in summary.missing:
            click.echo(f"  not there: {article_id}")
    merge_due(engine)
