"""Version 1 of the API put together: routers, what errors become, and the addresses."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from chanjiao.api import demand, evidence, lists, standards, supply
from chanjiao.api.failures import failure
from chanjiao.api.paging import BadCursor
from chanjiao.api.routing import guarded, refused

DESCRIPTION = """市域产教联合体数据接口：只读、JSON、按令牌授权。
Read-only data of a municipal industry–education consortium, as far as your token reaches."""


class DescribedOnce(NinjaAPI):
    """Writes its description once: it takes a tenth of a second and says the same each time."""

    _descriptions: ClassVar[dict[str, OpenAPISchema]] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        if prefix not in self._descriptions:
            self._descriptions[prefix] = super().get_openapi_schema(path_prefix=prefix)
        return self._descriptions[prefix]


api = DescribedOnce(
    title="产教通 Chanjiao API",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_extra={
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        }
    },
)
api.add_router("/standards", standards.router)
api.add_router("/lists", lists.router)
api.add_router("/demands", demand.router)
api.add_router("/supply", supply.router)
api.add_router("/evidence", evidence.router)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each wrong parameter with what is wrong with it."""
    details = [f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors]
    return failure("bad_request", details=details)


@api.exception_handler(BadCursor)
def bad_cursor(request: HttpRequest, error: BadCursor) -> HttpResponse:
    return failure("bad_cursor", field="cursor")


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return failure("not_found")


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return refused(request)


@api.exception_handler(lists.Withdrawn)
def withdrawn(request: HttpRequest, error: lists.Withdrawn) -> HttpResponse:
    return failure("withdrawn")


def patterns() -> list[URLPattern]:
    """All addresses of the API but its root, which is the page that explains it."""
    found: list[Any] = api.urls[0]
    return [one for one in guarded(found) if one.name != "api-root"]
