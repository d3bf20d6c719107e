"""A JSON object of an export, under the keys and in the forms that others use, as a record of ours."""

from typing import Any

from wxsearch.ingest.fragment import html_paragraphs, is_markup, paragraphs, title_text
from wxsearch.ingest.record import KEYS, Record
from wxsearch.ingest.usual_names import has_text, usual_places, wraps_articles

_LISTS = ("breadcrumb", "keywords")
_RENDERED = "rendered"
# So many keys without a meaning are remembered, of so many characters; more are looked up again.
_MOST_KNOWN = 1_000
_LONGEST_KNOWN = 100


class UsualKeys:
    """Reads the objects of one file; which keys need no second look is remembered from one to the next."""

    def __init__(self) -> None:
        self._known = set(KEYS)

    def record(self, value: Record) -> Record:
        """The record: fields that no own key fills, by other keys; the keys that fill none stay.

        HTML is read where it certainly is that, but for an article as wxsearch prints it, which has all keys.
        Raises NotAnArticle for HTML that nests too deep.
        """
        if _is_rendered(value.get("title")):
            value = _as_post(value)
        record = value if value.keys() <= self._known else self._filled(value)
        body = value.get("body")
        if type(body) is str and is_markup(body) and not value.keys() >= KEYS:
            return {**record, "body": html_paragraphs(body)}
        return record

    def _filled(self, value: Record) -> Record:
        names = tuple(value)
        meant = usual_places(names)
        if not has_text(meant) and (inner := _wrapped(value)):
            # Around an article only our own keys are about it: a time may be that of the answer.
            return {**value, inner: None} | self.record(value[inner])
        record = dict(value)
        for field, places in meant.items():
            if not _is_empty(value.get(field)):
                continue
            for key in (names[place] for place in places):
                bare = _bare(value[key])
                if not _is_empty(bare) and _fits(field, bare):
                    del record[key]
                    record[field] = _read(field, bare)
                    break
        if len(self._known) < _MOST_KNOWN:
            meaning = {names[place] for places in meant.values() for place in places}
            self._known |= {
                name
                for name in names
                if len(name) <= _LONGEST_KNOWN and name not in meaning and not wraps_articles(name)
            }
        return record


def _wrapped(value: Record) -> str | None:
    """The key of the one article in an object: {"code": 0, "data": {…}}, {"_source": {…}}."""
    for key, item in value.items():
        if type(item) is dict and wraps_articles(key) and (has_text(usual_places(item)) or _wrapped(item)):
            return key
    return None


def _is_rendered(value: Any) -> bool:
    """Whether a value is a text as WordPress's API has them: {"rendered": "<p>…</p>", "protected": false}."""
    return type(value) is dict and type(value.get(_RENDERED)) is str


def _as_post(value: Record) -> Record:
    """A post of WordPress under other keys than ours, its texts without the objects around them.

    Its numbers of posts and authors say nothing elsewhere.
    """
    others = {key: item for key, item in value.items() if not (key in KEYS and type(item) is int)}
    post = {key: item[_RENDERED] if _is_rendered(item) else item for key, item in others.items()}
    return {**post, "title": title_text(post["title"])}


def _bare(value: Any) -> Any:
    """The value in what MongoDB exports: {"$date": "2024-06-03T00:00:00Z"}, {"$oid": "5f…"}."""
    while type(value) is dict and len(value) == 1 and (key := next(iter(value))).startswith("$"):
        value = value[key]
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (type(value) is str and not value.strip())


def _fits(field: str, value: Any) -> bool:
    """Whether a value is of a kind that the field has; under another key it may well be something else."""
    if type(value) is str:
        return True
    if field == "published":
        return type(value) in (int, float)
    if field == "id":
        return type(value) is int
    if field in {"previous", "next"}:
        return type(value) is dict and all(isinstance(item, str | None) for item in value.values())
    is_list = type(value) is list and all(type(item) is str for item in value)
    return is_list and (field in _LISTS or field == "body")


def _read(field: str, value: Any) -> Any:
    if field == "body":
        texts = value if type(value) is list else [value]
        return "\n".join(filter(None, map(paragraphs, texts)))
    return title_text(value) if field == "title" else value
