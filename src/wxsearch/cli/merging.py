"""wxsearch merge: as few segments as are wanted."""

import time
from pathlib import Path

import click
from msgspec import Struct

from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import counted, print_json, progress_bar, say


class _Merged(Struct, frozen=True, kw_only=True):
    segments_before: int
    segments: int
    articles: int
    generation: int
    seconds: float


@click.command(epilog="Example: wxsearch merge --segments 2 --index DIR")
@index_option
@click.option(
    "--segments",
    "most",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="At most so many are left, as far as a segment can hold all that would be in it.",
)
@json_option
def merge(directory: Path | None, most: int, as_json: bool) -> None:
    """Merge segments now, for searches that are as fast as they get.

    Segments are merged by themselves, ten at a time; this is for an index that nothing will be added to
    for a while. Searching goes on meanwhile, and so may other runs. What was deleted takes no room then.
    """
    engine, _ = open_engine(directory)
    began, before = time.monotonic(), engine.statistics()
    with progress_bar() as progress:
        engine.merge(most, progress)
    # What is open is looked at again only after a while.
    after = open_engine(directory)[0].statistics()
    merged = _Merged(
        segments_before=before.segments,
        segments=after.segments,
        articles=after.articles,
        generation=after.generation,
        seconds=round(time.monotonic() - began, 3),
    )
    if as_json:
        print_json(merged)
        return
    click.echo(
        f"{counted(merged.segments_before, 'segment')} before, {merged.segments} now, with"
        f" {counted(merged.articles, 'article')} ({merged.seconds:.1f} s)"
    )
    if merged.segments > most:
        say(f"note: {most} would not hold that many articles within index.memory_mb")
