"""Every error a caller can meet, in one tree.

    WxsearchError                   internal_error
    ├── InvalidRequest              invalid_request
    │   ├── UnknownParameter        unknown_parameter
    │   └── LimitExceeded           limit_exceeded
    ├── NotFound                    not_found
    ├── MethodNotAllowed            method_not_allowed
    ├── Busy                        busy
    │   └── WriterLocked            writer_locked
    ├── IndexProblem                index_problem
    │   ├── IndexMissing            index_missing
    │   ├── IndexCorrupt            index_corrupt
    │   └── IndexIncompatible       index_incompatible
    ├── IngestProblem               ingest_problem
    │   ├── Unreadable              unreadable
    │   ├── UnsupportedFormat       unsupported_format
    │   ├── UndecodableText         undecodable_text
    │   ├── NotAnArticle            not_an_article
    │   ├── InvalidArticle          invalid_article
    │   ├── TooLarge                too_large
    │   ├── ReadingFailed           reading_failed
    │   ├── ReadingTimedOut         reading_timed_out
    │   └── NothingToRead           nothing_to_read
    ├── RejectsProblem              rejects_problem
    └── StartProblem                start_problem
        ├── InvalidCollection       invalid_collection
        ├── InvalidSettings         invalid_settings
        └── PortInUse               port_in_use

Codes are stable: they may be added to, never renamed. Each border maps the tree
once: service/problems.py to HTTP statuses, cli/main.py to exit codes.
"""

from typing import ClassVar, NamedTuple


class Problem(NamedTuple):
    """One of several things wrong with a request: the parameter, what, and at which character of it."""

    field: str
    detail: str
    position: int | None = None


class WxsearchError(Exception):
    """The root: `detail` says what happened and what to do, for the caller to read."""

    code: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.problems = problems


class InvalidRequest(WxsearchError):
    """A request that cannot be read as what it should be."""

    code = "invalid_request"
    title = "The request is not valid"


class UnknownParameter(InvalidRequest):
    """A parameter that the endpoint does not have."""

    code = "unknown_parameter"
    title = "Unknown parameter"


class LimitExceeded(InvalidRequest):
    """A request above one of the limits of limits.py."""

    code = "limit_exceeded"
    title = "A limit is exceeded"


class NotFound(WxsearchError):
    """No article, or no page, under this name."""

    code = "not_found"
    title = "Not found"


class MethodNotAllowed(WxsearchError):
    """The address exists, but not for this HTTP method."""

    code = "method_not_allowed"
    title = "Method not allowed"


class Busy(WxsearchError):
    """Right as asked, but not now; asking again may work."""

    code = "busy"
    title = "Busy"


class WriterLocked(Busy):
    """Another process is writing to the index."""

    code = "writer_locked"
    title = "The index is being written by another process"


class IndexProblem(WxsearchError):
    """Something is wrong with the index as it lies on disk."""

    code = "index_problem"
    title = "Trouble with the index"


class IndexMissing(IndexProblem):
    """There is no index at this place."""

    code = "index_missing"
    title = "There is no index here"


class IndexCorrupt(IndexProblem):
    """The index is damaged."""

    code = "index_corrupt"
    title = "The index is damaged"


class IndexIncompatible(IndexProblem):
    """The index was made by another version of wxsearch."""

    code = "index_incompatible"
    title = "The index is of another version"


class IngestProblem(WxsearchError):
    """An input that does not become an article."""

    code = "ingest_problem"
    title = "The input cannot be indexed"


class Unreadable(IngestProblem):
    """The file cannot be opened or decompressed."""

    code = "unreadable"
    title = "The file cannot be read"


class UnsupportedFormat(IngestProblem):
    """No reader knows this kind of file."""

    code = "unsupported_format"
    title = "The format is not supported"


class UndecodableText(IngestProblem):
    """The bytes are text in no encoding that is known here."""

    code = "undecodable_text"
    title = "The text cannot be decoded"


class NotAnArticle(IngestProblem):
    """A page without the parts of an article."""

    code = "not_an_article"
    title = "This is not an article"


class InvalidArticle(IngestProblem):
    """An article with a field that cannot be understood."""

    code = "invalid_article"
    title = "The article is not valid"


class TooLarge(IngestProblem):
    """An input above one of the limits of limits.py."""

    code = "too_large"
    title = "The input is too large"


class ReadingFailed(IngestProblem):
    """A reader broke, or the process that it ran in died."""

    code = "reading_failed"
    title = "Reading the input failed"


class ReadingTimedOut(IngestProblem):
    """A reader took longer than limits.py allows."""

    code = "reading_timed_out"
    title = "Reading the input took too long"


class NothingToRead(IngestProblem):
    """A path that exists and holds no article file."""

    code = "nothing_to_read"
    title = "Nothing to read"


class RejectsProblem(WxsearchError):
    """The folder of rejects cannot be read or changed."""

    code = "rejects_problem"
    title = "Trouble with the folder of rejects"


class StartProblem(WxsearchError):
    """The program cannot start as it was told to."""

    code = "start_problem"
    title = "Cannot start"


class InvalidCollection(StartProblem):
    """A folder, or a file of one, that is no collection for evaluation."""

    code = "invalid_collection"
    title = "The collection is not valid"


class InvalidSettings(StartProblem):
    """A setting that is unknown or has a value that it cannot have."""

    code = "invalid_settings"
    title = "The settings are not valid"


class PortInUse(StartProblem):
    """Another program listens at the address."""

    code = "port_in_use"
    title = "The port is in use"
