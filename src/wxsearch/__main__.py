"""`python -m wxsearch` is the command `wxsearch`."""

from wxsearch.cli.main import main

main()
