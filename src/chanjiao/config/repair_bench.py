"""The repair bench: tables of the machinery, to be looked at by the system administrator.

Nothing is changed here. What people do goes through services, which check and record it; and
what belongs to a person is not shown, because operating the machine is no reason to read it.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from chanjiao.core.models import Holiday, JobRun, OutboxMessage, RuleParameter
from chanjiao.core.roles import Role
from chanjiao.organisations.two_factor import demands_two_factor, has_two_factor


class RepairBench(admin.AdminSite):
    site_header = site_title = "产教通 · repair bench"
    index_title = "只读 · read only"

    def has_permission(self, request: HttpRequest) -> bool:
        actor = request.actor
        if not actor.has(Role.SYSTEM_ADMIN):
            return False
        return not demands_two_factor(actor.roles) or has_two_factor(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """No door of its own: only the house's sign-in asks for the second factor."""
        if not request.actor.is_signed_in:
            return redirect_to_login(reverse("admin:index"))
        raise PermissionDenied

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_change_password")


class Exhibit(admin.ModelAdmin):
    """A table behind glass."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class JobExhibit(Exhibit):
    list_display = ["title", "kind", "state", "done", "total", "heartbeat_at", "finished_at"]
    list_filter = ["state", "kind"]


class OutboxExhibit(Exhibit):
    """How messages fare; to whom and what they say stays closed."""

    list_display = ["id", "channel", "state", "attempts", "last_error", "created_at", "sent_at"]
    list_filter = ["state", "channel"]
    fields = ["channel", "state", "attempts", "last_error", "about", "created_at", "sent_at"]


class ParameterExhibit(Exhibit):
    list_display = ["name", "title", "value", "unit", "valid_from", "valid_to", "confidence"]
    search_fields = ["name", "title"]


class HolidayExhibit(Exhibit):
    list_display = ["day", "name", "is_working"]


bench = RepairBench(name="admin")
bench.register(JobRun, JobExhibit)
bench.register(OutboxMessage, OutboxExhibit)
bench.register(RuleParameter, ParameterExhibit)
bench.register(Holiday, HolidayExhibit)
