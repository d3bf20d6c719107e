"""By what rules files are read, as one value: other rules may make other articles of the same file."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec

from wxsearch.ingest.manner import Manner
from wxsearch.limits import Limits

_FOLDER = Path(__file__).parent
# What the readers rely on outside their folder.
_BESIDE = ("addresses.py", "categories.py", "dates.py")
_SUFFIXES = (".py", ".toml", ".txt")
_LIMITS = (
    *("article_bytes", "decompressed_bytes", "id_bytes", "title_characters", "label_characters"),
    *("breadcrumb_labels", "archive_members", "archive_bytes", "archive_ratio"),
)


def rules_of(limits: Limits, manner: Manner) -> str:
    """A fingerprint of the code of all readers, of the limits that they keep, and of the manner."""
    chosen = (
        msgspec.json.encode(manner, order="sorted").decode(),
        *(f"{name}={getattr(limits, name)}" for name in _LIMITS),
    )
    sites = sorted(Path(manner.site_rules).glob("*.toml")) if manner.site_rules else []
    return hashlib.blake2b(
        "\0".join((_code(), *chosen, *map(_content, sites))).encode(), digest_size=16
    ).hexdigest()


@cache
def _code() -> str:
    # A number that somebody has to raise with every change would be forgotten.
    code = hashlib.blake2b(digest_size=16)
    own = (path for path in _FOLDER.rglob("*") if path.suffix in _SUFFIXES)
    for path in (*sorted(own), *(_FOLDER.parent / name for name in _BESIDE)):
        content = path.read_bytes()
        code.update(f"{path.name} {len(content)}\n".encode())
        code.update(content)
    return code.hexdigest()


def _content(path: Path) -> str:
    return f"{path.name} {hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()}"
