"""The format `text`: the visible text of one article page, as a browser copies it."""

from collections.abc import Iterator

from wxsearch.ingest.characters import replace_unstorable, replaced_note
from wxsearch.ingest.encoding import decode
from wxsearch.ingest.fields.choosing import Findings, choose
from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.page import Hints, find_page
from wxsearch.ingest.reading import DEFAULT, Reading
from wxsearch.ingest.source import Item, Source


def read(source: Source) -> Iterator[Item]:
    """The one article of a file; raises IngestProblem."""
    text, replaced = replace_unstorable(decode(source.whole()))
    if replaced:
        source.note(replaced_note(replaced))
    findings = find_fields(text, source.reading)
    article = source.article(findings.record)
    source.reading.explain(findings.provenance)
    yield article


def find_fields(text: str, reading: Reading = DEFAULT) -> Findings:
    """The fields of a visible text and where they came from; raises NotAnArticle with a reason."""
    latest = reading.latest()
    return choose(find_page(text.splitlines(), Hints(latest=latest)), Evidence(), latest)
