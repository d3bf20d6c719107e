"""How all inputs of a run are to be read, as it was chosen for them."""

from msgspec import Struct

from wxsearch.ingest.table.columns import ColumnMap


class Manner(Struct, frozen=True):
    """The name of the format of all, or auto, and what is what in tables where names do not tell."""

    format: str = "auto"
    columns: ColumnMap | None = None
