"""Two acts on the way to a list: reminding silent companies, and ordering the gap study."""

from django.db import transaction
from django.utils.translation import gettext as _

from chanjiao.core import audit, clock
from chanjiao.core.actor import Actor
from chanjiao.core.refusals import Refused, require
from chanjiao.demand.choices import RoundState
from chanjiao.demand.services import rounds
from chanjiao.gaps.choices import StudyState
from chanjiao.gaps.models import GapStudy
from chanjiao.gaps.services import studies as gap_studies
from chanjiao.publishing.choices import QuarterState
from chanjiao.publishing.models import Quarter
from chanjiao.publishing.policies import can_close
from chanjiao.publishing.standing import rounds_of
from chanjiao.publishing.studies import studies_of


@transaction.atomic
def remind_silent(actor: Actor, quarter_id: int) -> Quarter:
    """Remind every silent company that can bear one more ask this month; the others are counted.

    The loads are kept by ``demand``: whoever is over them is left alone and stays listed.
    """
    quarter = _locked(actor, quarter_id, QuarterState.COLLECTING)
    collecting = rounds_of(quarter).filter(state=RoundState.COLLECTING)
    if not collecting.exists():
        raise Refused(_("没有填报中的征集批次，不能催报。"), code="not_collecting")
    sent = [rounds.remind(actor, pk) for pk in collecting.values_list("pk", flat=True)]
    quarter.reminded_at = clock.now()
    quarter.reminded = sum(one.asked for one in sent)
    quarter.spared = sum(len(one.skipped) for one in sent)
    quarter.save()
    audit.record(
        actor, "quarter.reminded", quarter, reminded=quarter.reminded, spared=quarter.spared
    )
    return quarter


@transaction.atomic
def order_study(actor: Actor, quarter_id: int) -> GapStudy:
    """Have supply and demand balanced as of the quarter's last day; a worker does the sums."""
    quarter = _locked(actor, quarter_id, QuarterState.REVIEWED)
    if studies_of(quarter).filter(state__in=[StudyState.WAITING, StudyState.RUNNING]).exists():
        raise Refused(_("缺口分析正在进行，请等它完成。"), code="study_running")
    title = _("%(quarter)s 供需缺口分析") % {"quarter": quarter.label}
    return gap_studies.create(actor, quarter.year, quarter.as_of, title)


def _locked(actor: Actor, quarter_id: int, state: str) -> Quarter:
    quarter = Quarter.objects.select_for_update(of=("self",)).get(pk=quarter_id)
    require(can_close(actor, quarter))
    if quarter.state != state:
        raise Refused(
            _("当前状态为“%(state)s”，这一步已过或未到。") % {"state": quarter.get_state_display()},
            code="wrong_state",
        )
    return quarter
