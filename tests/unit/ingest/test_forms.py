"""The forms in which sites write their pages: each file of pages/ says in its first line what it holds."""

import json
from pathlib import Path

import pytest

from wxsearch.ingest.html import find_fields
from wxsearch.ingest.reading import Reading

PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
NOON = 1_717_300_800  # 2024-06-02T12:00:00+08:00
READING = Reading(clock=lambda: NOON)


def parts(page):
    """What the first line says, and the page below it."""
    first, _, text = page.read_text(encoding="utf-8").partition("\n")
    return json.loads(first.removeprefix("<!-- expected: ").removesuffix(" -->")), text


def test_there_are_many_forms():
    """Each form that was met has its page."""
    assert len(PAGES) >= 40


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_fields_of_a_form(page):
    """Every field that the first line of the page names is found as it says."""
    expected, text = parts(page)
    record = find_fields(text, 2_000, READING).record
    assert {key: record[key] for key in expected} == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_value_has_its_origin(page):
    """A field has a value where it has an origin, and a confidence above 0 and at most 1."""
    record, provenance = find_fields(parts(page)[1], 2_000, READING)
    assert {key for key, value in record.items() if value} == set(provenance)
    assert all(origin and 0 < confidence <= 1 for origin, confidence in provenance.values())
