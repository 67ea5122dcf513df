"""The page that explains the API, made from the same description that programs read."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from chanjiao.api.failures import SENTENCES
from chanjiao.api.v1 import api


@dataclass(frozen=True, slots=True)
class Explained:
    path: str
    summary: str
    needs: str
    open: str
    parameters: list[dict[str, Any]]


@require_safe
def explain(request: HttpRequest) -> HttpResponse:
    """Plain HTML: no script and nothing from another host, so the security policy stands."""
    groups: dict[str, list[Explained]] = {}
    for path, methods in api.get_openapi_schema()["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(_explained(path, operation))
    context = {"groups": list(groups.items()), "failures": failures()}
    return HttpResponse(render_to_string("api/explain.html", context, request=request))


def failures() -> list[tuple[int, str, str, str]]:
    return [(status, code, zh, en) for code, (status, zh, en) in SENTENCES.items()]


def _explained(path: str, operation: dict[str, Any]) -> Explained:
    return Explained(
        path=path,
        summary=operation.get("description", operation["summary"]),
        needs=operation["x-needs"],
        open=operation["x-open"],
        parameters=operation.get("parameters", []),
    )
