"""How all inputs of a run are to be read, as it was chosen for them."""

from msgspec import Struct

from wxsearch.ingest.table.columns import ColumnMap


class Manner(Struct, frozen=True):
    """How all inputs of a run are to be read.

    The name of the format of all, or auto; what is what in tables where names do not tell; the
    folder with the rules of sites, and the host of pages that do not tell their own.
    """

    format: str = "auto"
    columns: ColumnMap | None = None
    site_rules: str = ""
    host: str = ""
