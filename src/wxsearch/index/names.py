"""The names of the files of an index: what each is, and of which generation.

A name is never used again: data files carry a random part, everything else the number of
a generation that nothing else had. What has another kind of name is not ours, and is
never removed.
"""

import re
from secrets import token_hex

WRITER_LOCK = "write.lock"
"""The file whose lock makes a process the writer; it stays for good."""

GATE = "gate.lock"
"""The file whose lock lets a writer that wants to remove files go before new readers."""

FOREIGN_LOCK = "MAIN_WRITELOCK"
"""What Whoosh's own writer locks, before it is refused."""

LEDGER = "sources.ledger"
"""Where a command may note which files it has read: it goes where the index goes, and is no part of it."""

LOCKS = {WRITER_LOCK, GATE, FOREIGN_LOCK}
UNLISTED = LOCKS | {LEDGER, f"{LEDGER}-journal"}
"""What is neither listed nor removed."""

FORMER = "wxsearch.json"
"""A file of indexes that were made before there were manifests."""

TABLE_MARK = b"wxsearch"
"""What any table of contents of ours has in it, for it names code of ours; Whoosh's own have not."""

PLAIN = r"^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$"
"""What any name of a file in an index looks like: no path, nothing hidden."""

PART = re.compile(r"[a-z0-9_]{1,64}")
"""What a data file may be called after: its last part, such as `postings`."""

_NUMBER = r"(0|[1-9][0-9]{0,17})"
_MANIFEST = re.compile(rf"manifest-{_NUMBER}\.json")
_TABLE = re.compile(rf"_MAIN_{_NUMBER}\.toc")
_UNFINISHED = re.compile(rf"manifest-{_NUMBER}\.[0-9a-f]{{12}}\.tmp")
_UNFINISHED_TABLE = re.compile(rf"_MAIN_{_NUMBER}\.toc\.[0-9a-f]{{12}}\.tmp")
_DATA = re.compile(rf"g{_NUMBER}-[0-9a-f]{{12}}\.[a-z0-9_]{{1,64}}")

# What is removed first: nobody may find a name that leads to files already gone.
_REMOVAL = (_TABLE, _MANIFEST, _UNFINISHED, _UNFINISHED_TABLE, _DATA)


def manifest_name(generation: int) -> str:
    """The manifest of a generation."""
    return f"manifest-{generation}.json"


def unfinished_manifest_name(generation: int) -> str:
    """A new name for a manifest that is being written."""
    return f"manifest-{generation}.{token_hex(6)}.tmp"


def data_name(generation: int, part: str) -> str:
    """A new name for a data file made for a generation."""
    return f"g{generation}-{token_hex(6)}.{part}"


def table_name(generation: int) -> str:
    """Whoosh's table of contents of a generation."""
    return f"_MAIN_{generation}.toc"


def unfinished_table_name(table: str) -> str:
    """A new name for a table of contents that is being written."""
    return f"{table}.{token_hex(6)}.tmp"


def manifest_generation(name: str) -> int | None:
    """The generation whose manifest has this name, or None for any other file."""
    match = _MANIFEST.fullmatch(name)
    return int(match[1]) if match else None


def is_data(name: str) -> bool:
    """Whether a file holds what was indexed."""
    return _DATA.fullmatch(name) is not None


def is_table(name: str) -> bool:
    """Whether a file is a table of contents of Whoosh."""
    return _TABLE.fullmatch(name) is not None


def generation_of(name: str) -> int | None:
    """The generation a file was made for, or None where the file is not ours."""
    matches = (pattern.fullmatch(name) for pattern in _REMOVAL)
    return next((int(match[1]) for match in matches if match), None)


def removal_rank(name: str) -> int:
    """Orders files of ours that are to be removed: those that lead to others first."""
    return next(rank for rank, pattern in enumerate(_REMOVAL) if pattern.fullmatch(name))
