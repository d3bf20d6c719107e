"""Rules of a site: one TOML file that says where on its pages a field stands.

docs/ingest.md has the page for who writes one. Reading is strict: a key that does not
exist, or a selector that is none, is refused with its file and its name.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from wxsearch.errors import InvalidSettings
from wxsearch.ingest.fields.evidence import Candidate
from wxsearch.ingest.fields.times import find_time
from wxsearch.ingest.moment import read_moment
from wxsearch.ingest.rendering import render
from wxsearch.models import Precision

_CONFIDENCE = 0.99
_MOST_ELEMENTS = 1_000
_LISTS = ("breadcrumb", "keywords")
_LINKS = ("previous", "next")


class FieldRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one field stands: a CSS selector, an attribute of what it finds, what of it counts.

    `pattern` is a regular expression whose first group is the value; `format` is how a time
    is written, in the directives of strptime.
    """

    select: str
    attribute: str | None = None
    pattern: str | None = None
    format: str | None = None


class SiteRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of the hosts that a file names; *.news.example are all below news.example."""

    hosts: list[str]
    url: FieldRule | None = None
    title: FieldRule | None = None
    body: FieldRule | None = None
    published: FieldRule | None = None
    source: FieldRule | None = None
    author: FieldRule | None = None
    editor: FieldRule | None = None
    breadcrumb: FieldRule | None = None
    keywords: FieldRule | None = None
    previous: FieldRule | None = None
    next: FieldRule | None = None

    def fields(self) -> Iterator[tuple[str, FieldRule]]:
        """The fields that have a rule."""
        for name in self.__struct_fields__[1:]:
            rule = getattr(self, name)
            if rule is not None:
                yield name, rule


class SiteRules:
    """The rules of all sites, by host."""

    def __init__(self, rules: Iterable[tuple[str, SiteRule]] = ()) -> None:
        self._hosts: dict[str, tuple[str, SiteRule]] = {}
        for file, rule in rules:
            for host in rule.hosts:
                if host.lower() in self._hosts:
                    other = self._hosts[host.lower()][0]
                    raise InvalidSettings(f"{file}: hosts: {host} has its rules in {other} already")
                self._hosts[host.lower()] = file, rule

    def values(self, tree: LexborHTMLParser, addresses: Iterable[str]) -> dict[str, Candidate]:
        """What the rules of the first address that has any find on a page, by field."""
        for address in addresses if self._hosts else ():
            if found := self._of(_host(address)):
                file, rule = found
                return {
                    name: Candidate(value, f"site rule {file}", _CONFIDENCE)
                    for name, field in rule.fields()
                    if (value := _value(tree, name, field))
                }
        return {}

    def _of(self, host: str) -> tuple[str, SiteRule] | None:
        names = [host, *(f"*.{host[place + 1 :]}" for place, sign in enumerate(host) if sign == ".")]
        return next((self._hosts[name] for name in names if name in self._hosts), None)


NO_RULES = SiteRules()


def load_site_rules(folder: str) -> SiteRules:
    """The rules in the TOML files of a folder, none for ""; raises InvalidSettings."""
    if not folder:
        return NO_RULES
    if not Path(folder).is_dir():
        raise InvalidSettings(f"setting ingest.site_rules: {folder} is not a folder")
    return SiteRules((file.name, _load(file)) for file in sorted(Path(folder).glob("*.toml")))


def _load(file: Path) -> SiteRule:
    try:
        rule = msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), SiteRule)
    except OSError as error:
        raise InvalidSettings(f"{file}: cannot be read ({error.strerror})") from None
    except msgspec.ValidationError as error:
        raise InvalidSettings(f"{file}: {error}") from None
    except (ValueError, RecursionError) as error:
        raise InvalidSettings(f"{file}: is not TOML ({error})") from None
    if not rule.hosts:
        raise InvalidSettings(f"{file}: hosts: names no host")
    for name, field in rule.fields():
        _check(file, name, field)
    return rule


def _check(file: Path, name: str, field: FieldRule) -> None:
    try:
        LexborHTMLParser("<p>").css(field.select)
    except SelectolaxError:
        raise InvalidSettings(f"{file}: {name}.select: {field.select!r} is no CSS selector") from None
    try:
        groups = re.compile(field.pattern or "()").groups
    except re.error as error:
        raise InvalidSettings(f"{file}: {name}.pattern: {error}") from None
    if not groups:
        raise InvalidSettings(f"{file}: {name}.pattern: has no group (…) around the value")
    if field.format is not None and name != "published":
        raise InvalidSettings(f"{file}: {name}.format: only published has one")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or address).lower()
    except ValueError:
        return ""


def _value(tree: LexborHTMLParser, name: str, field: FieldRule) -> Any:
    """The value of a field on a page, as a record has it; nothing where the rule finds none."""
    nodes = tree.css(field.select)[:_MOST_ELEMENTS]
    if name == "body":
        return "\n".join(line for node in nodes for line in render(node).lines)
    texts = [text for node in nodes if (text := _text(node, field))]
    if not texts:
        return None
    if name == "published":
        return _time(texts[0], field.format)
    if name in _LINKS:
        return {"title": texts[0], "url": nodes[0].attributes.get("href")}
    return texts if name in _LISTS else texts[0]


def _text(node: LexborNode, field: FieldRule) -> str:
    value = node.attributes.get(field.attribute) if field.attribute else " ".join(render(node).lines)
    text = " ".join((value or "").split())
    if field.pattern is None:
        return text
    match = re.search(field.pattern, text)
    return (match[1] or "").strip() if match else ""


def _time(text: str, written: str | None) -> tuple[str, Precision] | None:
    if written is None:
        time = find_time(text)
        return (time.published, time.precision) if time else None
    try:
        return read_moment(text, (written,))
    except ValueError:
        return None
