"""How stock Whoosh reads the index; docs/decisions/0009-whoosh-door.md says why so."""
