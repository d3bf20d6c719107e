"""An article with where each of its fields came from, as `wxsearch extract --explain` prints it."""

from typing import Any

from msgspec import to_builtins

from wxsearch.ingest.fields.evidence import Provenance
from wxsearch.models import Article

# What a file states outright, as JSON Lines does, is taken as it stands.
_STATED = ("input", 1.0)


def explained(article: Article, provenance: Provenance | None) -> dict[str, dict[str, Any]]:
    """Each field as {"value", "from", "confidence"}; one without a value is from nowhere, with 0.

    Without a `provenance` all that is there was stated by the input. `editor` is what the
    article keeps in `extra`.
    """
    fields = to_builtins(article)
    extra = fields.pop("extra")
    if provenance is not None:
        fields["editor"] = extra.get("editor")
    rows = {}
    for name, value in fields.items():
        origin, confidence = (provenance or {}).get(name, (None, 0.0))
        if provenance is None and value:
            origin, confidence = _STATED
        if name == "id":
            origin, confidence = (origin or "derived"), 1.0
        rows[name] = {
            "value": value,
            "from": origin if value else None,
            "confidence": confidence if value else 0.0,
        }
    return rows
