"""The description of the API is the API: routes equal the schema, and a fuzzer finds no break."""

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from hypothesis import HealthCheck, Phase, settings as hypothesis_settings

from chanjiao.api.routing import NEEDS
from chanjiao.api.v1 import api

FEW = hypothesis_settings(
    max_examples=8, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
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


@pytest.mark.filterwarnings("ignore")
def test_a_fuzzer_finds_no_break_and_no_answer_beside_the_schema(
    db, token_of, school_admin, offering, position, version, settings
):
    """Schemathesis, short: made-up and wrong values for every operation, with a token."""
    settings.API_PER_MINUTE = 100_000
    headers = {"Authorization": f"Bearer {token_of(school_admin)}"}
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    schema.app = get_wsgi_application()
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @FEW
        @schemathesis.pytest.given(case=operation.as_strategy()) if False else _given(operation)
        def once(case):
            nonlocal tried
            tried += 1
            case.call_and_validate(headers=headers)

        once()
    assert tried >= len(NEEDS) * 3


def _given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())
