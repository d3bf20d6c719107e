"""wxsearch extract: what would be indexed, without indexing it."""

import sys

import click

from wxsearch.cli.options import json_option
from wxsearch.cli.output import plain, print_json_line, tell_note, tell_note_counts, tell_rejection
from wxsearch.cli.reading_options import columns_option, jobs_option
from wxsearch.ingest.explanation import explained
from wxsearch.ingest.fields.evidence import Provenance
from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.formats import NAMES, format_named
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.notes import NoteCounts
from wxsearch.ingest.paths import find_inputs
from wxsearch.ingest.reading import configured
from wxsearch.ingest.table.columns import ColumnMap
from wxsearch.ingest.workers.pool import Pool, jobs_for
from wxsearch.models import Article, Rejection
from wxsearch.settings import load_settings

_SHOWN = 60


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
@jobs_option
@json_option
@click.option(
    "--explain",
    is_flag=True,
    help="For each field its value, where it came from and how sure it is, from 0 to 1.",
)
def extract(
    paths: tuple[str, ...],
    format_: str,
    columns: ColumnMap | None,
    jobs: int | None,
    as_json: bool,
    explain: bool,
) -> None:
    """Show what would be indexed from PATH, one article a line; nothing is written.

    \b
    Examples:
      wxsearch extract page.html
      wxsearch extract page.html --explain
      wxsearch extract saved-pages/ --json > articles.jsonl
    """
    rejected = 0
    origins = _Origins()
    settings = load_settings()
    ingest = settings.ingest
    manner = Manner(format_, columns, ingest.site_rules, ingest.host)
    reading = configured(ingest.site_rules, ingest.host, origins.hear)
    inputs = find_inputs(paths, format_named(format_), tell_note)
    # Where a field came from is heard in this process alone.
    processes = 0 if explain else jobs_for(inputs, jobs or ingest.jobs)
    notes = NoteCounts(tell_note)
    with Pool(settings.limits, manner, processes, on_note=notes.hear, reading=reading) as pool:
        for item in pool.read(inputs):
            if isinstance(item, FileState):
                continue
            if isinstance(item, Rejection):
                rejected += 1
                tell_rejection(item)
            elif explain:
                _explain(item, origins.take(), as_json=as_json)
            elif as_json:
                print_json_line(item)
            else:
                _show(item)
    tell_note_counts(notes.counts())
    sys.exit(3 if rejected else 0)


class _Origins:
    """The provenance of the article that comes next; formats that have none keep silent."""

    def __init__(self) -> None:
        self._heard: Provenance | None = None

    def hear(self, provenance: Provenance) -> None:
        self._heard = provenance

    def take(self) -> Provenance | None:
        heard, self._heard = self._heard, None
        return heard


def _explain(article: Article, provenance: Provenance | None, *, as_json: bool) -> None:
    rows = explained(article, provenance)
    if as_json:
        print_json_line(rows)
        return
    for field, row in rows.items():
        if row["from"] is not None:
            value = plain(_in_words(row["value"]))
            shown = value if len(value) <= _SHOWN else f"{value[:_SHOWN]}…"
            click.echo(f"{field:<11}{row['confidence']:<6}{shown}  ({row['from']})")
    click.echo()


def _in_words(value: object) -> str:
    """A value of a field as people write it: labels, words, a link."""
    if isinstance(value, tuple | list):
        return " > ".join(map(str, value))
    if isinstance(value, dict):
        return "  ".join(str(part) for part in value.values() if part)
    return str(value)


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
