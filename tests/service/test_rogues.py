"""Rogue queries against a real service: each is answered, at little cost, and nothing falls over."""

import os
from pathlib import Path

import pytest

from support.rogues import ROGUES

LEAST = 150
SECONDS_EACH = 0.1
GROWTH = 20 * 2**20
ALLOWED = {200, 400, 413, 414, 431}
CODES = {"invalid_request", "limit_exceeded", "unknown_parameter", "too_large"}


class Workers:
    """The workers of a service, as the kernel counts them."""

    def __init__(self, service):
        children = Path(f"/proc/{service.process.pid}/task/{service.process.pid}/children")
        self.pids = children.read_text(encoding="ascii").split()
        assert self.pids

    def seconds(self):
        """Processor time of all of them so far."""
        spent = 0
        for pid in self.pids:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            spent += int(fields[11]) + int(fields[12])
        return spent / os.sysconf("SC_CLK_TCK")

    def resident(self):
        """Bytes of memory that each has."""
        pages = [int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in self.pids]
        return max(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def rogue_service(serve, sample_index):
    """A service over the bundled sample, warm."""
    service = serve("-m", "wxsearch", "serve", "--bind", "127.0.0.1:0", "--index", sample_index)
    for _ in range(8):
        assert service.get("/api/v1/search?q=a%20b%20chen*").status == 200
        assert service.get("/?q=a").status == 200
    return service


def check_answer(answer, sent):
    assert answer.status in ALLOWED, (sent[:80], answer.status)
    if answer.status == 200:
        return
    document = answer.json
    assert document["code"] in CODES, sent[:80]
    if answer.status == 400:
        # The place: a parameter, and of a query that is too long or too deep the character.
        assert document["errors"][0].keys() >= {"field", "detail"}, sent[:80]
        if "query_depth" in document["detail"] or "query_characters" in document["detail"]:
            assert document["errors"][0]["position"] > 0


def test_every_rogue_is_answered(rogue_service, tally):
    """Each is answered as a query or refused with a code and the place, within 0.1 s of processor time."""
    workers = Workers(rogue_service)
    resident = workers.resident()
    sent = [query for kind in ROGUES.values() for query in kind]
    for query in sent:
        before = workers.seconds()
        check_answer(rogue_service.get(f"/api/v1/search?{query}"), query)
        assert workers.seconds() - before <= SECONDS_EACH, query[:80]
    assert Workers(rogue_service).pids == workers.pids
    assert workers.resident() - resident <= GROWTH
    tally("rogue queries", len(set(sent)), LEAST)


def test_every_rogue_gets_a_page(rogue_service):
    """The search page answers the same queries, and tells nothing of its inside."""
    workers = Workers(rogue_service)
    for query in (query for kind in ROGUES.values() for query in kind):
        answer = rogue_service.get(f"/?{query}", Accept="text/html")
        assert answer.status in ALLOWED, query[:80]
        assert b"Traceback" not in answer.body
    assert Workers(rogue_service).pids == workers.pids
