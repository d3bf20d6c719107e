"""Typed settings: config/default.toml, then a file of the user's, then the environment.

Later sources win key by key. A key that does not exist is refused by name, so that a
misspelt setting never passes for one that works.
"""

import os
import tomllib
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin, get_type_hints

import msgspec
from msgspec import Meta, Struct

from wxsearch.errors import InvalidSettings
from wxsearch.limits import Limits

_PREFIX = "WXSEARCH_"
# Variables with this prefix that are no settings: the user's file, and the data of tests.
_RESERVED = {"WXSEARCH_CONFIG", "WXSEARCH_CORPORA"}

Count = Annotated[int, Meta(ge=1)]
Weight = Annotated[float, Meta(ge=0)]
Seconds = Annotated[float, Meta(gt=0)]
# More is a slip of the hand; gunicorn would try, and fall over.
Tasks = Annotated[int, Meta(ge=1, le=256)]
WholeSeconds = Annotated[int, Meta(ge=1, le=86_400)]
# Segments that a browser keeps as they are: no dots alone, no control characters.
PathPrefix = Annotated[
    str, Meta(pattern=r"\A(/(?!\.{1,2}(/|\Z))[^/?#\\\s\x00-\x1f\x7f-\x9f]+)*\Z", max_length=512)
]

# As browsers send it; anything else would be set and never let a script in.
Origin = Annotated[
    str, Meta(pattern=r"\A(\*|null|[a-z][a-z0-9+.-]*://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?)\Z")
]


class IndexSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the index lies and how it is written."""

    directory: str
    memory_mb: Count
    refresh_seconds: Annotated[float, Meta(ge=0)]


class IngestSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How files become articles, and where those are kept that do not."""

    jobs: Annotated[int, Meta(ge=0, le=256)]
    publish_articles: Count
    rejects: str
    site_rules: str
    host: str


class QuerySettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a query's text is cut, what else is looked for, and what happens where little is found."""

    dictionary: str
    synonym_list: str
    function_words: bool
    regional_words: bool
    character_variants: bool
    number_forms: bool
    synonyms: bool
    relax_below: Annotated[int, Meta(ge=0)]
    suggest_below: Annotated[int, Meta(ge=0)]


class RankingSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The constants of BM25, the weight of the title, and what is weighed more closely for the best."""

    k1: Annotated[float, Meta(ge=0)]
    b: Annotated[float, Meta(ge=0, le=1)]
    title_weight: Weight
    head: Annotated[int, Meta(ge=0, le=10_000)]
    head_least: Annotated[int, Meta(ge=0)]
    # Titles are never longer: they are read whole.
    head_characters: Annotated[int, Meta(ge=2000)]
    head_total: Annotated[int, Meta(ge=0)]
    characters: Weight
    bigrams: Weight
    longer: Weight
    lead: Weight
    lead_characters: Annotated[float, Meta(gt=0)]
    window: Weight
    window_characters: Annotated[int, Meta(ge=2)]
    headline: Weight
    headline_characters: Annotated[int, Meta(ge=0, le=200)]
    recency: Weight
    copies: Weight
    half_life_days: Annotated[float, Meta(gt=0)]


class SiteSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the search page presents itself."""

    name: str
    logo: str
    home_url: str
    language: Literal["zh", "en"]


class ServiceSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the service listens and answers."""

    bind: str
    workers: Tasks
    threads: Tasks
    timeout_seconds: WholeSeconds
    graceful_seconds: WholeSeconds
    client_seconds: WholeSeconds
    path_prefix: PathPrefix
    allowed_origins: list[Origin]
    access_log: bool


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole tree, one section a part of the product."""

    index: IndexSettings
    ingest: IngestSettings
    query: QuerySettings
    ranking: RankingSettings
    site: SiteSettings
    service: ServiceSettings
    limits: Limits


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Reads the settings; raises InvalidSettings naming the key and where it stands."""
    environment = os.environ if environment is None else environment
    tree = _read_file(default_file())
    if own := environment.get("WXSEARCH_CONFIG"):
        _overlay(tree, _read_file(Path(own)), own)
    _overlay(tree, _from_environment(tree, environment), "the environment")
    try:
        settings = msgspec.convert(tree, Settings)
    except msgspec.ValidationError as error:
        raise InvalidSettings(f"setting {_path_in(error)}: {error}") from None
    _check_numbers(settings)
    return settings


def default_file() -> Path:
    """config/default.toml beside this module; at the top of a checkout, `config` leads there."""
    return Path(__file__).parent / "config" / "default.toml"


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidSettings(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise InvalidSettings(f"{path}: is not TOML ({error})") from None


def _overlay(tree: dict[str, Any], changes: dict[str, Any], origin: str) -> None:
    for section, values in changes.items():
        if section not in tree:
            raise InvalidSettings(f"{origin}: there is no section [{section}]; there are {', '.join(tree)}")
        if not isinstance(values, dict):
            raise InvalidSettings(f"{origin}: {section} is a section; write [{section}] and its keys below")
        for key, value in values.items():
            if key not in tree[section]:
                raise InvalidSettings(f"{origin}: there is no setting {section}.{key}")
            tree[section][key] = value


def _from_environment(tree: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    names = {f"{_PREFIX}{section}_{key}".upper(): (section, key) for section in tree for key in tree[section]}
    changes: dict[str, Any] = {}
    for variable in sorted(environment):
        if not variable.startswith(_PREFIX) or variable in _RESERVED:
            continue
        if variable not in names:
            raise InvalidSettings(f"the environment: there is no setting for {variable}")
        section, key = names[variable]
        changes.setdefault(section, {})[key] = _typed(section, key, environment[variable])
    return changes


def _typed(section: str, key: str, text: str) -> Any:
    """A variable's text as the type of its setting; lists are separated by commas."""
    hint = get_type_hints(get_type_hints(Settings)[section], include_extras=True)[key]
    try:
        if get_origin(hint) is list:
            return [item.strip() for item in text.split(",") if item.strip()]
        return msgspec.convert(text, hint, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidSettings(f"the environment: {_PREFIX}{section.upper()}_{key.upper()}: {error}") from None


def _check_numbers(settings: Settings) -> None:
    """What types cannot say: limits are 1 or more, and numbers are finite (TOML knows inf and nan)."""
    for name in Limits.__struct_fields__:
        if getattr(settings.limits, name) < 1:
            raise InvalidSettings(f"setting limits.{name}: must be 1 or more")
    for section, values in msgspec.to_builtins(settings).items():
        for key, value in values.items():
            if isinstance(value, float) and not isfinite(value):
                raise InvalidSettings(f"setting {section}.{key}: must be a finite number")


def _path_in(error: msgspec.ValidationError) -> str:
    _, _, path = str(error).rpartition("`$.")
    return path.rstrip("`") or "?"
