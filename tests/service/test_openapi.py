"""openapi.json says what the service does, and the service does what it says."""

import re

import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as drawing
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from wxsearch.query.request import PARAMETERS
from wxsearch.service import worker
from wxsearch.service.openapi import openapi
from wxsearch.service.problems import STATUSES
from wxsearch.settings import load_settings

# What JSON Schema cannot say of single parameters: a calendar, sums, the number of leaves, home labels.
BEYOND_SCHEMA = {"from", "to", "category", "offset", "q", "facets", "expand"}


@pytest.fixture(scope="module")
def document(settings):
    """The document as it is served."""
    return openapi(settings)


def test_the_document_is_served(client, document):
    """/openapi.json is the document."""
    assert client.simulate_get("/openapi.json").json == document


def test_every_parameter_is_described(document):
    """The search has the parameters of the code, with their bounds."""
    described = {item["name"]: item for item in document["paths"]["/api/v1/search"]["get"]["parameters"]}
    assert list(described) == [parameter.name for parameter in PARAMETERS]
    assert described["size"]["schema"]["maximum"] == 100
    assert described["category"]["schema"]["type"] == "array"


def test_every_address_is_described(client, document):
    """Each address of the document answers, and all errors name codes that exist."""
    for path in document["paths"]:
        assert client.simulate_get(path.replace("{id}", "plain")).status_code == 200, path
    codes = {
        code
        for found in re.findall(r"Codes: (.*?)\.'", str(document))
        for code in re.findall(r"`(\w+)`", found)
    }
    assert codes == set(document["components"]["schemas"]["ProblemDocument"]["properties"]["code"]["enum"])
    assert codes <= {kind.code for kind in STATUSES}


API = schemathesis.openapi.from_dict(openapi(load_settings({})))


@API.parametrize()
@drawing(max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_the_service_keeps_to_the_document(case, service):
    """Drawn requests, sound and unsound, get the documented statuses, types and schemas."""
    answer = case.call(base_url=f"http://127.0.0.1:{service.port}")
    # Unsound values may make an address that is too long to be looked at.
    unread = [negative_data_rejection] if answer.status_code == 414 else []
    case.validate_response(answer, excluded_checks=[positive_data_acceptance, *unread])
    if answer.status_code == 400 and case.meta.generation.mode.is_positive:
        assert {error["field"] for error in answer.json()["errors"]} <= BEYOND_SCHEMA


def test_refusals_of_the_server_are_described_everywhere(document):
    """What worker.py and bounds.py refuse may be refused at any address, and is documented there."""
    # 403 needs the proxy protocol, which is off.
    refused = {str(status) for _, status, _ in worker._STATUSES} - {"403"} | {"405", "411", "413", "500"}
    for path, item in document["paths"].items():
        assert refused <= set(item["get"]["responses"]), path
