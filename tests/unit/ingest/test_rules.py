from msgspec.structs import replace

from wxsearch.ingest.manner import Manner
from wxsearch.ingest.rules import rules_of


def test_rules_are_those_of_reading(limits):
    """A limit of articles and the chosen format make other rules, a limit of searching does not."""
    rules = rules_of(limits, Manner())
    assert rules == rules_of(replace(limits, page_size=1), Manner())
    assert rules != rules_of(limits, Manner("html"))
    assert rules != rules_of(replace(limits, title_characters=1), Manner())
