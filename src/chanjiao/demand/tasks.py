"""Background work of demand; a task may run twice: who was just asked is not asked again."""

from django.core.exceptions import PermissionDenied
from django.tasks import task
from django.utils.translation import gettext as _

from chanjiao.accounts.models import User
from chanjiao.core import jobs
from chanjiao.core.models import JobRun
from chanjiao.core.refusals import Refused
from chanjiao.demand.services import rounds
from chanjiao.organisations.actors import actor_for


@task
def remind_round(run_id: int, round_id: int) -> None:
    """Ask those a round has not asked yet and remind the silent, with the starter's rights."""
    run = JobRun.objects.select_related("created_by").get(pk=run_id)
    user: User | None = run.created_by
    if user is None:
        jobs.finish(run_id, note=_("发起人账户已不存在，未提醒。"), failed=True)
        return
    jobs.progress(run_id)
    try:
        sent = rounds.remind(actor_for(user, organisation_id=run.organisation_id), round_id)
    except (Refused, PermissionDenied) as refusal:
        jobs.finish(run_id, note=str(refusal) or _("没有权限，未提醒。"), failed=True)
        return
    words = _("已提醒 %(n)s 家企业，跳过 %(skipped)s 家。")
    jobs.finish(run_id, note=words % {"n": sent.asked, "skipped": len(sent.skipped)})
