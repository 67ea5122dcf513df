"""What the trace of a job demand learns from published lists: in which of them it stands."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.demand.models import JobDemand
from chanjiao.demand.trace import TraceLine
from chanjiao.gaps.choices import Side, StudyState
from chanjiao.gaps.models import GapLine, GapStudy
from chanjiao.publishing.models import Publication

LATEST = 12


def lists(demand: JobDemand) -> Iterable[TraceLine]:
    """Lists whose last day's study holds this demand; projections stay out of every list."""
    if demand.is_projected:
        return
    done = GapStudy.objects.filter(state=StudyState.DONE).order_by("-as_of", "-pk")
    held = GapLine.objects.filter(
        study__in=list(done.values_list("pk", flat=True)[:LATEST]),
        side=Side.DEMAND,
        source_id=demand.pk,
    ).exclude(code="")
    same = Q(pk__in=())
    for year, as_of in set(held.values_list("study__year", "study__as_of")):
        same |= Q(quarter__year=year, quarter__as_of=as_of)
    rows = Publication.objects.filter(same).prefetch_related("versions").order_by("number")
    for row in rows:
        first = min((version.published_at for version in row.versions.all()), default=None)
        if first is None:
            continue
        yield TraceLine(
            timezone.localtime(first).date(),
            "published",
            _("列入人才需求清单 %(number)s") % {"number": row.number},
            _("已撤回") if row.is_withdrawn else "",
            reverse("publishing:detail", args=[row.number]),
        )
