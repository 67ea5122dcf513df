"""Schools are asked once a year whether what they offer still stands; the worker calls this."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from chanjiao.core import clock, todos
from chanjiao.core.models import RuleParameter
from chanjiao.core.roles import Role
from chanjiao.supply.choices import LIVE
from chanjiao.supply.models import MajorOffering
from chanjiao.supply.queries import CONFIRMED_WITHIN, confirmed_since

URL = "/supply/offerings/?lacking=is_confirmed"


def about(school_id: int) -> str:
    return f"supply.confirmation:{school_id}"


def remind_stale() -> int:
    """Put one to-do before each school with offerings that no longer count; returns how many."""
    if not RuleParameter.objects.filter(name=CONFIRMED_WITHIN).exists():
        return 0
    since = confirmed_since(clock.today())
    stale = Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=since)
    rows = MajorOffering.objects.filter(stale, state__in=LIVE).order_by()
    schools = list(rows.values("school_id").annotate(n=Count("pk")))
    for row in schools:
        todos.ask(
            row["school_id"], _("确认开设专业仍按现状开设"),
            title_en="Confirm that your major offerings still stand",
            url=URL, about=about(row["school_id"]), role=Role.SCHOOL_ADMIN,
        )  # fmt: skip
    return len(schools)
