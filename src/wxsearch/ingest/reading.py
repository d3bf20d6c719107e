"""How pages are read beyond their limits: clock, rules of sites, and who hears where fields came from."""

import time
from collections.abc import Callable
from typing import NamedTuple

from wxsearch.dates import DAY, printed
from wxsearch.ingest.fields.evidence import Provenance
from wxsearch.ingest.site_rules import NO_RULES, SiteRules, load_site_rules


def unheard(_provenance: Provenance) -> None:
    """Where nobody asks, provenance ends here."""


class Reading(NamedTuple):
    """What a page's reader is given.

    `clock` gives seconds since 1970, `explain` hears the provenance of an article right before
    it; `host` is that of pages that do not tell their own.
    """

    rules: SiteRules = NO_RULES
    host: str = ""
    clock: Callable[[], float] = time.time
    explain: Callable[[Provenance], None] = unheard

    def latest(self) -> str:
        """The last time that a page may tell: a day from now, for clocks and zones differ."""
        return printed(int(self.clock()) + DAY)


DEFAULT = Reading()


def configured(site_rules: str, host: str, explain: Callable[[Provenance], None] = unheard) -> Reading:
    """The reading by the rules in a folder; raises InvalidSettings for a rule that is none."""
    return Reading(load_site_rules(site_rules), host, explain=explain)
