"""wxsearch rejects: what did not become an article, and what is to become of it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import counted, plain, print_json, say, tell_note, tell_note_counts, tell_rejection
from wxsearch.cli.reading_options import open_rejects
from wxsearch.cli.upkeep import merge_due
from wxsearch.ingest.file_state import FileState
from wxsearch.ingest.intake import Event
from wxsearch.ingest.manner import Manner
from wxsearch.ingest.notes import NoteCounts
from wxsearch.ingest.paths import Input
from wxsearch.ingest.reject_file import Reject
from wxsearch.ingest.rejects import Rejects
from wxsearch.ingest.source import Rejected
from wxsearch.ingest.workers.pool import Pool
from wxsearch.models import Article, IndexSummary, Rejection


@click.group()
def rejects() -> None:
    """What `wxsearch index` rejected: kept with the reason and the original bytes.

    It lies in a folder beside the index, or in the one that ingest.rejects names.
    """


@rejects.command("list")
@index_option
@json_option
def list_(directory: Path | None, as_json: bool) -> None:
    """List what is kept, the oldest first."""
    held = open_rejects(*open_engine(directory)).all()
    if as_json:
        print_json(held)
        return
    for reject in held:
        place = f", {reject.place}" if reject.place else ""
        size = "no bytes kept" if not reject.kept else counted(reject.bytes or 0, "byte")
        tries = "" if reject.tries == 1 else f", {reject.tries} tries"
        click.echo(plain(f"{reject.id}  {reject.code}  {reject.path}{place}  ({reject.time}, {size}{tries})"))
        click.echo(plain(f"    {reject.reason}"))


@rejects.command()
@click.argument("reject_id", metavar="ID")
@index_option
def show(reject_id: str, directory: Path | None) -> None:
    """Print the original bytes of a reject."""
    original = open_rejects(*open_engine(directory)).original(reject_id)
    if original is None:
        say("note: the bytes of this reject were not kept (limits.rejected_bytes, limits.rejects_bytes)")
        return
    sys.stdout.buffer.write(original)
    sys.stdout.buffer.flush()


def _chosen_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """ID…, --code and --all, of which one is needed."""
    command = click.option("--all", "every", is_flag=True, help="All that are kept.")(command)
    command = click.option("--code", metavar="CODE", help="Those that have this reason.")(command)
    return click.argument("ids", nargs=-1, metavar="[ID…]")(command)


@rejects.command(epilog="Exit codes: 0 done; 3 done, but some were rejected again; 4 trouble with the index.")
@_chosen_option
@index_option
@json_option
def retry(ids: tuple[str, ...], code: str | None, every: bool, directory: Path | None, as_json: bool) -> None:
    """Read rejects again, by the rules of this version.

    What succeeds is indexed under its original name and leaves the folder.

    \b
    Examples:
      wxsearch rejects retry 3f0c2a91d47be850
      wxsearch rejects retry --code undecodable_text
      wxsearch rejects retry --all
    """
    engine, settings = open_engine(directory)
    kept = open_rejects(engine, settings)
    wanted = _chosen(kept, ids, code, every=every)
    attempts = _Attempts(kept, [reject for reject in wanted if reject.kept])
    summary: IndexSummary | None = None
    notes = NoteCounts(tell_note)
    for manner in attempts.manners():
        # By the rules of sites that hold today.
        today = replace(manner, site_rules=settings.ingest.site_rules, host=settings.ingest.host)
        with Pool(settings.limits, today, 1, on_note=notes.hear) as pool:
            summary = engine.index(attempts.read(pool, manner))
        attempts.settle()
    tell_note_counts(notes.counts())
    outcome = RetrySummary(
        tried=len(attempts.rejects),
        succeeded=attempts.succeeded,
        failed=len(wanted) - attempts.succeeded,
        total=summary.total if summary else 0,
        rejections=(*attempts.rejections, *map(_lost, (reject for reject in wanted if not reject.kept))),
    )
    _tell(outcome, as_json=as_json)
    if attempts.succeeded:
        merge_due(engine)
    sys.exit(3 if outcome.failed else 0)


@rejects.command()
@_chosen_option
@index_option
@json_option
def drop(ids: tuple[str, ...], code: str | None, every: bool, directory: Path | None, as_json: bool) -> None:
    """Remove rejects for good."""
    kept = open_rejects(*open_engine(directory))
    wanted = _chosen(kept, ids, code, every=every)
    kept.drop([reject.id for reject in wanted])
    if as_json:
        print_json({"dropped": len(wanted), "left": len(kept.all())})
    else:
        click.echo(f"{counted(len(wanted), 'reject')} dropped, {len(kept.all())} left")


class RetrySummary(Struct, frozen=True, kw_only=True):
    """What reading again did; tried = succeeded + those of failed whose bytes were kept."""

    tried: int
    succeeded: int
    failed: int
    total: int
    rejections: tuple[Rejection, ...] = ()


class _Attempts:
    """Rejects on their way through a pool and into the index."""

    def __init__(self, kept: Rejects, wanted: Sequence[Reject]) -> None:
        self.rejects = wanted
        self.succeeded = 0
        self.rejections: list[Rejection] = []
        self._kept = kept
        self._well: list[str] = []
        self._again: list[tuple[Reject, Rejected]] = []

    def manners(self) -> list[Manner]:
        """How the rejects are to be read, each way once."""
        found: list[Manner] = []
        for reject in self.rejects:
            if reject.manner not in found:
                found.append(reject.manner)
        return found

    def read(self, pool: Pool, manner: Manner) -> Iterator[Article | Rejection]:
        """The articles of what is read in one manner, and the rejections of what still is a reject."""
        chosen = [reject for reject in self.rejects if reject.manner == manner]
        inputs = (Input(reject.path, named=True, data=self._kept.original(reject.id)) for reject in chosen)
        events = pool.read(inputs)
        for reject in chosen:
            yield from self._outcome(reject, events)

    def settle(self) -> None:
        """What succeeded is in the index: it leaves the folder, and the others count a try."""
        self._kept.drop(self._well)
        for reject, rejected in self._again:
            self._kept.count_try(reject, rejected)
        self._kept.settle()
        self.succeeded += len(self._well)
        self._well.clear()
        self._again.clear()

    def _outcome(self, reject: Reject, events: Iterator[Event]) -> Iterator[Article | Rejection]:
        rejected: Rejected | None = None
        for event in events:
            if isinstance(event, Article):
                yield event
            elif isinstance(event, FileState):
                break
            else:
                rejected = event
                self.rejections.append(Rejection(reject.path, reject.place, event.code, event.reason))
                yield self.rejections[-1]
        if rejected is None:
            self._well.append(reject.id)
        else:
            self._again.append((reject, rejected))


def _chosen(kept: Rejects, ids: tuple[str, ...], code: str | None, *, every: bool) -> list[Reject]:
    if bool(ids) + (code is not None) + every != 1:
        raise click.UsageError("name the IDs of rejects, or --code CODE, or --all")
    if ids:
        return [kept.find(each) for each in dict.fromkeys(ids)]
    return [reject for reject in kept.all() if every or reject.code == code]


def _lost(reject: Reject) -> Rejection:
    reason = f"{reject.reason}; its bytes were not kept: index the file again"
    return Rejection(reject.path, reject.place, reject.code, reason)


def _tell(outcome: RetrySummary, *, as_json: bool) -> None:
    if as_json:
        print_json(outcome)
        return
    click.echo(f"{outcome.succeeded} read well and indexed, {outcome.failed} rejected again")
    for rejection in outcome.rejections:
        tell_rejection(rejection)
