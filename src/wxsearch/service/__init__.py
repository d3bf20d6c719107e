"""The HTTP service: the only code that imports Falcon."""
