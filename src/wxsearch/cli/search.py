"""wxsearch search: the HTTP search on the command line."""

import time
from pathlib import Path

import click
import msgspec

from wxsearch.cli.options import index_option, json_option, open_engine
from wxsearch.cli.output import counted, plain, print_json, print_json_line, shown_time
from wxsearch.engines.base import Engine
from wxsearch.models import CategoryCount, Hit, Passage, SearchResult
from wxsearch.query.request import SearchRequest, read_request

_LISTED = 8


@click.command(epilog="Exit codes: 0 done; 2 wrong use; 4 trouble with the index.")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@click.option(
    "--category", multiple=True, metavar="PATH", help='Such as "物流资讯 > 行业新闻"; may be repeated.'
)
@click.option("--source", multiple=True, metavar="NAME", help="A source; may be repeated.")
@click.option("--from", "since", metavar="DATE", help="2021, 2021-10, 2021-10-19 or an instant.")
@click.option("--to", "until", metavar="DATE", help="As --from; a date, month or year is meant to its end.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    help="Order of the hits.  [default: relevance]",
)
@click.option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    help="Whether all words must be there.  [default: auto]",
)
@click.option(
    "--expand",
    metavar="KINDS",
    help="Which of regional,character,number,synonym to look for beside the words; '' for none.  "
    "[default: all]",
)
@click.option(
    "--collapse",
    type=click.Choice(["family"]),
    help="Of near-copies of one article list only the first in the order of the hits.",
)
@click.option("--size", metavar="N", help="Hits to print.  [default: 10]")
@click.option("--offset", metavar="N", help="Hits to skip.")
@click.option("--interval", type=click.Choice(["year", "month", "day"]), help="Width of the date buckets.")
@click.option("--explain", is_flag=True, help="Say of each hit which parts its score has.")
@click.option("--all", "everything", is_flag=True, help="Every hit, however many; with --json one a line.")
@index_option
@json_option
def search(
    words: tuple[str, ...],
    everything: bool,
    expand: str | None,
    explain: bool,
    directory: Path | None,
    as_json: bool,
    **options: str | tuple[str, ...],
) -> None:
    """Search the index. Without QUERY every article matches, newest first.

    Several arguments are one query, with blanks between; quote it all where the shell would take signs away.

    \b
    Examples:
      wxsearch search 海铁联运
      wxsearch search '"两个市场" 港口 -航空' --from 2025-01 --category "物流资讯 > 行业新闻"
      wxsearch search 冷链 --all --json > hits.jsonl
      wxsearch search -- '-港口'
    """
    began = time.perf_counter()
    if everything and (options["size"] or options["offset"]):
        raise click.UsageError("--all gives every hit; leave out --size and --offset")
    engine, settings = open_engine(directory)
    parameters = {"q": [" ".join(words)]}
    if explain:
        parameters["explain"] = ["true"]
    if expand is not None:
        parameters["expand"] = [expand]
    for name, value in options.items():
        if value:
            known = {"since": "from", "until": "to"}.get(name, name)
            parameters[known] = [value] if isinstance(value, str) else list(value)
    request = read_request(parameters, settings.limits, engine.vocabulary())
    if everything:
        _print_all(engine, request, as_json=as_json)
        return
    result = engine.search(request)
    took = round((time.perf_counter() - began) * 1000, 3)
    result = msgspec.structs.replace(result, took_ms=took)
    if as_json:
        print_json(result)
    else:
        _print_result(result, request)


def _print_all(engine: Engine, request: SearchRequest, *, as_json: bool) -> None:
    for number, hit in enumerate(engine.scan(request), start=1):
        if as_json:
            print_json_line(hit)
        else:
            _print_hit(number, hit)


def _print_result(result: SearchResult, request: SearchRequest) -> None:
    for note in result.query_understood.notes:
        click.echo(plain(f"note: {note}"))
    click.echo(f"{counted(result.total, 'article')} ({result.took_ms:.0f} ms)\n")
    if result.relaxed is not None:
        dropped = ", ".join(result.relaxed.dropped)
        asked = "most" if result.relaxed.rung == "most" else "any"
        click.echo(
            plain(
                f"relaxed: too few articles have all words, so {asked} of them are asked for"
                f"{f'; may be missing: {dropped}' if dropped else ''}"
            )
        )
    for suggestion in result.did_you_mean:
        click.echo(f"did you mean: {plain(suggestion.query)} ({counted(suggestion.total, 'article')})")
    for number, hit in enumerate(result.hits, start=request.offset + 1):
        _print_hit(number, hit)
    if isinstance(result.facets.category, tuple) and result.facets.category:
        click.echo("categories: " + _listed(result.facets.category))
    if not isinstance(result.facets.source, msgspec.UnsetType) and result.facets.source.buckets:
        sources = result.facets.source.buckets[:_LISTED]
        click.echo("sources:    " + plain(", ".join(f"{source.value} {source.count}" for source in sources)))


def _listed(nodes: tuple[CategoryCount, ...]) -> str:
    return plain(", ".join(f"{node.label} {node.count}" for node in nodes[:_LISTED]))


def _print_hit(number: int, hit: Hit) -> None:
    title = (_marked(hit.highlights.title) if hit.highlights else plain(hit.title)) or "（无标题）"
    click.echo(f"{number:>3}. {title}")
    facts = (
        shown_time(hit.published, hit.precision),
        hit.source,
        " > ".join(hit.breadcrumb),
        hit.url or hit.id,
    )
    click.secho("     " + plain("  ".join(fact for fact in facts if fact)), dim=True)
    for passage in hit.highlights.body if hit.highlights else ():
        click.echo(f"     {_marked(passage)}")
    if hit.family and hit.family.copies:
        click.echo(f"     other copies: {hit.family.copies}")
    for part in hit.explanation or ():
        click.echo(plain(f"     {part.value:>10.6g}  {part.text}"))
    click.echo()


def _marked(passage: Passage) -> str:
    """The passage on one line, marks in bold yellow."""
    text = plain(passage.text)
    parts, end = [], 0
    for start, stop in passage.marks:
        parts += [text[end:start], click.style(text[start:stop], fg="yellow", bold=True)]
        end = stop
    return "".join([*parts, text[end:]])
