"""The description of the API is the API: routes equal the schema, and a fuzzer finds no break."""

from collections import Counter

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, given, settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from chanjiao.api.routing import NEEDS
from chanjiao.api.v1 import api

CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)
FEW = hypothesis_settings(
    max_examples=5, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def routes():
    inside = next(r for r in get_resolver().url_patterns if str(r.pattern) == "api/v1/")
    return {pattern.name: pattern for pattern in inside.url_patterns}


def test_the_schema_names_exactly_the_routes_there_are():
    described = {
        operation["operationId"].replace("_", "-")
        for methods in api.get_openapi_schema()["paths"].values()
        for operation in methods.values()
    }
    assert described == set(routes()) - {"api-root", "openapi-json"}


def test_every_route_carries_its_need_and_the_schema_tells_it():
    assert set(NEEDS) == set(routes()) - {"api-root", "openapi-json"}
    for name, pattern in routes().items():
        assert pattern.callback.needs == NEEDS.get(name, pattern.callback.needs)
    for methods in api.get_openapi_schema()["paths"].values():
        operation = methods["get"]
        needs = NEEDS[operation["operationId"].replace("_", "-")]
        assert operation["x-needs"] == needs.thing


def test_every_operation_only_reads_and_tells_its_failures():
    for methods in api.get_openapi_schema()["paths"].values():
        assert set(methods) == {"get"}
        assert {"200", "400", "401", "403", "404", "429"} <= {
            str(code) for code in methods["get"]["responses"]
        }


@pytest.fixture
def kept_connection():
    """Requests through the bare WSGI door would close the connection that the test stands on."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.usefixtures("kept_connection")
def test_a_fuzzer_finds_no_break_and_no_answer_beside_the_schema(
    db, token_of, school_admin, offering, position, version, settings
):
    """Schemathesis, short: made-up and wrong values for every operation, with a token."""
    settings.API_PER_MINUTE = 100_000
    headers = {"Authorization": f"Bearer {token_of(school_admin)}"}
    app = get_wsgi_application()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    answers: Counter[int] = Counter()
    for found in schema.get_all_operations():

        @FEW
        @given(case=found.ok().as_strategy())
        def once(case):
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)
            answers[answer.status_code] += 1

        once()
    assert answers.total() >= len(NEEDS) * 3
    assert answers[200]
